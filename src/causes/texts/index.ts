import { attachTexts } from "./attaching.ts";
import { binaryTexts, versionTexts } from "./binary.ts";
import { buildTexts } from "./build.ts";
import { configurationTexts } from "./configuration.ts";
import { connectionTexts } from "./connection.ts";
import { goTexts } from "./goItself.ts";
import { golangTexts } from "./golang.ts";
import { launchTexts } from "./launching.ts";
import { moduleTexts } from "./modules.ts";
import { postmortemTexts } from "./postmortem.ts";
import type { Row } from "./row.ts";
import { sessionTexts } from "./session.ts";
import { startTexts } from "./start.ts";
import { stoppingTexts } from "./stopping.ts";
import { macosTexts, windowsTexts } from "./systems.ts";

/**
 * Every text of Delve, go, the kernel and golang.go that a launch can fail or wait with, in the order in which a text is
 * looked up: the first row that matches is the one that is meant.
 */
export const texts: readonly Row[] = [
  ...golangTexts,
  ...startTexts,
  ...connectionTexts,
  ...sessionTexts,
  ...configurationTexts,
  ...attachTexts,
  ...versionTexts,
  ...binaryTexts,
  ...postmortemTexts,
  ...stoppingTexts,
  ...macosTexts,
  ...windowsTexts,
  ...launchTexts,
  ...moduleTexts,
  ...goTexts,
  ...buildTexts,
];

/** The row that a text belongs to. */
export function rowOf(text: string): Row | undefined {
  return texts.find((row) => row.text?.test(text));
}
