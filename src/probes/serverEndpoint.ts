import { type Launch, textOf } from "../core/launch.ts";

/** The server that a configuration connects to, as it names it. */
export interface ServerEndpoint {
  readonly host: string;
  readonly port: number;
}

/** The host and port that golang.go connects to; undefined for a launch that starts dlv itself. */
export function serverEndpoint(launch: Launch): ServerEndpoint | undefined {
  const given = Number(launch.config["port"] ?? 0);
  const port = Number.isInteger(given) && given > 0 && given < 65_536 ? given : undefined;
  const remote = launch.request === "attach" && launch.mode === "remote";
  if (port === undefined && !remote) return undefined;
  return { host: textOf(launch, "host") ?? "127.0.0.1", port: port ?? 2345 };
}

/** True for the machine that the configuration is read on, by any of its loopback names. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\.[\d.]+|::1|\[::1\])$/.test(host);
}

/** True for an address that takes connections to all of the machine's own. */
export function isWildcard(host: string): boolean {
  return /^(0\.0\.0\.0|::|\[::\])$/.test(host);
}
