import { textOf } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** Which of the three directories that a build writes to. */
export type Writes = "work" | "cache" | "output";

/** What is left on the filesystem of one directory (statfs(2)), as the user who launches gets it. */
export interface Space {
  readonly of: Writes;
  readonly dir: string;
  readonly freeBytes: number;
  /** Files that can still be made; undefined where the filesystem keeps no such count (btrfs). */
  readonly freeFiles?: number;
  readonly mount: string;
}

/** The directories a build writes to, and those that could take their place, the roomiest first. */
export interface DiskSpace {
  readonly places: readonly Space[];
  readonly others: readonly Omit<Space, "of">[];
}

/**
 * Asks go where it works and caches, and statfs what is left there and where the binary goes. A directory that does not
 * exist yet counts as its nearest parent; one that may not be written at all (a read-only image is always full) is left out.
 * Root gets the blocks that are reserved for it, other users do not.
 */
export const diskSpace = probe({
  id: "disk-space",
  limitMs: 10_000,
  args: (launch) => [textOf(launch, "dlvCwd") ?? ".", textOf(launch, "output") ?? ""],
  sh: `
here=$(pwd -P)
go=$(PATH=$LAUNCH_PATH; command -v go)
env() { [ -n "$go" ] && GOTOOLCHAIN=local PATH=$LAUNCH_PATH "$go" env "$1" 2>/dev/null; }
root=$(id -u)
look() {
  dir=$2
  case $dir in /*) ;; *) dir=$here/$dir ;; esac
  while [ ! -d "$dir" ] && [ "$dir" != / ] && [ -n "$dir" ]; do dir=\${dir%/*}; done
  [ -w "\${dir:-/}" ] || return
  left=$(stat -f -c "%f %a %S %d %c" "\${dir:-/}" 2>/dev/null) || return
  mount=$(df -P "\${dir:-/}" 2>/dev/null | awk 'NR == 2 { sub(/.*% /, ""); print }')
  printf '%s\\t%s\\t%s\\t%s\\t%s\\n' "$1" "$root" "$left" "$2" "$mount"
}
work=$(env GOTMPDIR)
[ -n "$work" ] || work=\${TMPDIR:-/tmp}
cache=$(env GOCACHE)
[ -n "$cache" ] || cache=\${XDG_CACHE_HOME:-$HOME/.cache}/go-build
case $2 in */*) out=\${2%/*} ;; *) out=$1 ;; esac
look work "$work"
look cache "$cache"
look output "$out"
for other in "\${XDG_CACHE_HOME:-$HOME/.cache}" /var/tmp /tmp "$HOME"; do
  [ -d "$other" ] && look other "$other"
done
exit 0
`,
  read({ stdout }): DiskSpace {
    const rows = stdout.split("\n").flatMap(readRow);
    if (rows.length === 0) throw new Error(say`stat -f is not available here`);
    return {
      places: rows.flatMap(({ of, ...space }) => (of === "other" ? [] : [{ of, ...space }])),
      others: rows
        .flatMap(({ of, ...space }) => (of === "other" ? [space] : []))
        .sort((a, b) => b.freeBytes - a.freeBytes),
    };
  },
});

function readRow(line: string): (Omit<Space, "of"> & { of: Writes | "other" })[] {
  const [of, user, left, dir, mount = ""] = line.split("\t");
  if (of !== "work" && of !== "cache" && of !== "output" && of !== "other") return [];
  if (left === undefined || dir === undefined) return [];
  const [free = 0, available = 0, block = 0, freeFiles = 0, files = 0] = left.split(" ").map(Number);
  const freeBytes = (user === "0" ? free : available) * block;
  return [{ of, dir, mount, freeBytes, ...(files > 0 && { freeFiles }) }];
}
