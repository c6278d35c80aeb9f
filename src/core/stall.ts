import type { PhaseName } from "./phases.ts";
import type { Timeline } from "./timeline.ts";
import type { Usual } from "./usual.ts";

/** How long (ms) a tree must have done nothing at all before a late phase counts as stalled. */
const quietMs = 2000;

/** The same (ms) where nobody looks at the tree: dlv in a terminal or on another machine. Silence alone says little. */
const unseenQuietMs = 10_000;

/** A phase past its usual time without any sign of work. Times in ms. */
export interface Stall {
  readonly phase: PhaseName;
  readonly phaseMs: number;
  readonly usualMs: number;
  readonly idleMs: number;
}

/** True when the current phase has taken longer than it usually does: slow, and perhaps stalled. */
export function isLate(timeline: Timeline, usual: Usual): boolean {
  const phase = timeline.phases.at(-1);
  return timeline.current !== undefined && phase !== undefined && phase.ms > usual[phase.name];
}

/**
 * Slow is not stalled: a stall is late *and* idle. The run phase never stalls, because a program that waits for
 * requests is healthy. `stallAfter` (ms) stands in for the usual time where the user gave one.
 */
export function findStall(timeline: Timeline, usual: Usual, stallAfter?: number): Stall | undefined {
  const phase = timeline.phases.at(-1);
  if (timeline.current === undefined || phase === undefined || phase.name === "run") return undefined;
  const usualMs = stallAfter ?? usual[phase.name];
  const needed = timeline.last === undefined ? unseenQuietMs : quietMs;
  const quiet = Math.min(needed, stallAfter ?? needed);
  if (phase.ms <= usualMs || timeline.idleMs < quiet) return undefined;
  return { phase: phase.name, phaseMs: phase.ms, usualMs, idleMs: timeline.idleMs };
}
