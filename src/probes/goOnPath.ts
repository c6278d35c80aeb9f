import { probe } from "../core/probe.ts";

/** Where dlv finds go, and where else one is. */
export interface GoOnPath {
  /** The PATH that dlv gets. */
  readonly path: string;
  /** The go that dlv runs; undefined where its PATH has none. */
  readonly go?: string;
  /** What the user's shell finds, asked as a terminal starts it. */
  readonly inShell?: string;
  /** Go installations in the usual places. */
  readonly elsewhere: readonly string[];
}

/**
 * Looks go up on dlv's own PATH. Only where it is missing, the user's shell is asked as a terminal would start it
 * (-l -i, because rc files set PATH too), with nothing to read and little time; and the usual places are looked at.
 */
export const goOnPath = probe<GoOnPath>({
  id: "go-on-path",
  sh: `printf 'path %s\\n' "$LAUNCH_PATH"
go=$(PATH=$LAUNCH_PATH command -v go)
case $go in /*) printf 'go %s\\n' "$go"; exit 0 ;; esac
me=$(id -un)
shell=$(getent passwd "$me" 2>/dev/null | sed 's/.*://')
shell=\${SHELL:-\${shell:-/bin/sh}}
found=$(PATH=/usr/local/bin:/usr/bin:/bin timeout 3 "$shell" -l -i -c 'command -v go' 2>/dev/null </dev/null | grep '^/.*/go$' | tail -n 1)
[ -x "$found" ] && printf 'shell %s\\n' "$found"
for file in /usr/local/go/bin/go /usr/lib/go/bin/go /usr/lib/go-*/bin/go /usr/bin/go /usr/local/bin/go /snap/bin/go \\
  /opt/homebrew/bin/go /opt/go/bin/go "$HOME"/go/bin/go "$HOME"/sdk/go*/bin/go "$HOME"/.local/go/bin/go \\
  "$HOME"/.local/bin/go "$HOME"/.asdf/shims/go "$HOME"/.local/share/mise/shims/go "$HOME"/.goenv/shims/go; do
  [ -f "$file" ] && [ -x "$file" ] && printf 'file %s\\n' "$file"
done
exit 0
`,
  read({ stdout }) {
    const after = (key: string) => new RegExp(`^${key} (.+)$`, "m").exec(stdout)?.[1];
    const go = after("go");
    const inShell = after("shell");
    return {
      path: after("path") ?? "",
      elsewhere: Array.from(stdout.matchAll(/^file (.+)$/gm), ([, file]) => file ?? ""),
      ...(go !== undefined && { go }),
      ...(inShell !== undefined && { inShell }),
    };
  },
});
