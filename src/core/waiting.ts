import { askingGit } from "./asking.ts";
import type { ProcessSample, Socket } from "./process.ts";
import { buildPart } from "./process.ts";
import type { Timeline } from "./timeline.ts";

/** A server may well take this long (ms) to answer. A stall is noticed later, unless the user asks for it sooner. */
const patienceMs = 1000;

/** A process of the build that has nothing to do but wait for the other end of its connections. */
export interface Waiting {
  readonly pid: number;
  readonly name: string;
  readonly sockets: readonly Socket[];
  /** Since when nothing moved, in ms. */
  readonly idleMs: number;
}

/**
 * The process that a build waits for the network with, or undefined. Slow is not stalled: nothing may have moved in the
 * whole tree, no tool may be at work, and what arrived must have been read.
 */
export function waitingOnNetwork(timeline: Timeline): Waiting | undefined {
  const { current, idleMs, last } = timeline;
  if (current !== "build" || idleMs < patienceMs || last === undefined) return undefined;
  if (last.processes.some(isTool)) return undefined;
  // The connection is idle because git first needs a password.
  if (askingGit(last.processes) !== undefined) return undefined;
  for (const process of last.processes) {
    const sockets = (process.sockets ?? []).filter(isWaiting);
    if (sockets.length > 0 && /^(?:go|git-remote-https?)$/.test(process.name))
      return { pid: process.pid, name: process.name, sockets, idleMs };
  }
  return undefined;
}

function isTool(process: ProcessSample): boolean {
  return ["compile", "cgo", "vet", "link"].includes(buildPart(process) ?? "");
}

function isWaiting(socket: Socket): boolean {
  return socket.state === "SYN_SENT" || (socket.state === "ESTABLISHED" && socket.rxQueue === 0);
}

/** The pids whose open files say what is being downloaded. */
export function goPids(timeline: Timeline): number[] {
  return (timeline.last?.processes ?? []).filter(({ name }) => name === "go").map(({ pid }) => pid);
}

/** Tenths of seconds for people. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
