import type { Cause, Found } from "../../src/core/cause.ts";
import type { Config } from "../../src/core/config.ts";
import type { Answer } from "../../src/core/host.ts";
import { type Launch, planned } from "../../src/core/launch.ts";
import type { PhaseName } from "../../src/core/phases.ts";
import { noTimeline, type Timeline } from "../../src/core/timeline.ts";

/** A launch of this configuration in the folder /w; `timeline` is what happened so far. */
export function launchOf(config: Config, timeline: Partial<Timeline> = {}): Launch {
  const full = { type: "go", request: "launch", program: "/w", __buildDir: "/w", ...config };
  return { ...planned(full, "/w"), timeline: { ...noTimeline, ...timeline } };
}

/** The timeline of a launch that failed in a phase after a build of 900 ms; the phase itself took 10 ms. */
export function failed(text: string, phase: PhaseName = "load"): Partial<Timeline> {
  const build = { name: "build", startMs: 0, ms: 900, parts: [] } as const;
  const last = { name: phase, startMs: 900, ms: 10, parts: [] };
  return {
    totalMs: 910,
    phases: phase === "build" ? [build] : [build, last],
    outcome: "failed",
    failure: { text, phase, command: "launch" },
  };
}

/** The timeline of a launch that got past its load. */
export const underWay: Partial<Timeline> = {
  totalMs: 1000,
  phases: [
    { name: "build", startMs: 0, ms: 900, parts: [] },
    { name: "configure", startMs: 900, ms: 100, parts: [] },
  ],
  outcome: "stopped",
};

/** What a cause says to facts given by hand; its gate counts as well. */
export function judge(
  one: Cause,
  facts: Readonly<Record<string, unknown>>,
  launch: Launch,
): Found | undefined {
  return one.when?.(launch) === false ? undefined : one.find(facts as never, launch);
}

/** What a command answered that ended well, or with another status. */
export function answer(stdout: string, code = 0, stderr = ""): Answer {
  return { code, stdout, stderr, timedOut: false };
}
