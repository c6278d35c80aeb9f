import type { Launch } from "../core/launch.ts";
import { portUse } from "./listeners.ts";

/** Who has the port that the program could not get. */
export const busyPort = portUse("busy-port", refusedPort);

/**
 * The port of which the debugged program said that it is taken, as package net words it ("listen tcp :8080: bind: address
 * already in use") and most loggers repeat it. dlv's own "couldn't start listener" is about dlv's port and does not count.
 */
export function refusedPort({ timeline }: Launch): number | undefined {
  for (const line of `${timeline.printed}\n${timeline.said}`.split("\n")) {
    const port = /:(\d{1,5}): bind: address already in use/.exec(line)?.[1];
    if (port !== undefined && !line.includes("couldn't start listener")) return Number(port);
  }
  return undefined;
}
