import { textOf } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";
import { mountOf, type OutputPlace } from "./outputPlace.ts";

/** The directory that the built program is written to, and whether dlv's user may write there. */
export interface OutputDirectory {
  readonly dir: string;
  readonly exists: boolean;
  /** access(2) for writing, which also knows of read-only mounts; nothing is written. */
  readonly writable: boolean;
  /** Who owns it, its mode as ls prints it, and who asks, by number. */
  readonly owner: string;
  readonly mode: string;
  readonly user: string;
  readonly mount: OutputPlace["mount"];
  /** A directory of the user's or of everybody's that can be written and whose mount lets programs run. */
  readonly elsewhere?: string;
}

/** Looks at the directory of `output`, else at the one that dlv runs in. */
export const outputDirectory = probe<OutputDirectory>({
  id: "output-directory",
  args: (launch) => [textOf(launch, "dlvCwd") ?? ".", textOf(launch, "output") ?? ""],
  sh: `cd "$1" || exit 78
case $2 in */*) dir=\${2%/*}; [ -n "$dir" ] || dir=/ ;; *) dir=. ;; esac
printf 'user %s\\n' "$(id -u)"
if [ -d "$dir" ]; then
  dir=$(cd "$dir" && pwd -P)
  echo exists
  [ -w "$dir" ] && [ -x "$dir" ] && echo writable
  ls -ldn "$dir" | awk '{ print "mode " $1; print "owner " $3 }'
fi
printf 'dir %s\\n' "$dir"
for place in "\${XDG_CACHE_HOME:-$HOME/.cache}" "$HOME" /var/tmp /tmp; do
  [ -d "$place" ] && [ -w "$place" ] && printf 'place %s\\n' "$(cd "$place" && pwd -P)"
done
cat /proc/self/mountinfo 2>/dev/null
exit 0
`,
  read({ code, stdout, stderr }): OutputDirectory {
    if (code !== 0) throw new Error(stderr.trim() || say`the output directory cannot be looked at`);
    const lines = stdout.split("\n");
    const after = (key: string) =>
      lines.find((line) => line.startsWith(`${key} `))?.slice(key.length + 1) ?? "";
    const dir = after("dir");
    const elsewhere = lines
      .flatMap((line) => (line.startsWith("place /") ? [line.slice(6)] : []))
      .find((place) => place !== dir && !mountOf(place, stdout).options.includes("noexec"));
    return {
      dir,
      exists: lines.includes("exists"),
      writable: lines.includes("writable"),
      owner: after("owner"),
      mode: after("mode"),
      user: after("user"),
      mount: mountOf(dir, stdout),
      ...(elsewhere !== undefined && { elsewhere }),
    };
  },
});
