import { isDebuggee, type ProcessSample } from "./process.ts";
import type { Timeline } from "./timeline.ts";

/** The debugged program as it was last sampled; undefined where nobody saw it: dlv is elsewhere, or never got so far. */
export function debuggeeOf({ last }: Timeline): ProcessSample | undefined {
  return last?.processes.find(isDebuggee);
}

/** The processes that the debugged program has started itself. */
export function childrenOf({ last }: Timeline, pid: number): readonly ProcessSample[] {
  return (last?.processes ?? []).filter(({ ppid }) => ppid === pid);
}

/** True while the program is debugged: it was let run, and neither ended nor was cancelled. It may be at a stop. */
export function isDebugged({ phases, outcome }: Timeline): boolean {
  return phases.some(({ name }) => name === "run") && (outcome === undefined || outcome === "stopped");
}
