import type { PhaseName } from "../../core/phases.ts";
import type { Timeline } from "../../core/timeline.ts";
import { firstUsual } from "../../core/usual.ts";

/** A phase that took, or takes, longer than a launch usually does. */
export interface Slow {
  readonly phase: PhaseName;
  readonly ms: number;
  /** It is still going on. */
  readonly now: boolean;
}

/** The slowest phase of a launch past its usual time, which needs CPU; undefined where all went as it should. */
export function slowPhase({ phases, current, outcome }: Timeline): Slow | undefined {
  if (outcome === "failed" || outcome === "cancelled") return undefined;
  return phases
    .filter(({ name, ms }) => ms > firstUsual[name])
    .map(({ name, ms }) => ({ phase: name, ms, now: name === current }))
    .sort((a, b) => Number(b.now) - Number(a.now) || b.ms - a.ms)[0];
}
