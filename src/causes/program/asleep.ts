import type { Explained } from "../../core/cause.ts";
import type { ProcessSample } from "../../core/process.ts";
import { say } from "../../core/say.ts";
import { spent, type Timeline } from "../../core/timeline.ts";
import { seconds } from "../../core/waiting.ts";
import type { ProgramThread, RunningProgram } from "../../probes/runningProgram.ts";

/** read(2) where Go runs: the common numbers of the newer architectures, and the older ones' own. */
const reads: Readonly<Record<string, number>> = { x86_64: 0, i686: 3, armv7l: 3, ppc64le: 3, s390x: 3 };
const usualRead = 63;

/** What a thread sleeps in that waits for bytes, by the kind of file: Linux 4.9 to 6.18. */
const readers = {
  socket: /^unix_stream_(?:read_generic|data_wait)$/,
  pipe: /^(?:anon_)?pipe_(?:read|wait)$/,
};

/** How long (ms) a program is followed that just runs: nobody reads what it prints or samples it after that. */
const followedMs = 10_000;

/** True where every thread of the program sleeps: it neither computes, nor waits for a disk, nor stands at a stop. */
export function isAsleep({ threads, worked }: RunningProgram): boolean {
  return !worked && threads.length > 0 && threads.every(({ state }) => state === "S");
}

/** True while what the program prints and does is still followed. */
export function isFollowed(timeline: Timeline): boolean {
  return timeline.current === "run" && spent(timeline, "run") < followedMs;
}

/** What a program that waits accounts for: the time since it last moved, where that is known. */
export function waited(timeline: Timeline): { readonly explains?: Explained } {
  return isFollowed(timeline) ? { explains: { phase: "run", ms: timeline.idleMs } } : {};
}

/** The same in words. */
export function stillness(timeline: Timeline): string {
  return isFollowed(timeline)
    ? say`nothing in it moved for ${seconds(timeline.idleMs)}`
    : say`nothing in it moved while it was looked at for half a second`;
}

/** A thread that waits for standard input, and how that is known. */
export interface Reader {
  readonly thread: ProgramThread;
  /** exact: the kernel names the system call and the file. kind: it waits for a file of that kind, and there is no other. */
  readonly seen: "exact" | "kind";
}

/** The thread that sleeps in a read of file 0; undefined where there is none. */
export function stdinReader({ threads, machine, files }: RunningProgram): Reader | undefined {
  const read = reads[machine] ?? usualRead;
  const exact = threads.find(({ syscall }) => syscall?.number === read && syscall.first === 0n);
  if (exact !== undefined) return { thread: exact, seen: "exact" };
  // Yama keeps system calls from whoever may not trace; where they are told, none of them is this one.
  if (threads.some(({ syscall }) => syscall !== undefined)) return undefined;
  const kind = /^(socket|pipe):/.exec(files.get(0) ?? "")?.[1] as keyof typeof readers | undefined;
  if (kind === undefined) return undefined;
  const others = [...files].filter(([fd, target]) => fd > 2 && target.startsWith(`${kind}:`));
  const thread = threads.find(({ wchan }) => readers[kind].test(wchan));
  return thread !== undefined && others.length === 0 ? { thread, seen: "kind" } : undefined;
}

/** "pid 4711 (hello)": the kernel cuts names at 15 bytes. */
export function named({ pid, name }: Pick<ProcessSample, "pid" | "name">): string {
  return `pid ${pid} (${name})`;
}
