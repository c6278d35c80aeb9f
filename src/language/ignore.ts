import type { Document, Stretch } from "./document.ts";

/** The word in a comment behind which the codes stand that are not told on this line or the next. */
export const ignoreWord = "delve-doctor-ignore";

/**
 * Tells what a person has ignored by a comment: `// delve-doctor-ignore DLV103`, on the line itself or on one of its own
 * above it; several codes may follow. Without a code it ignores nothing.
 */
export function ignores(document: Document): (problem: Stretch & { readonly code: string }) => boolean {
  const { text } = document;
  // Before the comments are looked for, which takes as long as reading the text does.
  if (!text.includes(ignoreWord)) return () => false;
  const starts = lineStarts(text);
  const lineOf = (offset: number) => starts.findLastIndex((start) => start <= offset);
  const ignored = new Set<string>();
  for (const comment of document.comments) {
    const [, codes = ""] = new RegExp(`${ignoreWord}((?:[\\s,]+DLV\\d{3})+)`).exec(comment.text) ?? [];
    const line = lineOf(comment.start);
    const alone = text.slice(starts[line], comment.start).trim() === "";
    const target = alone ? lineOf(comment.end) + 1 : line;
    for (const code of codes.match(/DLV\d{3}/g) ?? []) ignored.add(`${target} ${code}`);
  }
  return ({ start, code }) => ignored.has(`${lineOf(start)} ${code}`);
}

/** The offsets at which lines start. */
function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (match) => match.index + match[0].length)];
}
