import { probe } from "../core/probe.ts";

/** A process that has a lock for which a process of the build waits. */
export interface LockOwner {
  /** The process of the build, and the inode of the locked file. */
  readonly waiter: number;
  readonly inode: number;
  readonly pid: number;
  readonly name: string;
  /** Its words, where it is a tool of Go's or git's: others' may be secret. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** When it started, in the kernel's ticks since boot: with the pid it names one process for good. */
  readonly start: number;
  /** Another user's: only root may end it. */
  readonly foreign: boolean;
  /** Neither it nor what it started used CPU or moved a byte while we looked, for a second. */
  readonly idle: boolean;
  /** The lock is taken with flock(2) or fcntl(2). */
  readonly kind: string;
}

/**
 * Who has the locks that dlv's processes wait for: /proc/locks lists whoever waits (marked "->") below whoever has it.
 * A lock of flock(2) goes with an open file to a program's children, so the open files that carry it name the owners;
 * the pid of /proc/locks is only who took it.
 */
export const lockOwners = probe<readonly LockOwner[]>({
  id: "lock-owners",
  args: ({ timeline }) => (timeline.last?.processes ?? []).map(({ pid }) => String(pid)),
  sh: `waits=$(awk -v pids=" $* " '
  $2 != "->" { pid = $5; file = $6; kind = $2; next }
  index(pids, " " $6 " ") { print $6, pid, file, kind }
' /proc/locks | sort -u)
[ -n "$waits" ] || exit 0
# The tree below a process: a go that waits for its git or its compilers is at work.
work() {
  cat /proc/[0-9]*/stat | sed 's/^\\([0-9]*\\) .*) . /\\1 /' | awk -v top="$1" '
    { above[$1] = $2; cpu[$1] = $12 " " $13 }
    END { for (pid in above) { for (up = pid; up in above && up != top; up = above[up]); if (up == top) print pid, cpu[pid] } }
  ' | sort | while read -r pid cpu; do
    echo "$pid $cpu"
    sed -n 's/^[rw]char: //p' "/proc/$pid/io"
  done
}
echo "$waits" | while read -r waiter taker file kind; do
  inode=\${file##*:}
  owners=$(grep -ls "^lock:.* $file " /proc/[0-9]*/fdinfo/* | cut -d/ -f3 | sort -un | head -n 3)
  for pid in \${owners:-$taker}; do
    [ -d "/proc/$pid" ] || continue
    before=$(work "$pid"); sleep 1; after=$(work "$pid")
    idle=0; [ "$before" = "$after" ] && idle=1
    start=$(sed 's/.*) //' "/proc/$pid/stat" | cut -d' ' -f20)
    foreign=0
    case $(id -u) in 0|"$(sed -n 's/^Uid:[^0-9]*\\([0-9]*\\).*/\\1/p' "/proc/$pid/status")") ;; *) foreign=1 ;; esac
    printf 'owner %s %s %s %s %s %s %s ' "$waiter" "$inode" "$kind" "$pid" "$start" "$foreign" "$idle"
    read -r name <"/proc/$pid/comm"; echo "$name"
    printf 'cwd %s\\nargv ' "$(readlink "/proc/$pid/cwd")"
    case $name in go|git|gopls) tr '\\000\\n' '\\037 ' <"/proc/$pid/cmdline" | head -c 2000 ;; esac
    echo
  done 2>/dev/null
done
exit 0
`,
  read: ({ stdout }) =>
    Array.from(
      stdout.matchAll(/^owner (\d+) (\d+) (\w+) (\d+) (\d*) ([01]) ([01]) (.*)\ncwd (.*)\nargv (.*)$/gm),
      ([, waiter, inode, kind = "", pid, start, foreign, idle, name = "", cwd = "", argv = ""]) => ({
        waiter: Number(waiter),
        inode: Number(inode),
        pid: Number(pid),
        name,
        argv: argv.split("\x1f").filter(Boolean),
        cwd,
        start: Number(start),
        foreign: foreign === "1",
        idle: idle === "1",
        kind,
      }),
    ),
});
