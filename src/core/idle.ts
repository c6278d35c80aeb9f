import type { Timeline } from "./timeline.ts";

/** What go waits for may well take this long (ms): a stall is noticed later, unless the user asks for it sooner. */
const patienceMs = 1000;

/** True when a build has stood still for a while: nothing in dlv's whole tree moved. */
export function standsStill({ current, idleMs, last }: Timeline): boolean {
  return current === "build" && idleMs >= patienceMs && (last?.processes.length ?? 0) > 0;
}
