import { statSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { checkedProblems, linesFor } from "../agent/checkReport.ts";
import { check as problemsOf } from "../language/check.ts";
import type { Document } from "../language/document.ts";
import { flaws } from "../language/flaws.ts";
import { openKnowledge, type RunsOn } from "../language/knowledge.ts";
import { openDocument } from "../language/open.ts";
import type { Place, Places } from "../language/places.ts";
import type { Place as RemotePlace } from "../remote/place.ts";
import type { Checked, CheckedProblem } from "../report/checked.ts";
import { printable } from "../report/printable.ts";
import { rulePage } from "../report/rulePage.ts";
import { rules } from "../rules/index.ts";
import { type Grammar, helpText, parse, type Words } from "./args.ts";
import { answerChecked, type Format, isFormat } from "./checkAnswer.ts";
import { type Mended, mend, preview, write } from "./checkFix.ts";
import { placesIn, placesNamed } from "./checkPlaces.ts";

import { placeFrom } from "./choose.ts";
import { interruptible } from "./interrupt.ts";
import { openPlace } from "./place.ts";
import { openScreen, type Screen } from "./screen.ts";
import { type Status, Stop, status, usage } from "./stop.ts";

const severities: readonly string[] = ["error", "warning", "information", "hint"];

const grammar: Grammar = {
  verb: "check",
  rest: "[FILE]…",
  manyRest: true,
  about:
    "Lints what is written about Go launches before F5: these files, or every place of the folder where one is configured.\nA comment on the line or above it ignores a code: // delve-doctor-ignore DLV103",
  options: {
    folder: { value: "DIR", help: "the workspace folder (default: here)" },
    fix: { help: "makes the fixes that change nothing that works" },
    preview: { help: "with --fix: shows the diff and changes nothing" },
    severity: { value: "LEVEL", help: "the mildest told: error, warning, information (default) or hint" },
    format: { value: "FORMAT", help: "text (default), json or sarif" },
    json: { help: "the same as --format json" },
    on: { value: "HOST", help: "where the launches run: paths and dlv are looked at there" },
    "remote-folder": { value: "DIR", help: "where the folder lies on that host (default: the same path)" },
    explain: { value: "CODE", help: "prints the page of a code" },
    "no-color": { help: "no colour" },
    help: { help: "this text" },
  },
};

const described = [...flaws, ...rules];
const ruleIds = new Map<string, string>(described.map(({ code, id }) => [code, id]));

/** `delve-doctor check`. */
export async function check(argv: readonly string[]): Promise<Status> {
  const words = parse(grammar, argv);
  const format = formatOf(words);
  const screen = openScreen({ noColor: words.on("no-color"), json: format !== "text" });
  const code = words.text("explain");
  if (words.on("help") || code !== undefined) {
    screen.answer(code === undefined ? helpText(grammar) : explained(code));
    return status.fine;
  }
  if (words.on("preview") && !words.on("fix")) throw usage("--preview goes with --fix");
  const lintHere = { format, screen, told: severitiesOf(words), folder: folderOf(words) };
  const { on, remoteFolder } = placeFrom(words.text("on") ?? "local", words.text("remote-folder"));
  if (on === undefined) return lint(words, lintHere);
  return interruptible(async (interrupt) => {
    const place = await openPlace(on, screen, interrupt);
    try {
      return await lint(words, { ...lintHere, runsOn: runsOn(place, remoteFolder) });
    } finally {
      await place.close();
    }
  });
}

interface How {
  readonly format: Format;
  readonly screen: Screen;
  /** The severities that are told. */
  readonly told: readonly string[];
  readonly folder: string | undefined;
  readonly runsOn?: RunsOn;
}

async function lint(words: Words, { format, screen, told, folder, runsOn }: How): Promise<Status> {
  const named = words.rest.length > 0;
  const { read, unread } = await (named ? placesNamed(words.rest) : placesIn(folder ?? resolve(".")));
  const knowledge = openKnowledge(runsOn && { runsOn });
  const inFolder = named ? folder : (folder ?? resolve("."));
  const problemsIn = (document: Document) =>
    problemsOf(document, rules, knowledge.worldOf(document.file, inFolder)).filter(({ severity }) =>
      told.includes(severity),
    );
  const open = ({ file, kind, text }: Place) => openDocument(file, kind, text);
  const before = read.map((place) => ({ place, document: open(place) }));
  do for (const { document } of before) problemsIn(document);
  while (await knowledge.settle());

  const mended = words.on("fix")
    ? before.flatMap(({ place, document }) => mend(place, document, problemsIn))
    : [];
  if (words.on("preview")) {
    for (const one of mended) screen.answer(preview(one, screen));
    if (mended.length === 0) screen.progress("No fix here is safe to make without being asked.\n");
    const incomplete = answerUnread(unread, screen.progress);
    return incomplete === status.fine && mended.length > 0 ? status.found : incomplete;
  }
  const written: Mended[] = [];
  for (const one of mended) if (await write(one, screen)) written.push(one);

  const seen = before.map(({ place, document }) => {
    const after = written.find((one) => one.place === place);
    const now = after === undefined ? document : open({ ...place, text: after.after });
    return { place, document: now, problems: checkedProblems(now, place.shown, problemsIn(now), ruleIds) };
  });
  const checked: Checked = {
    version: 1,
    files: read.map(({ shown, kind }) => ({ file: shown, kind })),
    unread,
    fixed: written.flatMap(({ place, fixed }) => fixed.map((one) => ({ file: place.shown, ...one }))),
    problems: seen.flatMap(({ problems }) => problems),
  };
  const lines = new Map(seen.map(({ place, document }) => [place.shown, linesFor(document, screen.seen)]));
  const lineOf = (problem: CheckedProblem) => lines.get(problem.file)?.(problem);
  answerChecked(checked, format, { described, lineOf, screen });
  if (answerUnread(unread, screen.progress) === status.impossible) return status.impossible;
  return checked.problems.length > 0 || written.length < mended.length ? status.found : status.fine;
}

function runsOn({ host, machine }: RemotePlace, folder: string | undefined): RunsOn {
  return {
    host,
    home: machine?.profile.home ?? homedir(),
    ...(machine?.profile.dlv !== undefined && { dlv: machine.profile.dlv }),
    ...(folder !== undefined && { folder }),
  };
}

/** A file that could not be read makes the answer incomplete, whatever else was found. */
function answerUnread(unread: Places["unread"], say: (text: string) => void): Status {
  for (const { file, message } of unread) say(`${printable(file)} ${printable(message)}\n`);
  return unread.length > 0 ? status.impossible : status.fine;
}

function formatOf(words: Words): Format {
  const given = words.text("format");
  if (given === undefined) return words.on("json") ? "json" : "text";
  if (!isFormat(given)) throw usage(`--format ${given} is not one of text, json, sarif`);
  if (words.on("json") && given !== "json")
    throw usage(`--json and --format ${given} are two answers; choose one`);
  return given;
}

function severitiesOf(words: Words): readonly string[] {
  const given = words.text("severity") ?? "information";
  const at = severities.indexOf(given);
  if (at < 0) throw usage(`--severity ${given} is not one of ${severities.join(", ")}`);
  return severities.slice(0, at + 1);
}

function folderOf(words: Words): string | undefined {
  const given = words.text("folder");
  if (given === undefined) return undefined;
  const folder = resolve(given);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder;
  throw new Stop(status.impossible, `--folder ${folder} is not a folder that can be read`);
}

function explained(word: string): string {
  const found = described.find(({ code, id }) => code === word.toUpperCase() || id === word);
  if (found !== undefined) return rulePage(found, "alone");
  throw usage(
    `--explain ${word} is no code of check; there are ${described.map(({ code }) => code).join(", ")}`,
  );
}
