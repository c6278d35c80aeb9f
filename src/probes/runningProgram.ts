import { debuggeeOf } from "../core/debuggee.ts";
import { probe } from "../core/probe.ts";
import type { Socket } from "../core/process.ts";
import { socketAddress } from "../core/socketAddress.ts";

/** One thread of the debugged program, and what it sleeps in. */
export interface ProgramThread {
  readonly tid: number;
  /** One letter of proc_pid_stat(5). */
  readonly state: string;
  /** The kernel function it sleeps in (proc_pid_wchan(5)); empty where it runs or the kernel does not say. */
  readonly wchan: string;
  /** The system call and its first argument (proc_pid_syscall(5)); absent where Yama or the kernel keeps it to itself. */
  readonly syscall?: { readonly number: number; readonly first: bigint };
}

/** What the debugged program does at this moment, seen from outside. */
export interface RunningProgram {
  readonly pid: number;
  /** uname -m: the numbers of system calls depend on it. */
  readonly machine: string;
  /** The program's open files by number, as /proc/PID/fd names them: "/dev/null", "pipe:[1]", "socket:[2]". */
  readonly files: ReadonlyMap<number, string>;
  /** What dlv itself has as file 0. */
  readonly dlvStdin: string;
  /** It computed, or read or wrote something, while it was looked at. */
  readonly worked: boolean;
  readonly threads: readonly ProgramThread[];
  readonly sockets: readonly Socket[];
  /** Paths of the Unix sockets that it is connected to; empty where ss(8) is missing. */
  readonly unixPeers: readonly string[];
}

/** What a waiting Go program reads and writes all the same (bytes): its runtime's own wake-ups. */
const idleBytes = 64;

/** No program needs more lines than this to show what it waits for. */
const most = 200;

/**
 * Reads the debugged program's threads, open files and connections, and its times and bytes twice, half a second apart; it
 * is neither stopped nor traced for that. Undefined where the program is not there any more: a pid that is no child of
 * dlv's is another program's by now.
 */
export const runningProgram = probe<RunningProgram | undefined>({
  id: "running-program",
  args: ({ timeline }) => [String(debuggeeOf(timeline)?.pid ?? ""), String(timeline.dlv?.pid ?? "")],
  sh: `
[ -n "$1" ] && [ -r "/proc/$1/stat" ] || exit 0
cd "/proc/$1" || exit 0
grep -q "^PPid:[[:space:]]*$2$" status 2>/dev/null || exit 0
work() {
  stat=
  { read -r stat <stat; } 2>/dev/null
  set -- \${stat##*) }
  printf 'work %s %s\\n' "$((\${12:-0} + \${13:-0}))" "$(sed -n 's/^[rw]char: //p' io 2>/dev/null | tr '\\n' ' ')"
}
work
printf 'program %s %s\\n' "$1" "$(uname -m)"
printf 'dlv-stdin %s\\n' "$(readlink "/proc/\${2:-0}/fd/0")"
count=0
for task in task/*; do
  count=$((count+1)); [ $count -gt ${most} ] && break
  stat= wchan= syscall=
  { read -r stat <"$task/stat"; read -r wchan <"$task/wchan"; read -r syscall <"$task/syscall"; } 2>/dev/null
  stat=\${stat##*) }
  printf 'thread %s %s %s %s\\n' "\${task#*/}" "\${stat%% *}" "\${wchan:-0}" "$syscall"
done
files=$(ls -l fd 2>/dev/null | sed -n 's/.* \\([0-9][0-9]*\\) -> /file \\1 /p')
printf '%s\\n' "$files" | head -n ${most}
inodes=" $(printf '%s\\n' "$files" | sed -n 's/.* socket:\\[\\([0-9]*\\)\\]$/\\1/p' | tr '\\n' ' ')"
cat net/tcp net/tcp6 2>/dev/null | awk -v own="$inodes" 'index(own, " " $10 " ") { print "tcp", $2, $3, $4, $5 }'
sleep 0.5
work
command -v ss >/dev/null || exit 0
# The end that was connected to has the path; the other end has its inode as the peer.
ss -xnH 2>/dev/null | awk -v own="$inodes" '$5 ~ /^\\// && index(own, " " $8 " ") { print "unix", $5 }'
exit 0
`,
  read({ stdout }): RunningProgram | undefined {
    const [, pid, machine] = /^program (\d+) (\S*)$/m.exec(stdout) ?? [];
    if (pid === undefined || machine === undefined) return undefined;
    return {
      pid: Number(pid),
      machine,
      worked: hasWorked(stdout),
      dlvStdin: /^dlv-stdin (.+)$/m.exec(stdout)?.[1] ?? "",
      files: new Map(
        Array.from(stdout.matchAll(/^file (\d+) (.*)$/gm), ([, fd, target = ""]) => [Number(fd), target]),
      ),
      threads: stdout.split("\n").flatMap(threadOf),
      sockets: Array.from(stdout.matchAll(/^tcp (\S+) (\S+) (\S+) (\S+)$/gm), socketOf),
      unixPeers: [...new Set(Array.from(stdout.matchAll(/^unix (.+)$/gm), ([, path = ""]) => path))],
    };
  },
});

/** Ticks of CPU (time(7)) and bytes, at the first look and at the second. */
function hasWorked(stdout: string): boolean {
  const looks = Array.from(stdout.matchAll(/^work (\d+)((?: \d+)*) *$/gm), ([, ticks, bytes = ""]) => ({
    ticks: Number(ticks),
    bytes: bytes.split(" ").reduce((sum, one) => sum + Number(one), 0),
  }));
  const [first, second] = looks;
  if (first === undefined || second === undefined) return true;
  return second.ticks - first.ticks > 1 || second.bytes - first.bytes > idleBytes;
}

/** A thread that runs has "running" for its system call, and one that was stopped between two calls -1. */
function threadOf(line: string): ProgramThread[] {
  const [, tid, state, wchan, number, first] =
    /^thread (\d+) (\S) (\S+)(?: (\d+) (0x[0-9a-f]+))?/.exec(line) ?? [];
  if (tid === undefined || state === undefined || wchan === undefined) return [];
  return [
    {
      tid: Number(tid),
      state,
      wchan: wchan === "0" ? "" : wchan,
      ...(number !== undefined &&
        first !== undefined && { syscall: { number: Number(number), first: BigInt(first) } }),
    },
  ];
}

/** Of include/net/tcp_states.h, those that a waiting program can have. */
const states: Readonly<Record<string, string>> = {
  "01": "ESTABLISHED",
  "02": "SYN_SENT",
  "08": "CLOSE_WAIT",
  "0A": "LISTEN",
};

function socketOf([, local = "", remote = "", state = "", queues = ""]: RegExpExecArray): Socket {
  const [tx = "0", rx = "0"] = queues.split(":");
  return {
    state: states[state] ?? state,
    local: named(local),
    remote: named(remote),
    txQueue: Number.parseInt(tx, 16),
    rxQueue: Number.parseInt(rx, 16),
  };
}

function named(hex: string): string {
  const { host, port } = socketAddress(hex);
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
