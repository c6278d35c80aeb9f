/**
 * Control characters and the marks that turn the direction of writing: on a terminal the first can move the cursor, clear
 * lines or retitle the window, and the second can make a path look like another.
 */
const unsafe = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** One line of text that somebody else wrote, safe to show: what a terminal would obey becomes its code point. */
export function printable(text: string): string {
  return text.replace(/\r?\n|\t/g, " ").replace(unsafe, (mark) => `\\u{${codePoint(mark)}}`);
}

/** The same for a text of several lines. */
export function printableLines(text: string): string[] {
  return text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .map((line) => line.replaceAll("\t", "    ").replace(unsafe, (mark) => `\\u{${codePoint(mark)}}`));
}

function codePoint(mark: string): string {
  return (mark.codePointAt(0) ?? 0).toString(16);
}
