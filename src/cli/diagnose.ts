import type { Report } from "../report/report.ts";
import { type Grammar, helpText, parse } from "./args.ts";
import { choiceSeen, chosenBehind, lookBehind } from "./behind.ts";
import { type Choice, type Chosen, choiceOf, choose } from "./choose.ts";
import { choiceOptions, commonOptions } from "./common.ts";
import { fleet } from "./fleet.ts";
import { hostsOf } from "./hosts.ts";
import { interruptible } from "./interrupt.ts";
import { lookAt } from "./look.ts";
import { openPlace } from "./place.ts";
import { placed } from "./placed.ts";
import { openScreen, type Screen } from "./screen.ts";
import { answerReport, statusOf } from "./show.ts";
import { keepReport } from "./state.ts";
import { type Status, status } from "./stop.ts";

const grammar: Grammar = {
  verb: "diagnose",
  about:
    "Looks at a host and a configuration without launching, or at several hosts: one table, and nobody is asked.",
  options: {
    ...choiceOptions,
    dlv: { value: "PATH", help: "the dlv to look at" },
    env: { value: "NAME=VALUE", many: true, help: "adds a variable to the configuration's env" },
    ...commonOptions,
    on: {
      value: "HOSTS",
      many: true,
      help: "ssh:ALIAS, docker:NAME, podman:NAME or kubectl:POD; a comma list, or a pattern: ssh:web?,!web3",
    },
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
  const given = words.texts("on");
  const hosts = given.length === 0 ? ["local"] : await hostsOf(given, aliases);
  const choices = await Promise.all(hosts.map((host) => placed(choiceOf(words, host), words)));
  const [only] = choices;
  return interruptible((interrupt) =>
    only !== undefined && choices.length === 1
      ? look(only, screen, json, interrupt)
      : fleet(choices, screen, json, interrupt),
  );
}

async function look(choice: Choice, screen: Screen, json: boolean, interrupt: AbortSignal): Promise<Status> {
  return diagnosed(choice, { screen, interrupt }, async (report, chosen) => {
    await answerReport(report, chosen, screen, json);
    return statusOf(report, true);
  });
}

/** How a choice is looked at: who sees it, until when, and which hosts may be looked at behind a port. */
export interface Looking {
  readonly screen: Screen;
  readonly interrupt: AbortSignal;
  readonly may?: (host: string) => boolean;
}

/**
 * Looks at a choice without launching it, keeps the report, and hands it to `tell` while its machine is still connected. Throws
 * where the machine cannot be reached or the configuration cannot be read, and once it is interrupted.
 */
export async function diagnosed<T>(
  choice: Choice,
  { screen, interrupt, may }: Looking,
  tell: (report: Report, chosen: Chosen) => Promise<T>,
): Promise<T> {
  const place = await openPlace(choice.on ?? "local", screen, interrupt);
  const behinds = lookBehind(screen, interrupt, may);
  try {
    const chosen = await choose(choice, place);
    for (const line of chosen.warnings) screen.progress(`${screen.brush.strong("warning:")} ${line}\n`);
    const known = place.machine === undefined ? await behinds.find(chosen.planned, interrupt) : undefined;
    const seen = known !== undefined && "place" in known ? known : undefined;
    const there = seen === undefined ? chosen : chosenBehind(chosen, seen);
    const report = await lookAt(there, seen?.place ?? place, interrupt, known);
    await keepReport(choiceSeen(choice, seen), report);
    return await tell(report, there);
  } finally {
    await behinds.close();
    await place.close();
  }
}

/** Loaded only when a pattern asks for it, as the rest of SSH is. */
export async function aliases(): Promise<readonly string[]> {
  const [{ aliasesOf }, { thisMachine }] = await Promise.all([
    import("../hosts/ssh/aliases.ts"),
    import("../hosts/ssh/thisMachine.ts"),
  ]);
  return aliasesOf(thisMachine());
}
