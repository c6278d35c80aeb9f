import { causes } from "../causes/index.ts";
import type { Fix } from "../core/fix.ts";
import type { Launch } from "../core/launch.ts";
import { noTimeline } from "../core/timeline.ts";
import { examine } from "../examine/examine.ts";
import { applyChange } from "../fixes/apply.ts";
import type { Change, CommandChange } from "../fixes/change.ts";
import { remember } from "../fixes/journal.ts";
import { rootLine } from "../fixes/shellLine.ts";
import { type Verified, verify } from "../fixes/verify.ts";
import type { Place } from "../remote/place.ts";
import { printable } from "../report/printable.ts";
import type { Screen } from "./screen.ts";
import { stateFolder } from "./state.ts";
import { runVisibly, runVisiblyOn } from "./terminal.ts";

/** Applies a change that the person said yes to, and remembers it for undo. False where it could not be; it says why. */
export async function apply(
  fix: Pick<Fix, "id">,
  change: Change,
  place: Place,
  screen: Screen,
): Promise<boolean> {
  if (!(await carryOut(change, place, screen))) return false;
  await remember(stateFolder(), fix.id, change, place.host);
  return true;
}

/** Carries a change out, as root only in the person's own terminal, where sudo asks for itself. */
export async function carryOut(change: Change, place: Place, screen: Screen): Promise<boolean> {
  const isRoot = (place.machine?.profile.uid ?? process.getuid?.()) === 0;
  const own: Change = change.kind === "command" && isRoot ? { ...change, needsRoot: false } : change;
  const applied = await applyChange(own, place.host);
  switch (applied.kind) {
    case "applied":
      return true;
    case "advice":
      screen.progress(`${printable(applied.text)}\n`);
      return false;
    case "in-terminal":
      return change.kind === "command" && asRoot(change, place, screen);
    default:
      screen.progress(`Not applied: ${printable(applied.because)}\n`);
      return false;
  }
}

async function asRoot({ argv, cwd }: CommandChange, place: Place, screen: Screen): Promise<boolean> {
  const line = rootLine(argv);
  if (!screen.asks) {
    const there = place.machine === undefined ? "" : ` on ${place.host.name}`;
    screen.progress(
      `This needs root and a terminal where sudo can ask. Run it yourself${there}: ${printable(line)}\n`,
    );
    return false;
  }
  screen.progress(`$ ${printable(line)}\n`);
  try {
    const code = await (place.machine === undefined
      ? runVisibly(["sudo", ...argv], cwd)
      : runVisiblyOn(place.machine, line));
    if (code !== 0) screen.progress(`Not applied: the command ended with exit code ${code}\n`);
    return code === 0;
  } catch (error) {
    screen.progress(`Not applied: ${error instanceof Error ? error.message : String(error)}\n`);
    return false;
  }
}

/** Whether a cause can be seen on this machine and in this configuration without a launch. */
export function look(cause: string, launch: Omit<Launch, "timeline">, { host }: Place): Promise<Verified> {
  const only = causes.filter((one) => one.id === cause);
  return verify(cause, { ...launch, timeline: noTimeline }, (at) => examine(host, at, only));
}

/** What asking again says, in a line. `before` is what the same question said before the fix. */
export function verifiedLine(cause: string, before: Verified, after: Verified, { host }: Place): string {
  if (after.kind === "still-there") return `not fixed: ${cause} is still there: ${printable(after.because)}`;
  if (after.kind === "unknown") return `not verified: ${printable(after.because)}`;
  if (before.kind === "still-there") return `verified: ${cause} is gone on ${host.name}`;
  return `applied; ${cause} shows only in a launch, so launch again to verify`;
}
