import { probe } from "../core/probe.ts";

/** The bytes that each TCP socket has received since it was opened, by "PID LOCAL"; empty where ss(8) is missing. */
export const socketBytes = probe<ReadonlyMap<string, number>>({
  id: "socket-bytes",
  sh: `command -v ss >/dev/null || exit 0
ss -tinpH 2>/dev/null || exit 0`,
  read: ({ stdout }) => new Map(stdout.split(/\n(?=\S)/).flatMap(bytesOf)),
});

/** ss leaves "bytes_received" out while it is 0. */
function bytesOf(entry: string): [string, number][] {
  const local = /^\S+\s+\d+\s+\d+\s+(\S+)/.exec(entry)?.[1];
  if (local === undefined) return [];
  const received = Number(/\bbytes_received:(\d+)/.exec(entry)?.[1] ?? 0);
  return Array.from(entry.matchAll(/,pid=(\d+),/g), ([, pid]) => [`${pid} ${local}`, received]);
}
