import type { Cause } from "../../src/core/cause.ts";
import type { Config } from "../../src/core/config.ts";
import type { Verdicts } from "../../src/core/finding.ts";
import type { Timeline } from "../../src/core/timeline.ts";
import { examine } from "../../src/examine/examine.ts";
import { localHost } from "../../src/hosts/local.ts";
import { launchOf } from "./judge.ts";

/** Asks this machine, with its real sh, about a launch that went as recorded elsewhere. */
export async function examined(
  one: Cause,
  timeline: Partial<Timeline>,
  config: Config = {},
): Promise<{ readonly verdicts: Verdicts }> {
  return { verdicts: await examine(localHost, launchOf({ __buildDir: "/tmp", ...config }, timeline), [one]) };
}
