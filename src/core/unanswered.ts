import type { LaunchEvent } from "./event.ts";

/** A request about breakpoints that dlv has not answered, and for how long (ms). */
export interface Unanswered {
  readonly command: string;
  readonly ms: number;
}

/** The requests to set breakpoints without an answer by `end` (ms), oldest first. */
export function unansweredBreakpoints(events: readonly LaunchEvent[], end: number): Unanswered[] {
  const open = new Map<number, { readonly command: string; readonly t: number }>();
  for (const event of events) {
    if (event.kind === "request" && /^set\w*Breakpoints$/.test(event.command))
      open.set(event.seq, { command: event.command, t: event.t });
    else if (event.kind === "response") open.delete(event.seq);
  }
  return [...open.values()].map(({ command, t }) => ({ command, ms: Math.max(0, end - t) }));
}
