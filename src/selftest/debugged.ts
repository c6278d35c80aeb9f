import type { PhaseName } from "../core/phases.ts";
import { say } from "../core/say.ts";
import type { Report } from "../report/report.ts";
import { attempt, writeAttempt } from "./attempt.ts";
import type { Book } from "./book.ts";
import { type Check, exit, output, step, variable } from "./inspect.ts";
import type { Launched } from "./launchOne.ts";
import type { StepId } from "./steps.ts";
import { within } from "./within.ts";

/** How long (ms) Delve may take for one thing that it is asked at a stop. */
const askedMs = 20_000;

/** Which part of the path a phase of the launch proves. */
export const provenBy: Readonly<Record<PhaseName, StepId>> = {
  start: "listen",
  handshake: "listen",
  build: "build",
  load: "start",
  configure: "breakpoint",
  run: "breakpoint",
};
const parts = ["listen", "build", "start", "breakpoint"] as const;

/** What is tried at the stop, in this order: each goes on where the one before it has left the program. */
const checks: readonly (readonly [StepId, Check])[] = [
  ["variable", variable],
  ["step", step],
  ["output", output],
  ["exit", exit],
];

/** Why a step was not tried that another one leads to. */
export function notReached(): string {
  return say`a part before it does not work`;
}

/** Writes down how far a launch has come. */
export function writeLaunch(book: Book, { phases, missed }: Launched): void {
  const failed = missed && provenBy[missed.phase];
  for (const id of parts) {
    const ms = phases.reduce((sum, phase) => sum + (provenBy[phase.name] === id ? phase.ms : 0), 0);
    if (id !== failed) book.works(id, { ms });
    else {
      // A dlv that is not there has failed already.
      if (id === "listen" && !book.worked("dlv")) book.skips([id], notReached());
      else book.fails(id, missed?.because ?? "", { ms }, missed?.report);
      book.skips(parts.slice(parts.indexOf(id) + 1), notReached());
      break;
    }
  }
}

/** Tries what an editor does at a stop, up to the program's end. What fails is examined; what comes after it is not tried. */
export async function tryStop(book: Book, launched: Launched, signal: AbortSignal): Promise<void> {
  if (launched.missed !== undefined)
    return book.skips(
      checks.map(([id]) => id),
      notReached(),
    );
  for (const [index, [id, check]] of checks.entries()) {
    book.begins(id);
    const one = await attempt(() => within(check(launched.adapter), askedMs, signal));
    if (signal.aborted) return;
    let report: Report | undefined;
    if ("because" in one) report = await launched.examine();
    writeAttempt(book, id, one, report);
    if (report !== undefined)
      return book.skips(
        checks.slice(index + 1).map(([other]) => other),
        notReached(),
      );
  }
}
