import type { Document, Stretch } from "./document.ts";
import { linesOf } from "./lines.ts";

/** The word in a comment behind which the codes stand that are not told on this line or the next. */
export const ignoreWord = "delve-doctor-ignore";

const ignoring = new RegExp(`${ignoreWord}((?:[\\s,]+DLV\\d{3})+)`);

/**
 * Tells what a person has ignored by a comment: `// delve-doctor-ignore DLV103`, on the line itself or on one of its own
 * above it, where other comments may stand between; several codes may follow. Without a code it ignores nothing.
 */
export function ignores(document: Document): (problem: Stretch & { readonly code: string }) => boolean {
  const { text } = document;
  // Before the comments are looked for, which takes as long as reading the text does.
  if (!text.includes(ignoreWord)) return () => false;
  const lines = linesOf(text);
  const ignored = new Set<string>();
  // Which line the comments on a line of their own are about.
  const about = new Map<number, number>();
  for (const comment of [...document.comments].reverse()) {
    const [first, last] = [lines.at(comment.start), lines.at(comment.end)];
    const alone =
      text.slice(lines.start(first), comment.start).trim() === "" &&
      text.slice(comment.end, lines.start(last + 1)).trim() === "";
    const next = about.get(last + 1) ?? last + 1;
    if (alone) about.set(first, next);
    const [, codes = ""] = ignoring.exec(comment.text) ?? [];
    for (const code of codes.match(/DLV\d{3}/g) ?? [])
      for (const line of alone ? [next] : [first, last]) ignored.add(`${line} ${code}`);
  }
  return ({ start, code }) => ignored.has(`${lines.at(start)} ${code}`);
}
