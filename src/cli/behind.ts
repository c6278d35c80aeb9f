import { causes } from "../causes/index.ts";
import { withoutServer } from "../causes/network/aboutServer.ts";
import { type Behind, behindText, isSaid, nothingBehind, readBehind } from "../core/behind.ts";
import type { Verdicts } from "../core/finding.ts";
import type { Planned } from "../core/launch.ts";
import type { Machine } from "../hosts/machine.ts";
import { launchBehind, listenerOf, type Tunnel, tunnelOf, untold } from "../remote/behind.ts";
import type { Place } from "../remote/place.ts";
import type { There } from "../session/track.ts";
import type { Choice, Chosen } from "./choose.ts";
import { personAt, reach, specFrom } from "./place.ts";
import type { Screen } from "./screen.ts";
import { keepHost, keptHost } from "./state.ts";

/** The machine behind the port that a launch connects to, connected. */
export interface Seen {
  readonly place: Place & { readonly machine: Machine };
  readonly behind: Behind;
}

/** What is known of what is behind: it, why it is not, or undefined where nothing is. */
export type Known = Seen | { readonly because: string } | undefined;

/** Finds out what is behind a launch's port: once, however often it is asked. */
export interface Behinds {
  /** Asks the person where it is not remembered, until `gone`. Never rejects. */
  find(planned: Planned, gone: AbortSignal): Promise<Known>;
  /** Closes the connection, if there is one. */
  close(): Promise<void>;
}

/**
 * Looks behind ports with the person at the screen; where nobody is there what they said before counts. `may` tells which
 * hosts may be connected to.
 */
export function lookBehind(
  screen: Screen,
  interrupt: AbortSignal,
  may: (host: string) => boolean = () => true,
): Behinds {
  let found: Promise<Known> | undefined;
  const find = async (planned: Planned, gone: AbortSignal): Promise<Known> => {
    const tunnel = await tunnelOf(planned);
    if (tunnel === undefined) return undefined;
    const said = (await keptHost(tunnel.address)) ?? (await asked(tunnel, screen, gone));
    if (said === nothingBehind) return undefined;
    const behind = readBehind(said ?? "");
    if (behind === undefined) return { because: untold(tunnel, "--on HOST looks there") };
    if (!may(behind.on))
      return { because: `${behind.on} is behind ${tunnel.address}, and may not be looked at from here` };
    try {
      const place = await reach(specFrom(behind.on), personAt(screen, interrupt), interrupt);
      const { machine } = place;
      screen.progress(`${tunnel.address} is port ${behind.port} on ${behind.on}: looking there\n`);
      return machine === undefined ? undefined : { place: { ...place, machine }, behind };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { because: `${behind.on} is behind ${tunnel.address}, and was not reached: ${why}` };
    }
  };
  return {
    find(planned, gone) {
      found ??= find(planned, gone);
      return found;
    },
    async close() {
      const known = await found;
      if (known !== undefined && "place" in known) await known.place.close();
    },
  };
}

/** Where the session is to be judged. */
export function thereOf({ place: { machine }, behind }: Seen): There {
  return { host: machine, launch: (launch) => launchBehind(launch, behind, machine) };
}

/** The choice of a report, with the machine behind its port where the report was made there. */
export function choiceSeen(choice: Choice, seen: Seen | undefined): Choice {
  if (seen === undefined) return choice;
  return { ...choice, behind: { ...seen.behind, folder: seen.place.machine.profile.home } };
}

/** A chosen launch as the machine behind sees it: what a fix is applied and verified by. */
export function chosenBehind<C extends Chosen>(chosen: C, { place: { machine }, behind }: Seen): C {
  const { kind, name } = machine;
  return {
    ...chosen,
    planned: launchBehind(chosen.planned, behind, machine),
    host: name,
    ...(kind !== "ssh" && { container: { kind, name } }),
  };
}

/** The verdicts of the near end: a server that is behind it was not looked at. */
export function nearVerdicts(verdicts: Verdicts, known: Known): Verdicts {
  if (known === undefined || "place" in known) return verdicts;
  return withoutServer(verdicts, causes, known.because);
}

/** Asks once, and remembers the answer. Enter takes the proposal; no answer is remembered as none. */
async function asked(tunnel: Tunnel, screen: Screen, gone: AbortSignal): Promise<string | undefined> {
  if (!screen.asks) return undefined;
  const { address, proposal } = tunnel;
  const offer = proposal === undefined ? "" : ` [${behindText(proposal)}]`;
  screen.progress(`\n${listenerOf(tunnel)}, and dlv is not on this machine.\n`);
  for (;;) {
    const question = `What is behind ${address}? ssh:ALIAS PORT, docker:NAME PORT …, or ${nothingBehind}${offer}: `;
    const line = await screen.line(question, gone);
    const answer = line === "" && proposal !== undefined ? behindText(proposal) : line;
    if (answer === undefined || answer === "") return undefined;
    if (isSaid(answer)) {
      await keepHost(address, answer);
      return answer;
    }
    screen.progress(`${answer} is not a host and dlv's port on it, such as ssh:build7 4000\n`);
  }
}
