import { withCodePoints } from "../core/unprintable.ts";

/** One line of text that somebody else wrote, safe to show: what a terminal would obey becomes its code point. */
export function printable(text: string): string {
  return withCodePoints(text.replace(/\r?\n|\t/g, " "));
}

/** The same for a text of several lines. */
export function printableLines(text: string): string[] {
  return text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .map((line) => withCodePoints(line.replaceAll("\t", "    ")));
}
