import { forget, placeOf, remembered } from "../fixes/journal.ts";
import { previewOf } from "../fixes/preview.ts";
import { lastIn, undoOf } from "../fixes/undo.ts";
import { here, type Place } from "../remote/place.ts";
import { printable } from "../report/printable.ts";
import type { Report, ReportedFix } from "../report/report.ts";
import { diffLines } from "../report/text.ts";
import { apply, carryOut, look, verifiedLine } from "./applyFix.ts";
import { type Grammar, helpText, parse, type Words } from "./args.ts";
import { chosenBehind } from "./behind.ts";
import { type Chosen, choiceOf, choose } from "./choose.ts";
import { commonOptions } from "./common.ts";
import { interruptible } from "./interrupt.ts";
import { openPlace } from "./place.ts";
import { openScreen, type Screen } from "./screen.ts";
import { changeIn } from "./show.ts";
import { type Kept, keptReport, stateFolder } from "./state.ts";
import { type Status, Stop, status, usage } from "./stop.ts";

const { json: _, on: __, "remote-folder": ___, ...plain } = commonOptions;

const grammar: Grammar = {
  verb: "fix",
  rest: "ID",
  about:
    "Previews, applies and verifies a fix of the folder's last report, or takes the folder's last one back.",
  options: {
    folder: { value: "DIR", help: "the workspace folder (default: here)" },
    preview: { help: "shows the diff or the command and changes nothing" },
    yes: { help: "answers the question" },
    undo: { help: "takes the last fix in the folder back" },
    ...plain,
  },
};

/** `delve-doctor fix`. */
export async function fix(argv: readonly string[]): Promise<Status> {
  const words = parse(grammar, argv);
  const screen = openScreen({ noColor: words.on("no-color"), json: false });
  if (words.on("help")) {
    screen.answer(helpText(grammar));
    return status.fine;
  }
  const [id] = words.rest;
  if (words.on("undo")) {
    if (id !== undefined)
      throw usage(`${id} is one word too many: --undo takes back the last fix, whichever it was`);
    return undo(words, screen);
  }
  if (id === undefined) throw usage("fix needs the id of a fix; the last report lists them");
  return applyById(id, words, screen);
}

async function applyById(id: string, words: Words, screen: Screen): Promise<Status> {
  const { folder } = choiceOf(words);
  const kept = await keptReport(folder);
  if (kept === undefined)
    throw new Stop(status.impossible, `there is no report of ${folder} yet; delve-doctor launch makes one`);
  const { cause, fix: one } = find(kept.report, id);
  const { on, behind } = kept.choice;
  return onPlace(behind?.on ?? on, screen, (place, interrupt) =>
    applyOn(place, kept, { cause, fix: one }, words, screen, interrupt),
  );
}

/** The fix of a report acts where the report was made. */
function onPlace(
  on: string | undefined,
  screen: Screen,
  work: (place: Place, interrupt: AbortSignal) => Promise<Status>,
): Promise<Status> {
  return interruptible(async (interrupt) => {
    const place = await openPlace(on ?? "local", screen, interrupt);
    try {
      return await work(place, interrupt);
    } finally {
      await place.close();
    }
  });
}

async function applyOn(
  place: Place,
  kept: Kept,
  { cause, fix: one }: Named,
  words: Words,
  screen: Screen,
  interrupt: AbortSignal,
): Promise<Status> {
  const chosen = await chosenFor(kept, place);
  const change = await changeIn(one, chosen);
  show(previewOf(one, change, !screen.seen), screen);
  if (words.on("preview")) return status.fine;
  if (change.kind === "advice") return status.found;
  if (!(await agreed(`Apply it on ${place.host.name}? [y/n] `, words, screen, interrupt)))
    return status.found;

  if (one.action.kind === "file" && "container" in one.action) {
    if (!(await apply(one, change, place, screen))) return status.found;
    // The container that runs is still the old one: asking it again would tell nothing.
    screen.answer("applied; create the container anew and launch again to verify\n");
    return status.fine;
  }
  const before = await look(cause, chosen.planned, place);
  if (!(await apply(one, change, place, screen))) return status.found;
  const after = await look(cause, (await chosenFor(kept, place)).planned, place);
  if (chosen.written === undefined && one.kind === "launch.json")
    screen.answer(`"${chosen.planned.name}" is now a configuration of its own; launch it with --config\n`);
  screen.answer(`${verifiedLine(cause, before, after, place)}\n`);
  return after.kind === "still-there" ? status.found : status.fine;
}

/** The configuration of a report, seen from where the report was made. */
async function chosenFor({ choice }: Kept, place: Place): Promise<Chosen> {
  const { behind } = choice;
  const { machine } = place;
  if (behind === undefined || machine === undefined) return choose(choice, place);
  return chosenBehind(await choose(choice), { place: { ...place, machine }, behind });
}

interface Named {
  readonly cause: string;
  readonly fix: ReportedFix;
}

function find({ findings }: Report, id: string): Named {
  const all = findings.flatMap(({ cause, fixes }) => fixes.map((one) => ({ cause, fix: one })));
  const found = all.find(({ fix: one }) => one.id === id);
  if (found !== undefined) return found;
  const known = all.map(({ fix: one }) => one.id).join(", ");
  throw usage(`${id} is no fix of the last report; ${known === "" ? "it has none" : `it has ${known}`}`);
}

async function undo(words: Words, screen: Screen): Promise<Status> {
  const { folder } = choiceOf(words);
  const { remoteFolder, behind } = (await keptReport(folder))?.choice ?? {};
  const there = behind?.folder ?? remoteFolder;
  const folders = [folder, ...(there === undefined ? [] : [there])];
  const entry = await lastIn(stateFolder(), folders);
  const host = entry?.kind === "command" ? entry.host : here.host;
  const on = host.kind === "local" ? undefined : `${host.kind}:${host.name}`;
  return onPlace(on, screen, (place, interrupt) => undoOn(place, folders, words, screen, interrupt));
}

async function undoOn(
  place: Place,
  folders: readonly string[],
  words: Words,
  screen: Screen,
  interrupt: AbortSignal,
): Promise<Status> {
  const last = await undoOf(stateFolder(), place.host, folders);
  if (last.kind === "nothing") {
    screen.answer(`There is no fix to take back in ${folders[0]}.${await elsewhere()}\n`);
    return status.fine;
  }
  const { entry } = last;
  if (last.kind === "refused") {
    screen.answer(`${entry.fix} is not taken back: ${printable(last.because)}\n`);
    // The lines are the person's own: nobody but they shall read them.
    if (screen.seen) show(last.lost.join("\n"), screen);
    return status.found;
  }
  const { change } = last;
  const { id, fix: name } = entry;
  const back: ReportedFix = {
    id: name,
    title: `Take ${name} back`,
    kind: change.kind === "command" ? "command" : "file",
    preferred: true,
    needsRoot: change.kind === "command" && change.needsRoot,
    scope: "folder",
    undo: false,
    action: { kind: "advice", text: "" },
  };
  show(previewOf(back, change, !screen.seen), screen);
  if (words.on("preview")) return status.fine;
  if (!(await agreed(`Take it back on ${place.host.name}? [y/n] `, words, screen, interrupt)))
    return status.found;
  if (!(await carryOut(change, place, screen))) return status.found;
  await forget(stateFolder(), id);
  screen.answer(`${name} is taken back.\n`);
  return status.fine;
}

/** Where the last fix of all was made: one to the user's own settings or to another project is taken back from there. */
async function elsewhere(): Promise<string> {
  const entry = (await remembered(stateFolder())).at(-1);
  if (entry === undefined) return "";
  return ` The last one, ${entry.fix}, was made in ${placeOf(entry)}; --folder says where.`;
}

async function agreed(
  question: string,
  words: Words,
  screen: Screen,
  interrupt: AbortSignal,
): Promise<boolean> {
  if (words.on("yes")) return true;
  if (!screen.asks) throw usage("there is nobody to ask here; add --yes, or --preview to change nothing");
  return (await screen.ask(question, interrupt)) === "y";
}

function show(preview: string, { answer, brush }: Screen): void {
  if (preview !== "") answer(`${diffLines(preview, brush).join("\n")}\n`);
}
