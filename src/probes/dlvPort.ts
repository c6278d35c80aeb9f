import type { Launch } from "../core/launch.ts";
import { portUse } from "./listeners.ts";

/** Who has the port that dlv itself could not get. */
export const dlvPort = portUse("dlv-port", takenDlvPort);

/** The port of which dlv said that it is taken ("couldn't start listener: listen tcp 127.0.0.1:41234: bind: …"). */
export function takenDlvPort({ timeline }: Launch): number | undefined {
  const said = /couldn't start listener: listen tcp \S*:(\d{1,5}): bind: address already in use/.exec(
    `${timeline.said}\n${timeline.printed}`,
  );
  const port = Number(said?.[1] ?? 0);
  return port > 0 ? port : undefined;
}
