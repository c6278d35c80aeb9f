import type { Explained } from "../../core/cause.ts";
import type { Launch } from "../../core/launch.ts";
import { spent } from "../../core/timeline.ts";

/**
 * True while a dlv that the launch starts itself has not been spoken to: on loopback, or in a terminal, from where it dials
 * back over loopback. Also true without a launch.
 */
export function dlvNotReached({ config, mode, timeline }: Launch): boolean {
  if (mode === "remote" || config["port"] !== undefined) return false;
  if (timeline.totalMs === 0) return true;
  const last = timeline.phases.at(-1)?.name;
  return (last === "start" || last === "handshake") && timeline.spawnError === undefined;
}

/** What a launch lost that never reached its dlv. */
export function lostReach({ timeline }: Launch): { readonly explains?: Explained } {
  const phase = timeline.phases.at(-1)?.name;
  return phase === undefined ? {} : { explains: { phase, ms: spent(timeline, phase) } };
}
