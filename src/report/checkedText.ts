import type { Severity } from "../core/rule.ts";
import { say } from "../core/say.ts";
import type { Checked, CheckedProblem } from "./checked.ts";
import { type Paint, paint } from "./paint.ts";
import { printable } from "./printable.ts";

/** How the problems are shown. `lineOf` gives the line of a problem where it may be shown to whoever reads this. */
export interface CheckedLook {
  readonly width: number;
  readonly brush?: Paint;
  lineOf(problem: CheckedProblem): string | undefined;
}

/** The problems for a terminal or the log of a build: a line for each that tools know how to read, and what it is about. */
export function checkedText(checked: Checked, { width, lineOf, brush = paint(false) }: CheckedLook): string {
  const { problems, unread } = checked;
  if (problems.length === 0) return "";
  const blocks = problems.map((problem) => {
    const { file, line, column, severity, code, message } = problem;
    const head = `${brush.strong(`${printable(file)}:${line}:${column}`)}: ${tint(severity, brush)} ${code}: ${printable(message)}`;
    const source = lineOf(problem);
    return [
      head,
      ...(source === undefined ? [] : quoted(problem, source, width, brush)),
      ...relatedOf(problem, brush),
      ...fixesOf(problem, brush),
      "",
    ].join("\n");
  });
  const found = summary(problems);
  const all = unread.length > 0 ? say`${found}; ${filesOf(unread.length)} could not be read` : found;
  return `${blocks.join("\n")}\n${all}\n`;
}

/** The line, cut to the width around what is marked, and under it the mark. */
function quoted(problem: CheckedProblem, source: string, width: number, brush: Paint): string[] {
  const { line, column, endLine, endColumn } = problem;
  const from = Math.min(column - 1, source.length);
  const to = endLine === line ? Math.min(endColumn - 1, source.length) : source.trimEnd().length;
  const gutter = `${line} | `;
  const room = Math.max(width - gutter.length - 4, 20);
  const indent = source.length - source.trimStart().length;
  const start = to - indent <= room ? Math.min(indent, from) : Math.max(0, from - Math.floor(room / 4));
  const end = Math.min(source.length, start + room);
  const shown = (text: string) => printable(text);
  const lead = `${start > indent ? "…" : ""}${shown(source.slice(start, from))}`;
  const marked = shown(source.slice(from, Math.min(to, end)));
  const tail = `${shown(source.slice(Math.max(Math.min(to, end), from), end)).trimEnd()}${end < source.trimEnd().length ? "…" : ""}`;
  const mark = brush.bad("^".repeat(Math.max(columns(marked), 1)));
  return [
    `  ${brush.faint(gutter)}${lead}${marked}${tail}`,
    `  ${" ".repeat(gutter.length - 2)}${brush.faint("|")} ${" ".repeat(columns(lead))}${mark}`,
  ];
}

function relatedOf({ file, related }: CheckedProblem, brush: Paint): string[] {
  return related.map(
    ({ line, column, message }) =>
      `  ${brush.faint(`${printable(file)}:${line}:${column}:`)} ${printable(message)}`,
  );
}

function fixesOf({ fixes }: CheckedProblem, brush: Paint): string[] {
  if (fixes.length === 0) return [];
  const word = fixes[0]?.safe ? say`fix (--fix makes it)` : say`fix`;
  return [`  ${brush.good(word)}: ${fixes.map(({ title }) => printable(title)).join(say`; or: `)}`];
}

function tint(severity: Severity, { bad, strong }: Paint): string {
  if (severity === "error") return bad(severity);
  return severity === "warning" ? strong(severity) : severity;
}

/** "3 problems (1 error, 2 warnings) in 2 files; 1 can be fixed with --fix". */
function summary(problems: readonly CheckedProblem[]): string {
  const parts = (["error", "warning", "information", "hint"] as const).flatMap((severity) => {
    const number = problems.filter((one) => one.severity === severity).length;
    return number === 0 ? [] : [counted(severity, number)];
  });
  const files = new Set(problems.map(({ file }) => file)).size;
  const safe = problems.filter(({ fixes }) => fixes[0]?.safe).length;
  const all = problems.length === 1 ? say`1 problem` : say`${problems.length} problems`;
  const found = say`${all} (${parts.join(", ")}) in ${filesOf(files)}`;
  return safe === 0 ? found : say`${found}; ${safe} can be fixed with --fix`;
}

function counted(severity: Severity, number: number): string {
  if (severity === "error") return number === 1 ? say`1 error` : say`${number} errors`;
  if (severity === "warning") return number === 1 ? say`1 warning` : say`${number} warnings`;
  if (severity === "information") return say`${number} information`;
  return number === 1 ? say`1 hint` : say`${number} hints`;
}

function filesOf(number: number): string {
  return number === 1 ? say`1 file` : say`${number} files`;
}

/** How many columns of a terminal a text takes: signs of East Asian scripts and pictures take two, combining marks none. */
function columns(text: string): number {
  return Array.from(text).reduce((sum, sign) => sum + columnsOf(sign), 0);
}

function columnsOf(sign: string): number {
  if (/\p{Mn}|\p{Me}|\p{Cf}/u.test(sign)) return 0;
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u.test(
    sign,
  )
    ? 2
    : 1;
}
