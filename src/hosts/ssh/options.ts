import type { Kept, Person } from "../channel.ts";
import type { SshLimits } from "./stage.ts";
import type { SshTarget } from "./target.ts";

/** What a connection is made with. `env` is what a ProxyCommand sees; `signal` ends the attempt, not the connection. */
export interface SshOptions {
  readonly person: Person;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly limits?: Partial<SshLimits>;
}

/**
 * Seconds between keep-alives: the configuration's ServerAliveInterval. OpenSSH's own default is none; a connection that
 * a firewall has forgotten would then stay silent for ever.
 */
export function aliveSeconds({ serverAliveSeconds }: SshTarget): number {
  return serverAliveSeconds > 0 ? serverAliveSeconds : 15;
}

/** What the log of a launch tells of the keep-alives, in ms: ours, and what the person's own ssh gets. */
export function keptBy(target: SshTarget): Pick<Kept, "everyMs" | "configuredMs"> {
  return { everyMs: aliveSeconds(target) * 1000, configuredMs: target.serverAliveSeconds * 1000 };
}
