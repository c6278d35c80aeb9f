import { relative, sep } from "node:path";
import { check } from "../language/check.ts";
import type { Document } from "../language/document.ts";
import { flaws } from "../language/flaws.ts";
import { kindOf } from "../language/kind.ts";
import { type KnowledgeOptions, openKnowledge } from "../language/knowledge.ts";
import { openDocument } from "../language/open.ts";
import { filesIn, readPlaces } from "../language/places.ts";
import type { Checked, CheckedProblem } from "../report/checked.ts";
import { checkedText } from "../report/checkedText.ts";
import { rules } from "../rules/index.ts";
import { checkedProblems, linesFor } from "./checkReport.ts";

/** The problems of a folder's files, as `check --json` has them with paths from the folder, and the same in words. */
export interface FolderChecked {
  readonly checked: Checked;
  readonly text: string;
}

const ruleIds = new Map<string, string>([...flaws, ...rules].map(({ code, id }) => [code, id]));

/**
 * Checks every file of a folder in which a Go launch may be configured. A text that an editor holds open (`textOf`) counts
 * before the one on the disk. Nothing of the folder is run. Rejects where the folder cannot be read, and once `signal` aborts.
 */
export async function checkFolder(
  folder: string,
  signal: AbortSignal,
  { textOf = () => undefined, ...others }: KnowledgeOptions = {},
): Promise<FolderChecked> {
  const { read, unread } = await readPlaces(await filesIn(folder), {
    shown: (file) => relative(folder, file).split(sep).join("/"),
    // Only files whose names say what they are have been listed.
    kind: (file) => kindOf(file) ?? "launch",
  });
  const documents = read.map(({ file, shown, kind, text }) => ({
    shown,
    kind,
    document: openDocument(file, kind, textOf(file) ?? text),
  }));
  const knowledge = openKnowledge({ textOf, ...others });
  const problemsIn = (document: Document) =>
    // A hint is for a person who looks at the line.
    check(document, rules, knowledge.worldOf(document.file, folder)).filter(
      ({ severity }) => severity !== "hint",
    );
  do for (const { document } of documents) problemsIn(document);
  while ((await knowledge.settle()) && !signal.aborted);
  signal.throwIfAborted();
  const checked: Checked = {
    version: 1,
    files: documents.map(({ shown, kind }) => ({ file: shown, kind })),
    unread,
    fixed: [],
    problems: documents.flatMap(({ shown, document }) =>
      checkedProblems(document, shown, problemsIn(document), ruleIds),
    ),
  };
  const lines = new Map(documents.map(({ shown, document }) => [shown, linesFor(document, false)]));
  return { checked, text: inWords(checked, (problem) => lines.get(problem.file)?.(problem)) };
}

function inWords(checked: Checked, lineOf: (problem: CheckedProblem) => string | undefined): string {
  const { files, unread, problems } = checked;
  const broken = unread.map(({ file, message }) => `${file} ${message}`);
  if (problems.length > 0) return [checkedText(checked, { width: 160, lineOf }), ...broken].join("\n");
  const names = files.map(({ file }) => file).join(", ");
  const looked =
    files.length > 0 ? `No problem in ${names}.` : "There is no file here that configures a Go launch.";
  return [looked, ...broken].join("\n");
}
