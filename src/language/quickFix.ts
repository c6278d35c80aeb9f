import type { JsonEdit } from "../core/fix.ts";
import { type Edited, editJsonc } from "../fixes/edit.ts";
import { editYaml } from "../fixes/editYaml.ts";
import { type Splice, spliceOf } from "../fixes/splice.ts";
import type { Problem } from "./check.ts";
import type { Document } from "./document.ts";
import { ignoreWord } from "./ignore.ts";
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

/** Puts a comment above the line of a problem that ignores it. */
export function ignoreHere({ text, kind }: Document, { start, code }: Problem): Splice {
  const at = Math.max(text.lastIndexOf("\n", start - 1), text.lastIndexOf("\r", start - 1)) + 1;
  const indent = /^\uFEFF?([ \t]*)/.exec(text.slice(at))?.[1] ?? "";
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const mark = kind === "compose" || kind === "pod" ? "#" : "//";
  const bom = text.startsWith("\uFEFF") && at === 0 ? 1 : 0;
  return { at: at + bom, removed: "", inserted: `${indent}${mark} ${ignoreWord} ${code}${eol}` };
}
