import { buildDirectory, builtPackage, loadFlags } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { whyNot } from "./goProxy.ts";

/** The package that the launch's program lies in, as go sees it. */
export interface ProgramPackage {
  /** What `program` names: a file, a directory, or something else (an import path, or nothing that is there). */
  readonly kind: "file" | "directory" | "other";
  /** The program as an absolute path where it is a file or a directory. */
  readonly path: string;
  /** The package's name and directory; "" where there are no Go files. */
  readonly name: string;
  readonly dir: string;
  /** Its Go files that belong to the build, and its tests. */
  readonly files: readonly string[];
  readonly tests: readonly string[];
  /** Go files there that build constraints leave out. */
  readonly ignored: readonly string[];
  /** What other files of the package declare at their top level, of the names that the compiler did not know. */
  readonly declared: readonly { readonly name: string; readonly file: string }[];
  /** Directories of the standard library that go did not find a package in, though they are there. */
  readonly there: readonly string[];
  /** The main packages of the module, at most twenty. */
  readonly mains: readonly string[];
}

/** Asks go in the build's directory with the launch's environment, offline and without switching toolchains. */
export const programPackage = probe<ProgramPackage>({
  id: "program-package",
  limitMs: 10_000,
  args: (launch) => [
    buildDirectory(launch),
    builtPackage(launch),
    [...(launch.timeline.buildError ?? "").matchAll(/: undefined: (\w+)/g)].map(([, name]) => name).join(" "),
    [...(launch.timeline.buildError ?? "").matchAll(/is not in (?:std|GOROOT) \((\S+)\)/g)]
      .map(([, dir]) => dir)
      .join(" "),
    ...loadFlags(launch),
  ],
  sh: `cd "\${1:-.}" || exit 78
package=$2 names=$3 missed=$4; shift 4
PATH=$LAUNCH_PATH:$PATH GOTOOLCHAIN=local GOPROXY=off
export PATH GOTOOLCHAIN GOPROXY
mod=$(go env GOMOD) || exit 70
# -mod=mod would let go list write go.mod.
case " $* $(go env GOFLAGS)" in *-mod=mod*) set -- "$@" -mod=readonly ;; esac
target=$package kind=other
if [ -f "$package" ]; then
  kind=file target=$(cd "$(dirname "$package")" && pwd)
  path=$target/$(basename "$package")
elif [ -d "$package" ]; then
  kind=directory target=$(cd "$package" && pwd) path=$target
fi
printf 'kind %s\\npath %s\\n' "$kind" "\${path:-$package}"
go list -e "$@" -f '{{if .Name}}name {{.Name}}
dir {{.Dir}}{{end}}{{range .GoFiles}}
file {{.}}{{end}}{{range .CgoFiles}}
file {{.}}{{end}}{{range .TestGoFiles}}
test {{.}}{{end}}{{range .XTestGoFiles}}
test {{.}}{{end}}{{range .IgnoredGoFiles}}
ignored {{.}}{{end}}' "$target" 2>/dev/null
for one in $missed; do [ -d "$one" ] && printf 'there %s\\n' "$one"; done
for name in $names; do
  grep -lE "^(func|type|var|const)[[:space:]]+$name([^[:alnum:]_]|\\$)" "$target"/*.go 2>/dev/null | grep -v '_test\\.go$' |
    grep -vxF "\${path:-$package}" | sed "s/^/declares $name /"
done
case $mod in
  /dev/null | '') ;;
  *) cd "$(dirname "$mod")" && timeout 5 go list -e -f '{{if eq .Name "main"}}main {{.Dir}}{{end}}' ./... 2>/dev/null | grep . | head -n 20 ;;
esac
exit 0
`,
  read({ code, stdout, stderr }) {
    if (code !== 0) throw new Error(whyNot(code, stderr));
    const all = (key: string) =>
      Array.from(stdout.matchAll(new RegExp(`^${key} (.+)$`, "gm")), ([, one]) => one ?? "");
    const first = (key: string) => all(key)[0] ?? "";
    return {
      kind: (first("kind") || "other") as ProgramPackage["kind"],
      path: first("path"),
      name: first("name"),
      dir: first("dir"),
      files: all("file"),
      tests: all("test"),
      ignored: all("ignored"),
      declared: all("declares").map((line) => ({
        name: line.slice(0, line.indexOf(" ")),
        file: line.slice(line.indexOf(" ") + 1),
      })),
      there: all("there"),
      mains: all("main"),
    };
  },
});
