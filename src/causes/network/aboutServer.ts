import type { Cause } from "../../core/cause.ts";
import type { Verdicts } from "../../core/finding.ts";
import { dlvServers } from "../../probes/dlvServers.ts";

/**
 * The verdicts of the near end of a tunnel: what is seen on the machine where a dlv server runs only was not looked at,
 * for the reason given, where it was not found here.
 */
export function withoutServer(verdicts: Verdicts, causes: readonly Cause[], because: string): Verdicts {
  const about = causes.filter(({ needs }) => Object.values(needs).includes(dlvServers)).map(({ id }) => id);
  const blind = verdicts.clear.filter((id) => about.includes(id));
  return {
    ...verdicts,
    clear: verdicts.clear.filter((id) => !blind.includes(id)),
    unknown: [...verdicts.unknown, ...blind.map((cause) => ({ cause, because }))],
  };
}
