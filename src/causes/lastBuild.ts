import type { LastBuild } from "../core/buildInputs.ts";
import { builds, type Launch } from "../core/launch.ts";
import type { Probe } from "../core/probe.ts";
import { type BuildFacts, buildInputs } from "../probes/buildInputs.ts";

/**
 * What is to be remembered of a launch that came to its goal `at` (ms since 1970), for build-inputs-changed to compare the next
 * one with. Only a launch that compiled something, or the first of its configuration, is asked about: one that found
 * all in the cache was built from what is remembered. Undefined where nothing is built, or go cannot say.
 */
export async function lastBuild(
  launch: Launch,
  at: number,
  ask: (one: Probe<BuildFacts>) => Promise<BuildFacts | undefined>,
): Promise<LastBuild | undefined> {
  if (!builds(launch)) return undefined;
  if (launch.before !== undefined && launch.timeline.compiled === undefined)
    return { at, inputs: launch.before.inputs };
  const facts = await ask(buildInputs);
  return facts && { at, inputs: facts.inputs };
}

/** A remembered build as it was read back; undefined for anything else. */
export function lastBuildOf(value: unknown): LastBuild | undefined {
  return isLastBuild(value) ? value : undefined;
}

function isLastBuild(value: unknown): value is LastBuild {
  if (typeof value !== "object" || value === null || !("at" in value) || !("inputs" in value)) return false;
  const { at, inputs } = value;
  return (
    typeof at === "number" &&
    typeof inputs === "object" &&
    inputs !== null &&
    Object.values(inputs).every((one) => typeof one === "string")
  );
}
