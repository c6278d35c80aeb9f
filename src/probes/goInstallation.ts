import { buildDirectory } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { type SetBy, setBy } from "./goProxy.ts";

/** The go that dlv runs: what kind of file it is, and whether it belongs to the GOROOT that it is told to use. */
export interface GoInstallation {
  /** The file on dlv's PATH; empty where there is none. */
  readonly path: string;
  /** A shim is a script, or a link into a version manager, that picks the real go. */
  readonly shim: boolean;
  /** `go version` in the build's directory: its exit code and its first line, on whichever stream. */
  readonly code: number;
  readonly said: string;
  /** The version that the go command itself has, such as "go1.26.8"; empty where it does not start. */
  readonly version: string;
  /** GOROOT as the environment or `go env -w` sets it, what its VERSION file says ("unknown" for a tree without one), and who sets it. Empty where nobody does, and where there is no tree. */
  readonly root: string;
  readonly rootVersion: string;
  readonly rootSetBy: SetBy;
  /** Programs called go that are no shims and start: on dlv's PATH behind the shim, then where managers and installers put them. */
  readonly others: readonly string[];
}

/** Runs `go version`, as every build does first; switches no toolchain and downloads nothing. */
export const goInstallation = probe<GoInstallation>({
  id: "go-installation",
  limitMs: 10_000,
  args: (launch) => [buildDirectory(launch)],
  sh: `cd "\${1:-.}" 2>/dev/null
export GOTOOLCHAIN=local
go=$(PATH=$LAUNCH_PATH; command -v go)
printf 'path %s\\n' "$go"
script() { [ "$(head -c 2 "$1" 2>/dev/null)" = '#!' ]; }
if [ -n "$go" ]; then
  case $go:$(readlink -f "$go") in *:*/asdf | *:*/mise | *:*/goenv | */shims/*) echo shim ;; *) script "$go" && echo shim ;; esac
  said=$(PATH=$LAUNCH_PATH timeout 5 "$go" version 2>&1 </dev/null)
  printf 'code %s\\n' $?
  printf 'said %s\\n' "$(printf '%s\\n' "$said" | grep -m 1 .)"
  root=\${GOROOT:-} by=env
  printf 'version %s\\n' "$(unset GOROOT; GOENV=off PATH=$LAUNCH_PATH timeout 5 "$go" version 2>/dev/null </dev/null | cut -d' ' -f3)"
  if [ -z "$root" ]; then
    by=file
    file=$(PATH=$LAUNCH_PATH timeout 5 "$go" env GOENV 2>/dev/null </dev/null)
    [ -f "$file" ] && root=$(sed -n 's/^GOROOT=//p' "$file")
  fi
  if [ -n "$root" ]; then
    have=$(head -n 1 "$root/VERSION" 2>/dev/null | cut -d' ' -f1)
    # A tree that was built from its repository has no VERSION file.
    [ -z "$have" ] && [ -d "$root/src/runtime" ] && have=unknown
    printf '%s GOROOT\\nroot %s\\nroot-version %s\\n' "$by" "$root" "$have"
  fi
fi
rest=$LAUNCH_PATH:
while [ -n "$rest" ]; do
  one=\${rest%%:*}; rest=\${rest#*:}
  set -- "$@" "$one/go"
done
for file in "$@" /usr/local/go/bin/go "$HOME"/sdk/go*/bin/go "$HOME"/.gvm/gos/go*/bin/go "$HOME"/.goenv/versions/*/bin/go \\
  "$HOME"/.asdf/installs/golang/*/go/bin/go "$HOME"/.local/share/mise/installs/go/*/bin/go /usr/lib/go*/bin/go /usr/bin/go; do
  [ "$file" != "$go" ] && [ -f "$file" ] && [ -x "$file" ] && ! script "$file" || continue
  (unset GOROOT; timeout 2 "$file" version) >/dev/null 2>&1 </dev/null && printf 'other %s\\n' "$file"
done | sort -u | head -n 3
exit 0
`,
  read({ stdout }, launch) {
    const lines = stdout.split("\n");
    const all = (key: string) =>
      lines.flatMap((line) => (line.startsWith(`${key} `) ? [line.slice(key.length + 1)] : []));
    const first = (key: string) => all(key)[0] ?? "";
    return {
      path: first("path"),
      shim: lines.includes("shim"),
      code: Number(first("code") || 0),
      said: first("said"),
      version: first("version"),
      root: first("root"),
      rootVersion: first("root-version"),
      rootSetBy: setBy(launch, "GOROOT", lines.includes("env GOROOT"), lines.includes("file GOROOT")),
      others: all("other"),
    };
  },
});
