import type { LaunchEvent } from "./event.ts";

/** How the editor's first list of goroutines at the stop came: after how long (ms), and with how many. */
export interface GoroutineList {
  readonly ms: number;
  /** Absent while dlv has not answered. */
  readonly count?: number;
}

/** The first `threads` request after the stop and its answer, up to `now` (ms); undefined where none was seen. */
export function listAtStop(events: readonly LaunchEvent[], now: number): GoroutineList | undefined {
  const stop = events.findIndex((event) => event.kind === "event" && event.event === "stopped");
  if (stop < 0) return undefined;
  const after = events.slice(stop + 1);
  const asked = after.find((event) => event.kind === "request" && event.command === "threads");
  if (asked?.kind !== "request") return undefined;
  const answer = after.find(
    (event) => event.kind === "response" && event.command === "threads" && event.seq === asked.seq,
  );
  if (answer?.kind === "response") {
    const { t, success, count } = answer;
    return success && count !== undefined ? { ms: t - asked.t, count } : undefined;
  }
  // The program runs on, or dlv is gone: nobody waits for the list any more.
  if (after.some(({ kind }) => kind === "exited" || kind === "lost")) return undefined;
  return { ms: Math.max(0, now - asked.t) };
}
