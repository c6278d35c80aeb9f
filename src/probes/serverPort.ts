import type { Launch } from "../core/launch.ts";
import { portUse } from "./listeners.ts";
import { isLoopback, isWildcard, serverEndpoint } from "./serverEndpoint.ts";

/** Who has the port of the server that the configuration names, where that is a port of this machine. */
export const serverPort = portUse("server-port", configuredPort);

/**
 * The port that a configuration makes golang.go connect to instead of starting dlv itself: `port`, and 2345 for a remote
 * attach that names none. Undefined for another machine's.
 */
export function configuredPort(launch: Launch): number | undefined {
  const at = serverEndpoint(launch);
  return at !== undefined && (isLoopback(at.host) || isWildcard(at.host)) ? at.port : undefined;
}
