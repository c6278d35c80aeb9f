import { nobody, type Person } from "../hosts/channel.ts";
import { openMachine, type Spec, specOf } from "../hosts/which.ts";
import { here, type Place, placeOn } from "../remote/place.ts";
import { printable } from "../report/printable.ts";
import type { Screen } from "./screen.ts";
import { Stop, status, usage } from "./stop.ts";

/** What a word of --on names. Throws wrong usage. */
export function specFrom(on: string): Spec {
  const spec = specOf(on);
  if (spec === undefined)
    throw usage(
      `--on ${on} names no host; there are local, ssh:ALIAS, docker:NAME, podman:NAME and kubectl:POD`,
    );
  if (spec.kind !== "local" && /[*?!,]/.test(spec.name))
    throw usage(`--on ${on} is a pattern or a list; only diagnose takes several hosts`);
  return spec;
}

/** Connects to where the launch is to run. Throws where it cannot be reached, in one line. */
export async function openPlace(on: string, screen: Screen, signal: AbortSignal): Promise<Place> {
  const spec = specFrom(on);
  if (spec.kind === "local") return here;
  try {
    const place = await reach(spec, personAt(screen, signal), signal);
    const rtt = place.machine?.rttMs?.();
    const far = rtt === undefined ? "" : `, ${Math.round(rtt)} ms away`;
    screen.progress(`Connected to ${on}${far}\n`);
    return place;
  } catch (error) {
    throw new Stop(
      status.impossible,
      `--on ${on}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Connects to a host, asking `person` what it takes. Rejects with one line that names the host and the stage. */
export async function reach(spec: Spec, person: Person, signal: AbortSignal): Promise<Place> {
  if (spec.kind === "local") return here;
  const open = (by: Person) => openMachine(spec, { person: by, env: process.env, signal });
  // Nobody is asked a second time: what let us in before does so again, or not at all.
  return placeOn(await open(person), () => open(nobody));
}

/**
 * The person at the terminal, until `gone`. A question may hold what a server says, so nothing in it may move the cursor.
 * Where nobody can be asked it is nobody: then ssh asks nothing on the terminal either.
 */
export function personAt(screen: Screen, gone: AbortSignal): Person {
  if (!screen.asks) return nobody;
  return {
    secret: (question) => screen.secret(`${printable(question)}: `, gone),
    async confirm(question, detail) {
      screen.progress(`${printable(detail)}\n`);
      return (await screen.ask(`${printable(question)} [y/N] `, gone)) === "y";
    },
  };
}
