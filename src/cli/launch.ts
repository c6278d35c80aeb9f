import { statSync } from "node:fs";
import { resolve } from "node:path";
import { openStore } from "../fast/store.ts";
import type { Place } from "../remote/place.ts";
import { headline } from "../report/text.ts";
import { ending } from "../report/words.ts";
import type { BreakAt, Goal } from "../session/drive.ts";
import { apply } from "./applyFix.ts";
import { type Grammar, helpText, parse, type Words } from "./args.ts";
import { choiceSeen, chosenBehind, lookBehind } from "./behind.ts";
import { type Choice, type Chosen, choiceOf, choose } from "./choose.ts";
import { choiceOptions, commonOptions } from "./common.ts";
import { interruptible } from "./interrupt.ts";
import { openPlace } from "./place.ts";
import { placed } from "./placed.ts";
import { type Examined, type Ran, type RunOptions, run } from "./run.ts";
import { openScreen, type Screen } from "./screen.ts";
import { answerReport, changeIn, previewsOf, statusOf } from "./show.ts";
import { keepReport } from "./state.ts";
import { type Status, status, usage } from "./stop.ts";
import { traceFile, writeTrace } from "./trace.ts";

const grammar: Grammar = {
  verb: "launch",
  about: "Runs a launch as F5 would, through the proxy: its phases live, then timeline and findings.",
  options: {
    ...choiceOptions,
    until: {
      value: "GOAL",
      help: "initialized, stop or exit (default: stop with --break, else initialized)",
    },
    break: { value: "FILE:LINE", many: true, help: "a line to stop at; may come more than once" },
    "stall-after": { value: "MS", help: "stands in for the usual time of every phase (default: learned)" },
    timeout: { value: "MS", help: "gives up after so long, and says what the launch waits for" },
    dlv: { value: "PATH", help: "the dlv to run" },
    fast: { help: "lends dlv the binary of the last launch, so that go links only what changed" },
    env: { value: "NAME=VALUE", many: true, help: "adds a variable to the configuration's env" },
    trace: { value: "FILE", help: "writes the launch as trace-event JSON, for Perfetto; over what is there" },
    ...commonOptions,
  },
};

/** `delve-doctor launch`. */
export async function launch(argv: readonly string[]): Promise<Status> {
  const words = parse(grammar, argv);
  const json = words.on("json");
  const screen = openScreen({ noColor: words.on("no-color"), json });
  if (words.on("help")) {
    screen.answer(helpText(grammar));
    return status.fine;
  }
  const choice = await placed(choiceOf(words), words);
  const limits = limitsOf(words, choice.folder);
  const given = words.text("trace");
  const trace = given === undefined ? undefined : await traceFile(given);
  return interruptible(async (interrupt) => {
    const place = await openPlace(choice.on ?? "local", screen, interrupt);
    const behinds = lookBehind(screen, interrupt);
    try {
      const { chosen, ran } = await launchUntilDone(choice, {
        ...limits,
        place,
        screen,
        interrupt,
        ...(place.machine === undefined && { behinds }),
        ...(place.machine === undefined && words.on("fast") && { fast: { store: openStore() } }),
        decide: (examined, at, gone) => ask(examined, at, place, screen, gone),
      });
      await answerReport(ran.report, chosen, screen, json);
      if (trace !== undefined) screen.progress(await writeTrace(trace, ran));
      return statusOf(ran.report, ran.reached);
    } finally {
      await behinds.close();
      await place.close();
    }
  });
}

/** What a stall leads to: the launch goes on, ends, or ends and is run anew because a fix was applied. */
export type Decision = "wait" | "stop" | "relaunch";

export interface LaunchOptions extends Omit<RunOptions, "planned" | "atStall"> {
  readonly decide: (examined: Examined, chosen: Chosen, gone: AbortSignal) => Promise<Decision>;
}

/** Launches, and relaunches after each fix that was applied at a stall, then tells both times. */
export async function launchUntilDone(
  first: Choice,
  options: LaunchOptions,
): Promise<{ chosen: Chosen; ran: Ran }> {
  const { place, screen, decide } = options;
  let choice = first;
  let before: Ran | undefined;
  for (;;) {
    const chosen = await choose(choice, place);
    for (const line of chosen.warnings) screen.progress(`${screen.brush.strong("warning:")} ${line}\n`);
    let again = false;
    const atStall = async (examined: Examined, gone: AbortSignal) => {
      await keepReport(choiceSeen(choice, examined.seen), examined.report);
      const decision = await decide(examined, chosen, gone);
      again = decision === "relaunch";
      return decision === "wait" ? "wait" : "stop";
    };
    const ran = await run({ ...options, planned: chosen.planned, atStall });
    await keepReport(choiceSeen(choice, ran.seen), ran.report);
    if (before !== undefined) screen.progress(compared(before, ran));
    if (!again) return { chosen: ran.seen === undefined ? chosen : chosenBehind(chosen, ran.seen), ran };
    screen.progress(`\n${screen.brush.strong("Launching again")}\n`);
    before = ran;
    choice = await withFix(choice, chosen, place);
  }
}

/** A program from the command line is written nowhere: a fix of it made a configuration, under the same name. */
async function withFix(choice: Choice, { planned, written }: Chosen, place: Place): Promise<Choice> {
  if (written !== undefined) return choice;
  const { program: _, mode: __, ...rest } = choice;
  const made = { ...rest, config: planned.name };
  return choose(made, place).then(
    () => made,
    () => choice,
  );
}

/** "Before: … is stalled in build after 14.0 s. After: … reached its stop after 1.3 s." */
function compared(before: Ran, after: Ran): string {
  return `\nBefore: ${ending(before.report)}\nAfter:  ${ending(after.report)}\n`;
}

/** At a stall: tells the cause and its fix while the launch goes on, and asks where there is somebody to ask. */
async function ask(
  { report, seen }: Examined,
  launched: Chosen,
  here: Place,
  screen: Screen,
  gone: AbortSignal,
): Promise<Decision> {
  // What was found there is fixed there.
  const place = seen?.place ?? here;
  const chosen = seen === undefined ? launched : chosenBehind(launched, seen);
  screen.progress(`\n${headline(report, screen.brush).join("\n")}\n`);
  if (!screen.asks) return "stop";
  const fix = report.findings[0]?.fixes.find((one) => one.preferred && one.kind !== "advice");
  if (fix !== undefined) {
    const preview = (await previewsOf(report, chosen)).get(fix.id);
    screen.progress(`\n${fix.title}\n${preview ?? ""}\n`);
  }
  const offer = fix === undefined ? "[w]ait or [c]ancel? " : "[a]pply and relaunch, [w]ait or [c]ancel? ";
  const answer = await screen.ask(offer, gone);
  if (answer === "c") return "stop";
  if (answer !== "a" || fix === undefined) return "wait";
  return (await apply(fix, await changeIn(fix, chosen), place, screen)) ? "relaunch" : "wait";
}

function limitsOf(
  words: Words,
  folder: string,
): Pick<LaunchOptions, "breakpoints" | "goal" | "stallAfter" | "timeout"> {
  const breakpoints = words.texts("break").map((text) => breakAt(text, folder));
  const [stallAfter, timeout] = [words.number("stall-after"), words.number("timeout")];
  return {
    breakpoints,
    goal: goalOf(words.text("until"), breakpoints.length > 0),
    ...(stallAfter !== undefined && { stallAfter }),
    ...(timeout !== undefined && { timeout }),
  };
}

function goalOf(until: string | undefined, breaks: boolean): Goal {
  if (until === undefined) return breaks ? "stop" : "initialized";
  if (until === "initialized" || until === "stop" || until === "exit") return until;
  throw usage(`--until ${until} is no goal; there are initialized, stop and exit`);
}

/** A file counts from here, or from the folder where here has none. */
function breakAt(text: string, folder: string): BreakAt {
  const [, name, line] = /^(.+):([1-9]\d*)$/.exec(text) ?? [];
  if (name === undefined) throw usage(`--break ${text} is not FILE:LINE`);
  const file = [resolve(name), resolve(folder, name)].find((path) =>
    statSync(path, { throwIfNoEntry: false })?.isFile(),
  );
  if (file === undefined) throw usage(`--break ${text}: there is no file ${resolve(folder, name)}`);
  return { file, line: Number(line) };
}
