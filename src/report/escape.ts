import { printable, printableLines } from "./printable.ts";

/**
 * What VS Code's preview would turn into a link by itself (markdown-it with linkify): addresses with a scheme or two
 * slashes, and mail addresses. Escapes do not stop it, code does.
 */
const linkable = /:\/\/|\/\/|@|^[\W_]*[a-z][\w+.-]*:\S|^[\W_]*www\./i;

/** A line that somebody else wrote as Markdown that shows just that: no link, no HTML, no emphasis, no list. */
export function prose(text: string): string {
  return printable(text)
    .split(" ")
    .map((word) => (linkable.test(word) ? code(word) : escapeWord(word)))
    .join(" ");
}

/** Signs that mean something anywhere, then those that mean something at the start of a line, where a word may stand. */
function escapeWord(word: string): string {
  return word
    .replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? sign)
    .replace(/[\\`*_[\]|~^$]|^[#+\-=]|(?<=^\d+)[.)]$/g, "\\$&");
}

/** The same as inline code, for paths and commands. Its fence is longer than any run of backticks inside. */
export function code(text: string): string {
  const line = printable(text);
  const fence = "`".repeat(longestRun(line) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") || line.trim() !== line ? " " : "";
  return line === "" ? "" : `${fence}${pad}${line}${pad}${fence}`;
}

/** Several lines as a block of code in `language`, for example "diff". */
export function block(text: string, language: string): string[] {
  const lines = printableLines(text);
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return [`${fence}${language}`, ...lines, fence];
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
