import { buildDirectory, builtPackage, loadFlags } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { whyNot } from "./goProxy.ts";

/** The C compiler that go would call for cgo, and what of the program needs one. */
export interface CCompiler {
  /** The program's name in CC (or what go takes without it), without its arguments. */
  readonly cc: string;
  /** Where dlv's PATH has it; undefined where it has it not. */
  readonly found?: string;
  /** CGO_ENABLED as go sees it, and whether the environment or `go env -w` says so: without either go decides by the compiler. */
  readonly cgo: boolean;
  readonly cgoSet: boolean;
  /** Packages of the build with cgo files in them, and their directories in the same order; those outside the standard library first. */
  readonly users: readonly string[];
  readonly dirs: readonly string[];
  /** True where go finds Go files in every package without cgo too. */
  readonly withoutCgo: boolean;
  /** Other C compilers on dlv's PATH and in the usual places. */
  readonly others: readonly string[];
}

/** Asks go with the launch's environment, offline; compiles nothing. */
export const cCompiler = probe<CCompiler>({
  id: "c-compiler",
  limitMs: 10_000,
  args: (launch) => [buildDirectory(launch), builtPackage(launch), ...loadFlags(launch)],
  sh: `cd "\${1:-.}" || exit 78
package=$2; shift 2
GOTOOLCHAIN=local GOPROXY=off own=$PATH
PATH=$LAUNCH_PATH
export GOTOOLCHAIN GOPROXY PATH
all=$(go env CC) || exit 70
case $all in '"'*) cc=\${all#?}; cc=\${cc%%\\"*} ;; "'"*) cc=\${all#?}; cc=\${cc%%\\'*} ;; *) cc=\${all%% *} ;; esac
printf 'cc %s\\nfound %s\\ncgo %s\\n' "$cc" "$(command -v "$cc")" "$(go env CGO_ENABLED)"
[ -n "\${CGO_ENABLED:-}" ] && echo cgo-set
for one in gcc clang cc; do
  file=$(command -v $one); [ -n "$file" ] && printf 'other %s\\n' "$file"
done
PATH=$LAUNCH_PATH:$own
env=$(go env GOENV)
[ -f "$env" ] && grep -q '^CGO_ENABLED=.' "$env" && echo cgo-set
for file in /usr/bin/gcc /usr/bin/clang /usr/local/bin/gcc /usr/local/bin/clang; do [ -x "$file" ] && printf 'other %s\\n' "$file"; done
# -mod=mod would let go list write go.mod.
case " $* $(go env GOFLAGS)" in *-mod=mod*) set -- "$@" -mod=readonly ;; esac
CGO_ENABLED=1 go list -e -deps -f '{{if .CgoFiles}}{{if .Standard}}2{{else}}1{{end}} user {{.ImportPath}} {{.Dir}}{{end}}' "$@" "$package" 2>/dev/null |
  grep . | sort -s -k 1,1 | cut -d' ' -f2- | head -n 50
CGO_ENABLED=0 go list -deps "$@" "$package" >/dev/null 2>&1 && echo without
exit 0
`,
  read({ code, stdout, stderr }) {
    if (code !== 0) throw new Error(whyNot(code, stderr));
    const lines = stdout.split("\n");
    const all = (key: string) =>
      lines.flatMap((line) => (line.startsWith(`${key} `) ? [line.slice(key.length + 1)] : []));
    const [found] = all("found");
    return {
      cc: all("cc")[0] ?? "",
      cgo: all("cgo")[0] === "1",
      cgoSet: lines.includes("cgo-set"),
      users: all("user").map((line) => line.slice(0, line.indexOf(" "))),
      dirs: all("user").map((line) => line.slice(line.indexOf(" ") + 1)),
      withoutCgo: lines.includes("without"),
      others: [...new Set(all("other"))],
      ...(found && { found }),
    };
  },
});
