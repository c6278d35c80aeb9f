import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { ProcessSample, Sample, Socket } from "../core/process.ts";
import { socketAddress } from "../core/socketAddress.ts";

/** USER_HZ is 100 on every Linux architecture that Go and Delve support (time(7)). */
const tickMs = 10;

/** Programs whose arguments are kept: tools of a build, never the user's own program. */
const tools =
  /^(go|compile|link|asm|vet|cgo|git|git-.*|gcc|cc|cc1|cc1plus|g\+\+|clang|as|ld|collect2|ssh|debuginfod-find)$/;

/** They start nothing and wait for nothing: what they do shows in their CPU time, and a build runs hundreds of them. */
const workers = /^(compile|asm|cc1|cc1plus|as)$/;

/** Most of an argument list is include paths and flags; this keeps a sample small (bytes of each argument, count). */
const argument = { length: 200, count: 40 };

/** The files of a /proc. What is gone, hidden or not there is undefined, and a folder of that kind is empty. */
export interface Proc {
  readonly read: (path: string) => string | undefined;
  readonly list: (path: string) => readonly string[];
  readonly link: (path: string) => string | undefined;
}

/** What stands of a process for a while: its connections and its tracer, as they were `at` (ms). */
interface Look {
  readonly at: number;
  readonly tracer: number;
  readonly sockets: readonly Socket[];
}

/** Its children, as they were `at` (ms), when it had read and written as much as `io` says. */
interface Family {
  readonly at: number;
  readonly io: string | undefined;
  readonly children: readonly number[];
}

/** What is kept of a process from one sample to the next. Its pid may be another's by then: `born` and `name` tell. */
interface Known {
  readonly sampled: number;
  readonly born: string;
  readonly name: string;
  readonly argv: readonly string[];
  readonly look?: Look;
  readonly family?: Family;
}

/**
 * How long (ms) what was seen holds: most of the time of a sample goes into that. The children of a process that has read or
 * written since hold for less, and a Go program does both when it starts another one.
 */
const holds = { atRest: 240, atWork: 90 };

/** How long (ms) a process is kept that no sample has shown since. */
const keptMs = 10_000;

/** Samples trees again and again, and looks closely only at what may have changed: for whoever does so many times a second. */
export function treeSampler(): (root: number) => Sample {
  const known = new Map<number, Known>();
  return (root) => {
    const sample = sampleTree(root, localProc, known);
    for (const [pid, { sampled }] of known) if (performance.now() - sampled > keptMs) known.delete(pid);
    return sample;
  };
}

/**
 * Samples the process tree under `root` from /proc: synchronously, because a tree of twenty processes takes well under
 * a millisecond and a consistent moment is worth more. Empty where there is no /proc or the root is gone. What is
 * `known` from an earlier sample is not read again while it holds.
 */
export function sampleTree(root: number, proc: Proc = localProc, known = new Map<number, Known>()): Sample {
  const processes: ProcessSample[] = [];
  const now = performance.now();
  let tcp: Map<string, Socket> | undefined;
  let inherited: readonly string[] | undefined;

  function lookAt(pid: number, name: string): Look {
    const own = /^(go|git|ssh|debuginfod-find)/.test(name) ? socketInodes(pid, proc) : [];
    // Node gives dlv sockets for its stdio, and what dlv starts inherits its log.
    if (own.length > 0 && pid !== root) inherited ??= socketInodes(root, proc);
    const inodes = own.filter((inode) => pid === root || !inherited?.includes(inode));
    // The kernel takes milliseconds for its table of connections, and most of a build has none of its own.
    if (inodes.length > 0) tcp ??= readSockets(pid, proc);
    return {
      at: now,
      tracer: tracerOf(pid, proc),
      sockets: inodes.flatMap((inode) => tcp?.get(inode) ?? []),
    };
  }

  const queue = [root];
  for (let pid = queue.shift(); pid !== undefined; pid = queue.shift()) {
    const stat = readStat(pid, proc);
    if (stat === undefined) continue;
    const { born, ...process } = stat;
    const { name, state } = process;
    const last = known.get(pid);
    const before = last?.born === born && last.name === name ? last : undefined;
    const argv = before?.argv[0] ? before.argv : tools.test(name) ? readArgv(pid, proc) : [];
    if (workers.test(name)) {
      known.set(pid, { sampled: now, born, name, argv });
      processes.push({ ...process, argv });
      continue;
    }
    const io = proc.read(`/proc/${pid}/io`);
    const [seen, met] = [before?.look, before?.family];
    const look = seen && now - seen.at < holds.atRest ? seen : lookAt(pid, name);
    const holdsMs = met?.io === io ? holds.atRest : holds.atWork;
    const family = met && now - met.at < holdsMs ? met : { at: now, io, children: childrenOf(pid, proc) };
    known.set(pid, { sampled: now, born, name, argv, look, family });
    const wchan = state === "R" ? undefined : proc.read(`/proc/${pid}/wchan`);
    processes.push({
      ...process,
      argv,
      ...(io !== undefined && { ioBytes: ioBytes(io) }),
      ...(wchan !== undefined && wchan !== "0" && { wchan }),
      ...(look.tracer > 0 && { tracer: look.tracer }),
      ...(look.sockets.length > 0 && { sockets: look.sockets }),
    });
    queue.push(...family.children);
  }
  return { processes };
}

/** The name, state and times of one process, and when it began; undefined when it is gone. */
function readStat(pid: number, { read }: Proc) {
  const stat = read(`/proc/${pid}/stat`);
  // The name stands in parentheses and may hold spaces and parentheses itself: cut at the last one.
  const close = stat?.lastIndexOf(")") ?? -1;
  if (stat === undefined || close < 0) return undefined;
  const fields = stat.slice(close + 2).split(" ");
  return {
    pid,
    ppid: Number(fields[1]),
    name: stat.slice(stat.indexOf("(") + 1, close),
    state: fields[0] ?? "?",
    cpuMs: (Number(fields[11]) + Number(fields[12])) * tickMs,
    faults: Number(fields[9]),
    born: fields[19] ?? "",
  };
}

function tracerOf(pid: number, { read }: Proc): number {
  return Number(/^TracerPid:\s*(\d+)/m.exec(read(`/proc/${pid}/status`) ?? "")?.[1] ?? 0);
}

function ioBytes(io: string): number {
  return Number(/^rchar: (\d+)/m.exec(io)?.[1] ?? 0) + Number(/^wchar: (\d+)/m.exec(io)?.[1] ?? 0);
}

function readArgv(pid: number, { read }: Proc): string[] {
  const words = (read(`/proc/${pid}/cmdline`) ?? "").split("\0");
  return words.slice(0, argument.count).map((word) => word.slice(0, argument.length));
}

/**
 * The children of every thread: Go starts processes from any of its threads. The `children` file needs
 * CONFIG_PROC_CHILDREN; without it the whole of /proc is looked through for parents.
 */
function childrenOf(pid: number, proc: Proc): number[] {
  const { list, read } = proc;
  const threads = list(`/proc/${pid}/task`);
  const children = threads.map((thread) => read(`/proc/${pid}/task/${thread}/children`));
  if (threads.length > 0 && children.every((text) => text !== undefined))
    return children.flatMap((text) => (text ?? "").split(" ").filter(Boolean).map(Number));
  return list("/proc")
    .map(Number)
    .filter((other) => Number.isInteger(other) && readParent(other, proc) === pid);
}

function readParent(pid: number, { read }: Proc): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat === undefined ? undefined : Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

const tcpStates = [
  "?",
  "ESTABLISHED",
  "SYN_SENT",
  "SYN_RECV",
  "FIN_WAIT1",
  "FIN_WAIT2",
  "TIME_WAIT",
  "CLOSE",
  "CLOSE_WAIT",
  "LAST_ACK",
  "LISTEN",
  "CLOSING",
];

/** Every TCP socket in the network namespace of `pid`, by inode (proc_pid_net(5)). */
export function readSockets(pid: number, { read }: Proc = localProc): Map<string, Socket> {
  const sockets = new Map<string, Socket>();
  for (const file of ["tcp", "tcp6"]) {
    const lines = (read(`/proc/${pid}/net/${file}`) ?? "").split("\n").slice(1);
    for (const line of lines) {
      const [, local, remote, state, queues, , , , , inode] = line.trim().split(/\s+/);
      if (!local || !remote || !state || !queues || !inode) continue;
      const [tx = "0", rx = "0"] = queues.split(":");
      sockets.set(inode, {
        state: tcpStates[Number.parseInt(state, 16)] ?? state,
        local: address(local),
        remote: address(remote),
        txQueue: Number.parseInt(tx, 16),
        rxQueue: Number.parseInt(rx, 16),
      });
    }
  }
  return sockets;
}

/** The inodes of the sockets among a process's file descriptors. */
function socketInodes(pid: number, { list, link }: Proc): string[] {
  return list(`/proc/${pid}/fd`).flatMap(
    (fd) => /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${fd}`) ?? "")?.[1] ?? [],
  );
}

function address(hex: string): string {
  const { host, port } = socketAddress(hex);
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** This machine's. */
export const localProc: Proc = {
  read: (path) => quietly(() => readFileSync(path, "utf8")),
  list: (path) => quietly(() => readdirSync(path)) ?? [],
  link: (path) => quietly(() => readlinkSync(path)),
};

function quietly<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
