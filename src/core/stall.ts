import type { PhaseName } from "./phases.ts";
import type { Timeline } from "./timeline.ts";
import type { Usual } from "./usual.ts";

/** How long (ms) a tree must have done nothing at all before a late phase counts as stalled. */
const quietMs = 2000;

/** The same (ms) where nobody looks at the tree: dlv in a terminal or on another machine. Silence alone says little. */
const unseenQuietMs = 10_000;

/** The same (ms) while a process waits for a disk (state D): a slow one can be silent for a while, a dead one for ever. */
const diskQuietMs = 30_000;

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

/** Phases that are silent for as long as they last: without a look at dlv's processes nothing tells a stall there. */
const silent: readonly PhaseName[] = ["start", "build"];

/**
 * Slow is not stalled: a stall is late *and* idle. The run phase never stalls, because a program that waits for
 * requests is healthy. `stallAfter` (ms) stands in for the usual time where the user gave one.
 */
export function findStall(timeline: Timeline, usual: Usual, stallAfter?: number): Stall | undefined {
  const phase = timeline.phases.at(-1);
  if (timeline.current === undefined || phase === undefined || phase.name === "run") return undefined;
  const needed = quietNeeded(timeline, phase.name);
  if (needed === undefined && stallAfter === undefined) return undefined;
  const usualMs = stallAfter ?? usual[phase.name];
  const quiet = Math.min(needed ?? unseenQuietMs, stallAfter ?? Number.POSITIVE_INFINITY);
  if (phase.ms <= usualMs || timeline.idleMs < quiet) return undefined;
  return { phase: phase.name, phaseMs: phase.ms, usualMs, idleMs: timeline.idleMs };
}

/** How long (ms) nothing must have moved; undefined where nobody can see whether anything does. */
function quietNeeded({ last }: Timeline, phase: PhaseName): number | undefined {
  const processes = last?.processes ?? [];
  if (processes.length === 0) return silent.includes(phase) ? undefined : unseenQuietMs;
  return processes.some(({ state }) => state === "D") ? diskQuietMs : quietMs;
}
