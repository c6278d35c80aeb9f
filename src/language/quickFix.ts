import { isDeepStrictEqual } from "node:util";
import type { JsonEdit } from "../core/fix.ts";
import { type Edited, editJsonc } from "../fixes/edit.ts";
import { editYaml } from "../fixes/editYaml.ts";
import { indentAt, layoutOf, lineStart } from "../fixes/layout.ts";
import { type Splice, spliceOf } from "../fixes/splice.ts";
import type { Problem } from "./check.ts";
import type { Document } from "./document.ts";
import { ignores, ignoreWord } from "./ignore.ts";
import { openDocument } from "./open.ts";

/** The text with the edits made, or why a person must make them. */
export function edit(document: Document, edits: readonly JsonEdit[]): Edited {
  if (document.kind !== "compose" && document.kind !== "pod") return editJsonc(document.text, edits);
  return edits.reduce<Edited>(
    (now, { at: [index, ...at], ...rest }) =>
      "refused" in now ? now : editYaml(now.text, Number(index), [{ ...rest, at }]),
    { text: document.text },
  );
}

/** The one stretch of the text that a fix replaces; undefined where the text cannot be edited safely, or needs nothing. */
export function spliceFor(document: Document, edits: readonly JsonEdit[]): Splice | undefined {
  const edited = edit(document, edits);
  if ("refused" in edited || edited.text === document.text) return undefined;
  return spliceOf(document.text, edited.text);
}

/**
 * The text with the preferred fix of every problem that is safe to make unasked. They are made in rounds, each in the text
 * that the one before it left and only where the problem is still there: one fix can settle two problems.
 */
export function fixAll(document: Document, problemsOf: (document: Document) => readonly Problem[]): string {
  let now = document;
  for (let left = Number.POSITIVE_INFINITY; left > 0; ) {
    const problems = problemsOf(now);
    // A fix that leaves as many problems as there were could be made for ever.
    if (problems.length >= left) break;
    left = problems.length;
    const safe = problems.flatMap(({ fixes: [preferred] }) => (preferred?.safe ? [preferred.edits] : []));
    const text = firstChanged(now, [apart(safe), ...safe]);
    if (text === undefined) break;
    now = openDocument(now.file, now.kind, text);
  }
  return now.text;
}

/** What the first of these edits makes of a text, where it can be made and makes a difference. */
function firstChanged(document: Document, each: readonly (readonly JsonEdit[])[]): string | undefined {
  for (const edits of each) {
    const edited = edit(document, edits);
    if ("text" in edited && edited.text !== document.text) return edited.text;
  }
  return undefined;
}

/** The edits that can be made at once: of each entry of a list at most one fix, and none that moves other entries. */
function apart(fixes: readonly (readonly JsonEdit[])[]): readonly JsonEdit[] {
  const taken = new Set<string>();
  return fixes.flatMap((edits) => {
    const homes = edits.map(({ at }) =>
      JSON.stringify(at.slice(0, 1 + at.findIndex((step) => typeof step === "number"))),
    );
    const moves = edits.some((one) => !("value" in one) && typeof one.at.at(-1) === "number");
    if (moves || homes.some((home) => taken.has(home))) return [];
    for (const home of homes) taken.add(home);
    return edits;
  });
}

/**
 * A comment that ignores a problem: above its line or, in JSON, before it where that line begins inside something else.
 * Undefined where neither can be done without changing what the text says.
 */
export function ignoreHere(document: Document, problem: Problem): Splice | undefined {
  const { text, kind } = document;
  const { start, code } = problem;
  const bom = text.startsWith("\uFEFF") ? 1 : 0;
  const line = Math.max(lineStart(text, start), bom);
  const { eol } = layoutOf(text);
  const comment = `${ignoreWord} ${code}`;
  const above = { at: line, removed: "" };
  const isYaml = kind === "compose" || kind === "pod";
  const ways: readonly Splice[] = isYaml
    ? [{ ...above, inserted: `${indentAt(text, start)}# ${comment}${eol}` }]
    : [
        { ...above, inserted: `${indentAt(text.slice(bom), start - bom)}// ${comment}${eol}` },
        { at: start, removed: "", inserted: `/* ${comment} */ ` },
      ];
  return ways.find((way) => silences(way, document, problem));
}

/** True where a comment is read as one that ignores the problem, and the text says what it said before. */
function silences({ at, inserted }: Splice, document: Document, { start, end, code }: Problem): boolean {
  const { file, kind, text } = document;
  const after = openDocument(file, kind, text.slice(0, at) + inserted + text.slice(at));
  const by = inserted.length;
  return (
    isDeepStrictEqual(after.values, document.values) &&
    after.flaws.length === document.flaws.length &&
    ignores(after)({ start: start + by, end: end + by, code })
  );
}
