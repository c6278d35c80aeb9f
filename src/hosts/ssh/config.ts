import type { SshTarget, Surroundings } from "./target.ts";

/** The machine and user that this process runs on. */
export function thisMachine(): Surroundings {
  throw new Error("not written yet");
}

/**
 * Resolves one word of the user (an alias of ~/.ssh/config, a host name, user@host or ssh://user@host:port) to all that
 * a connection needs. Rejects with an Error of one line that names the stage "resolve".
 */
export function resolveSsh(_alias: string, _surroundings: Surroundings): Promise<SshTarget> {
  throw new Error("not written yet");
}
