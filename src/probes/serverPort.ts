import { type Launch, textOf } from "../core/launch.ts";
import { portUse } from "./listeners.ts";

/** Who has the port of the server that the configuration names, where that is a port of this machine. */
export const serverPort = portUse("server-port", configuredPort);

/**
 * The port that a configuration makes golang.go connect to instead of starting dlv itself: `port`, and 2345 for a remote
 * attach that names none. Undefined for another machine's.
 */
export function configuredPort(launch: Launch): number | undefined {
  const host = textOf(launch, "host") ?? "127.0.0.1";
  if (!/^(localhost|127\.[\d.]+|::1|\[::1\]|0\.0\.0\.0)$/.test(host)) return undefined;
  const port = Number(launch.config["port"] ?? 0);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  return launch.request === "attach" && launch.mode === "remote" ? 2345 : undefined;
}
