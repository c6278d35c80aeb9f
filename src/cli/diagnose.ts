import { causes } from "../causes/index.ts";
import { noTimeline } from "../core/timeline.ts";
import { examine } from "../examine/examine.ts";
import { makeReport } from "../report/report.ts";
import { type Grammar, helpText, parse } from "./args.ts";
import { type Choice, choiceOf, choose } from "./choose.ts";
import { choiceOptions, commonOptions } from "./common.ts";
import { interruptible } from "./interrupt.ts";
import { openPlace } from "./place.ts";
import { openScreen, type Screen } from "./screen.ts";
import { answerReport, statusOf } from "./show.ts";
import { keepReport } from "./state.ts";
import { type Status, status } from "./stop.ts";

const grammar: Grammar = {
  verb: "diagnose",
  about: "Looks at a host and a configuration without launching.",
  options: {
    ...choiceOptions,
    dlv: { value: "PATH", help: "the dlv to look at" },
    env: { value: "NAME=VALUE", many: true, help: "adds a variable to the configuration's env" },
    ...commonOptions,
  },
};

/** `delve-doctor diagnose`. */
export async function diagnose(argv: readonly string[]): Promise<Status> {
  const words = parse(grammar, argv);
  const json = words.on("json");
  const screen = openScreen({ noColor: words.on("no-color"), json });
  if (words.on("help")) {
    screen.answer(helpText(grammar));
    return status.fine;
  }
  const choice = choiceOf(words);
  return interruptible((interrupt) => look(choice, screen, json, interrupt));
}

async function look(choice: Choice, screen: Screen, json: boolean, interrupt: AbortSignal): Promise<Status> {
  const place = await openPlace(choice.on ?? "local", screen, interrupt);
  const { host } = place;
  try {
    const chosen = await choose(choice, place);
    for (const line of chosen.warnings) screen.progress(`${screen.brush.strong("warning:")} ${line}\n`);
    const launch = { ...chosen.planned, timeline: noTimeline };
    const report = makeReport(host, launch, await examine(host, launch, causes), "diagnosed");
    await keepReport(choice, report);
    await answerReport(report, chosen, screen, json);
    return statusOf(report, true);
  } finally {
    await place.close();
  }
}
