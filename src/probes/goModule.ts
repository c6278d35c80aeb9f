import { buildDirectory, builtPackage, loadFlags } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { whyNot } from "./goProxy.ts";

/** Which module go sees from the directory that it builds in, and whether it finds the program there. */
export interface GoModule {
  readonly directory: string;
  /** GOMOD: a go.mod, "/dev/null" outside every module, empty where modules are off. */
  readonly mod: string;
  /** GOWORK: a go.work, "off", or empty. */
  readonly work: string;
  /** GO111MODULE as it is set: "off" ends modules. */
  readonly modules: string;
  /** go's refusal, first line; empty where it finds the package. */
  readonly refusal: string;
  /** The directory of the package that is asked for, where it is one. */
  readonly packageDirectory?: string;
  /** The nearest go.mod at or above that directory, and go.mod files in and below the workspace folder. */
  readonly nearest?: string;
  readonly below: readonly string[];
  /** The main packages of those modules, looked for where no module encloses the program. */
  readonly mains: readonly string[];
}

/** Asks go in the build's directory with the launch's environment, offline and without switching toolchains. */
export const goModule = probe<GoModule>({
  id: "go-module",
  limitMs: 10_000,
  args: (launch) => [buildDirectory(launch), launch.folder, builtPackage(launch), ...loadFlags(launch)],
  sh: `cd "\${1:-.}" || exit 78
folder=$2 package=$3; shift 3
export GOTOOLCHAIN=local GOPROXY=off
mod=$(go env GOMOD) || exit 70
# -mod=mod would let go list write go.mod.
case " $* $(go env GOFLAGS)" in *-mod=mod*) set -- "$@" -mod=readonly ;; esac
printf 'directory %s\\nmod %s\\nwork %s\\nmodules %s\\n' "$PWD" "$mod" "$(go env GOWORK)" "$(go env GO111MODULE)"
# Without modules go looks for a package's imports only where it is asked for them.
[ "$(go env GO111MODULE)" = off ] && set -- -deps "$@"
go list "$@" "$package" 2>&1 >/dev/null | head -n 3 | sed 's/^/said /'
case $package in *.go) target=$(dirname "$package") ;; *) target=$package ;; esac
if [ -d "$target" ]; then
  target=$(cd "$target" && pwd -P)
  printf 'package %s\\n' "$target"
  up=$target
  while [ ! -f "$up/go.mod" ] && [ "$up" != / ]; do up=$(dirname "$up"); done
  [ -f "$up/go.mod" ] && printf 'nearest %s/go.mod\\n' "\${up%/}"
fi
find "$folder" -maxdepth 4 -name go.mod -not -path '*/vendor/*' -not -path '*/node_modules/*' 2>/dev/null |
  sort | head -n 20 | while read -r file; do
    printf 'below %s\\n' "$file"
    [ "$mod" = /dev/null ] || continue
    (cd "$(dirname "$file")" && go list -e -f '{{if eq .Name "main"}}main {{.Dir}}{{end}}' ./... 2>/dev/null)
  done
exit 0
`,
  read({ code, stdout, stderr }) {
    if (code !== 0) throw new Error(whyNot(code, stderr));
    const lines = stdout.split("\n");
    const after = (key: string) => lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1);
    const packageDirectory = after("package");
    const nearest = after("nearest");
    return {
      directory: after("directory") ?? "",
      mod: after("mod") ?? "",
      work: after("work") ?? "",
      modules: after("modules") ?? "",
      refusal: after("said") ?? "",
      mains: lines.flatMap((line) => (line.startsWith("main ") ? [line.slice(5)] : [])),
      below: lines.flatMap((line) => (line.startsWith("below ") ? [line.slice(6)] : [])),
      ...(packageDirectory !== undefined && { packageDirectory }),
      ...(nearest !== undefined && { nearest }),
    };
  },
});
