import type { Launch } from "../../core/launch.ts";
import { traces } from "../failure.ts";

/** A debugserver that nothing holds up takes a second or two (ms). */
const patienceMs = 10_000;

/**
 * True where the load takes long and nobody sees dlv's processes, as on every Mac: a dialog may be waiting for an answer.
 */
export function mayWaitForADialog(launch: Launch): boolean {
  const { current, phases, last } = launch.timeline;
  const load = phases.find(({ name }) => name === "load");
  return traces(launch) && current === "load" && (load?.ms ?? 0) > patienceMs && !last?.processes.length;
}
