import type { Cause } from "../core/cause.ts";
import { dlvServers } from "../probes/dlvServers.ts";

/** True for a cause that is seen on the machine where a dlv server runs: at the near end of a tunnel it cannot be. */
export function isAboutServer({ needs }: Cause): boolean {
  return Object.values(needs).includes(dlvServers);
}
