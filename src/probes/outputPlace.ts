import { textOf } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** What came of running a file of our own in a directory. untried: its mount lets programs run, so nothing was written. */
export type Tried = "ran" | "denied" | "unwritable" | "missing" | "untried";

/** The directory of the program that dlv runs, and a directory of the user's where programs do run. */
export interface OutputPlace {
  readonly dir: string;
  readonly tried: Tried;
  /** The mount it is on: its point, its type and its options (proc_pid_mountinfo(5)). */
  readonly mount: { readonly point: string; readonly type: string; readonly options: readonly string[] };
  readonly elsewhere?: string;
}

/**
 * Where the binary of this launch lies or is going to lie, and whether a program may run there. Only where the mount says
 * noexec is it tried, since the option alone does not settle it: a script of one line is written, run and removed.
 */
export const outputPlace = probe({
  id: "output-place",
  args: (launch) => [
    textOf(launch, "dlvCwd") ?? ".",
    launch.mode === "exec" ? (textOf(launch, "program") ?? "") : (textOf(launch, "output") ?? ""),
  ],
  sh: `
cd "$1" || exit 1
case $2 in */*) dir=\${2%/*}; [ -n "$dir" ] || dir=/ ;; *) dir=. ;; esac
try() {
  f=$(mktemp "$1/.delve-doctor.XXXXXX" 2>/dev/null) || { echo unwritable; return; }
  trap 'rm -f "$f"' EXIT
  trap 'exit 75' HUP INT TERM
  { printf '#!/bin/sh\\nexit 0\\n' >"$f"; } 2>/dev/null
  chmod 700 "$f"
  "$f" 2>/dev/null
  case $? in 0) r=ran ;; 126) r=denied ;; *) r=unwritable ;; esac
  [ -s "$f" ] || r=unwritable
  rm -f "$f"
  echo $r
}
# The deepest mount point above it decides, and of two on one point the later.
noexec() {
  DIR=$1 awk '{
    point = $5
    gsub(/\\\\040/, " ", point)
    above = point == "/" || point == ENVIRON["DIR"] || index(ENVIRON["DIR"], point "/") == 1
    if (above && length(point) >= best) { best = length(point); options = "," $6 "," }
  } END { exit options !~ /,noexec,/ }' /proc/self/mountinfo 2>/dev/null
}
if [ -d "$dir" ]; then
  dir=$(cd "$dir" && pwd -P)
  echo "dir $dir"
  tried=untried
  noexec "$dir" && tried=$(try "$dir")
  echo "tried $tried"
  if [ "$tried" = denied ] || [ "$tried" = unwritable ]; then
    for place in "\${XDG_CACHE_HOME:-$HOME/.cache}" "$HOME" /var/tmp /tmp; do
      if [ -d "$place" ] && [ "$(try "$place")" = ran ]; then echo "elsewhere $place"; break; fi
    done
  fi
else
  echo "dir $dir"
  echo "tried missing"
fi
cat /proc/self/mountinfo 2>/dev/null
exit 0
`,
  read({ code, stdout, stderr }): OutputPlace {
    if (code !== 0) throw new Error(stderr.trim() || say`the output directory cannot be looked at`);
    const dir = /^dir (.+)$/m.exec(stdout)?.[1] ?? "";
    const elsewhere = /^elsewhere (.+)$/m.exec(stdout)?.[1];
    return {
      dir,
      tried: (/^tried (\w+)$/m.exec(stdout)?.[1] ?? "missing") as Tried,
      mount: mountOf(dir, stdout),
      ...(elsewhere !== undefined && { elsewhere }),
    };
  },
});

/** The mount that a path is on: the deepest point above it, and of two on one point the later, which hides the other. */
export function mountOf(path: string, mountinfo: string): OutputPlace["mount"] {
  let best: OutputPlace["mount"] = { point: "", type: "", options: [] };
  for (const line of mountinfo.split("\n")) {
    const [, raw, options, type] = /^\d+ \d+ \d+:\d+ \S+ (\S+) (\S+) .*?- (\S+) /.exec(line) ?? [];
    if (raw === undefined || options === undefined || type === undefined) continue;
    const point = raw.replace(/\\(\d{3})/g, (_, octal: string) =>
      String.fromCharCode(Number.parseInt(octal, 8)),
    );
    const above = point === "/" || path === point || path.startsWith(`${point}/`);
    if (above && point.length >= best.point.length) best = { point, type, options: options.split(",") };
  }
  return best;
}
