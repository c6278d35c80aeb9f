import { buildDirectory } from "../core/goBuild.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";
import { mountOf, type OutputPlace } from "./outputPlace.ts";

/** A tree that a build reads, and what its files cost. */
export interface BuildMount {
  readonly of: "sources" | "GOCACHE" | "GOMODCACHE";
  readonly dir: string;
  readonly mount: OutputPlace["mount"];
  /** WSL's own mount of a Windows drive: its options name drvfs. */
  readonly drvfs: boolean;
  /** How many files were opened and how long (ms) it took to find and open them; absent on a local filesystem. */
  readonly opened?: { readonly files: number; readonly ms: number };
}

/**
 * Where the trees of a build lie, and where that is no local filesystem, how long it takes to find and open three hundred
 * files there, without reading them. It ends after five seconds.
 */
export const buildMounts = probe<readonly BuildMount[]>({
  id: "build-mounts",
  limitMs: 20_000,
  args: (launch) => [buildDirectory(launch)],
  sh: `cd "\${1:-.}" || exit 78
env() { GOTOOLCHAIN=local PATH=$LAUNCH_PATH go env "$1" 2>/dev/null; }
mod=$(env GOMOD)
case $mod in /dev/null|'') root=$PWD ;; *) root=\${mod%/*} ;; esac
remote() {
  DIR=$1 awk '{
    point = $5
    gsub(/\\\\040/, " ", point)
    above = point == "/" || point == ENVIRON["DIR"] || index(ENVIRON["DIR"], point "/") == 1
    for (at = 7; $at != "-"; at++);
    if (above && length(point) >= best) { best = length(point); type = $(at + 1) }
  } END { exit type ~ /^(ext[234]|xfs|btrfs|tmpfs|overlay|zfs|f2fs|bcachefs|ramfs|squashfs|erofs)$/ }' /proc/self/mountinfo
}
look() {
  [ -n "$2" ] && [ -d "$2" ] || return
  printf 'tree %s %s\\n' "$1" "$2"
  remote "$2" || return
  timeout 5 find "$2" -type f 2>/dev/null | head -n 300 | {
    count=0 now=
    read -r before rest </proc/uptime
    while read -r file; do
      { true <"$file"; } 2>/dev/null
      count=$((count + 1))
      read -r now rest </proc/uptime
      [ "$((\${now%.*} - \${before%.*}))" -lt 5 ] || break
    done
    printf 'opened %s %s %s\\n' "$count" "$before" "$now"
  }
}
look sources "$root"
look GOCACHE "$(env GOCACHE)"
look GOMODCACHE "$(env GOMODCACHE)"
cat /proc/self/mountinfo
exit 0
`,
  read({ code, stdout }) {
    if (code !== 0) throw new Error(say`the directory that dlv builds in cannot be looked at`);
    return Array.from(
      stdout.matchAll(/^tree (sources|GOCACHE|GOMODCACHE) (.*)\n(?:opened (\d+) ([\d.]+) ([\d.]+))?/gm),
      ([, of, dir = "", files = "0", before, now]) => {
        const mount = mountOf(dir, stdout);
        return {
          of: of as BuildMount["of"],
          dir,
          mount,
          drvfs: isDrvfs(mount.point, stdout),
          ...(files !== "0" && {
            opened: { files: Number(files), ms: (Number(now) - Number(before)) * 1000 },
          }),
        };
      },
    );
  },
});

function isDrvfs(point: string, mountinfo: string): boolean {
  const line = mountinfo
    .split("\n")
    .find((one) => one.split(" ")[4] === point && / - (?:9p|virtiofs|drvfs) /.test(one));
  return line !== undefined && /drvfs/.test(line);
}
