import type { Explained } from "../../core/cause.ts";
import type { Launch } from "../../core/launch.ts";
import { spent } from "../../core/timeline.ts";

/** True where dlv runs on Windows: its directory begins with a drive, or with the name of a server. */
export function onWindows({ cwd }: Launch): boolean {
  return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(cwd);
}

/** The phase that a refusal ended, and what it had taken. */
export function explainsFailure({ timeline }: Launch): { readonly explains?: Explained } {
  const phase = timeline.failure?.phase ?? (timeline.spawnError === undefined ? undefined : "start");
  return phase === undefined ? {} : { explains: { phase, ms: spent(timeline, phase) } };
}
