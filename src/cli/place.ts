import type { Person } from "../hosts/channel.ts";
import { openMachine, type Spec, specOf } from "../hosts/which.ts";
import { here, type Place, placeOn } from "../remote/place.ts";
import type { Screen } from "./screen.ts";
import { Stop, status, usage } from "./stop.ts";

/** What a word of --on names. Throws wrong usage. */
export function specFrom(on: string): Spec {
  const spec = specOf(on);
  if (spec === undefined)
    throw usage(
      `--on ${on} names no host; there are local, ssh:ALIAS, docker:NAME, podman:NAME and kubectl:POD`,
    );
  return spec;
}

/** Connects to where the launch is to run. Throws where it cannot be reached, in one line. */
export async function openPlace(on: string, screen: Screen, signal: AbortSignal): Promise<Place> {
  const spec = specFrom(on);
  if (spec.kind === "local") return here;
  try {
    const machine = await openMachine(spec, { person: personAt(screen), env: process.env, signal });
    const rtt = machine.rttMs?.();
    const far = rtt === undefined ? "" : `, ${Math.round(rtt)} ms away`;
    screen.progress(`Connected to ${on}${far}\n`);
    return placeOn(machine);
  } catch (error) {
    throw new Stop(
      status.impossible,
      `--on ${on}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The person at the terminal. Where nobody can be asked every answer is no. */
function personAt(screen: Screen): Person {
  return {
    secret: (question) => (screen.asks ? screen.secret(question) : Promise.resolve(undefined)),
    async confirm(question, detail) {
      if (!screen.asks) return false;
      screen.progress(`${detail}\n`);
      return (await screen.ask(`${question} [y/N] `)) === "y";
    },
  };
}
