import { type PhaseName, phaseNames } from "./phases.ts";
import type { Timeline } from "./timeline.ts";

/** How long each phase of a configuration usually takes at most, in ms. */
export type Usual = Readonly<Record<PhaseName, number>>;

/** The phase times (ms) of one launch that reached its goal. */
export type Timing = Readonly<Partial<Record<PhaseName, number>>>;

/**
 * Before anything is learned: a few times what a warm launch takes (start 5–90 ms, load 60–350 ms, warm build under
 * 1 s; docs/architecture.md, "A launch, phase by phase").
 */
export const firstUsual: Usual = {
  start: 1500,
  handshake: 1000,
  build: 4000,
  load: 3000,
  configure: 2000,
  run: Number.POSITIVE_INFINITY,
};

/** How many launches of a configuration are remembered. */
export const kept = 50;

/** Adds a launch that came to its goal to the remembered ones, the oldest dropped beyond `kept`. */
export function remember(timings: readonly Timing[], timeline: Timeline): readonly Timing[] {
  const timing = Object.fromEntries(timeline.phases.map(({ name, ms }) => [name, Math.round(ms)]));
  return [...timings, timing].slice(-kept);
}

/**
 * The usual time of each phase: half as much again as the median of the remembered launches, and never less than one
 * second above it, so that a busy moment of the machine is not an event. Unknown phases keep their first value.
 */
export function usualOf(timings: readonly Timing[]): Usual {
  const learned = (name: PhaseName): number => {
    const times = timings.flatMap((timing) => timing[name] ?? []).sort((a, b) => a - b);
    const median = times[Math.floor(times.length / 2)];
    if (median === undefined || name === "run") return firstUsual[name];
    return Math.max(median * 1.5, median + 1000);
  };
  return Object.fromEntries(phaseNames.map((name) => [name, learned(name)])) as unknown as Usual;
}
