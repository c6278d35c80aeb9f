import { buildDirectory, builtPackage, loadFlags } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { whyNot } from "./goProxy.ts";

/** How go takes the vendor directory of the program's module or workspace. */
export interface Vendoring {
  /** go's own words where it refuses, a line each. */
  readonly refusal: readonly string[];
  /** The directory whose vendor folder counts: the module's, or the workspace's with `work`. */
  readonly root: string;
  readonly work: boolean;
  /** GOFLAGS as go sees it, and where it comes from where it sets -mod. */
  readonly goflags: string;
  readonly from: "environment" | "file" | "";
  /** Without the vendor folder, every package is found in the module cache: nothing has to be downloaded. */
  readonly cached: boolean;
}

/** Asks go for the program's packages as Delve's build would, offline, and once more without the vendor directory. */
export const vendoring = probe<Vendoring>({
  id: "vendoring",
  limitMs: 15_000,
  args: (launch) => [buildDirectory(launch), builtPackage(launch), ...loadFlags(launch)],
  sh: `cd "\${1:-.}" || exit 78
package=$2; shift 2
export GOTOOLCHAIN=local GOPROXY=off
mod=$(go env GOMOD) || exit 70
work=$(go env GOWORK)
flags=$(go env GOFLAGS)
printf 'goflags %s\\n' "$flags"
if [ -n "$GOFLAGS" ]; then echo 'from environment'; elif [ -n "$flags" ]; then echo 'from file'; fi
case $work in /*) printf 'work %s\\n' "$(dirname "$work")" ;; *) printf 'module %s\\n' "$(dirname "$mod")" ;; esac
# -mod=mod would let go list write go.mod.
case " $* $flags" in
  *-mod=mod*) ;;
  *) go list -deps "$@" "$package" 2>&1 >/dev/null | head -n 8 | sed 's/^/said /' ;;
esac
go list -deps "$@" -mod=readonly "$package" >/dev/null 2>&1 && echo cached
exit 0
`,
  read({ code, stdout, stderr }) {
    if (code !== 0) throw new Error(whyNot(code, stderr));
    const after = (key: string) => new RegExp(`^${key} (.*)$`, "m").exec(stdout)?.[1];
    const work = after("work");
    const from = after("from");
    return {
      refusal: Array.from(stdout.matchAll(/^said\s+(\S.*)$/gm), ([, line = ""]) => line),
      root: work ?? after("module") ?? "",
      work: work !== undefined,
      goflags: after("goflags") ?? "",
      from: from === "environment" || from === "file" ? from : "",
      cached: /^cached$/m.test(stdout),
    };
  },
});
