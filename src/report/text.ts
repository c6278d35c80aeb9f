import { say } from "../core/say.ts";
import { chain, longestFirst, share } from "./chain.ts";
import { type Paint, paint } from "./paint.ts";
import { printable, printableLines } from "./printable.ts";
import { reasons } from "./reasons.ts";
import type { Report, ReportedFinding, ReportedFix } from "./report.ts";
import {
  beforeWords,
  duration,
  ending,
  explained,
  explainedWords,
  nothingFound,
  observed,
  partWords,
  phaseWord,
  slowestWords,
  sureness,
  terms,
} from "./words.ts";

/** How a report is written for a terminal: its width in columns, and the previews of fixes (diff, command) by id. */
export interface TextOptions {
  readonly color: boolean;
  readonly width: number;
  readonly previews?: ReadonlyMap<string, string>;
}

/**
 * The report for a terminal, newline at the end: the cause in one sentence, how sure and how seen; the timeline by
 * length and in order; findings with evidence and fixes; what was ruled out; what could not be checked.
 */
export function reportText(report: Report, options: TextOptions): string {
  const brush = paint(options.color);
  const sections = [
    headline(report, brush),
    timeline(report, options, brush),
    slowest(report, brush),
    before(report),
    unset(report, brush),
    ...report.findings.map((one, index) => findingLines(one, index + 1, options, brush)),
    closing(report, options, brush),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** The first lines alone: what is told at a stall, while the launch goes on. */
export function headline(report: Report, brush: Paint = paint(false)): string[] {
  const [best] = report.findings;
  if (best === undefined) return [brush.strong(nothingFound(report))];
  const first = `${brush.strong(printable(best.because))} ${observed(best, report.host)}`;
  return [first, [ending(report), explained(report)].filter(Boolean).join(" ")];
}

function timeline({ timeline: { phases, totalMs } }: Report, { width }: TextOptions, brush: Paint) {
  if (phases.length === 0) return [];
  const cells = Math.max(10, Math.min(60, width - 26));
  const lengths = longestFirst(phases).map(({ name, ms, parts }) => {
    const percent = `${share(ms, totalMs)} %`.padStart(5);
    const inside = parts.length === 0 ? "" : `  ${parts.map(partWords).join(", ")}`;
    return `  ${phaseWord(name).padEnd(10)} ${duration(ms).padStart(10)} ${percent}${inside}`;
  });
  return [
    brush.strong(say`Longest first`),
    ...lengths,
    brush.strong(say`In order`),
    ...chain(phases, totalMs, cells).map((line) => `  ${line}`),
  ];
}

/** Only a build that took long has any. */
function slowest(report: Report, brush: Paint): string[] {
  const all = slowestWords(report).map(([name, ...rest]) => [printable(name), ...rest] as const);
  const width = Math.max(0, ...all.map(([name]) => name.length));
  const lines = all.map(([name, part, time]) => `  ${name.padEnd(width)}  ${part.padEnd(7)}  ${time}`);
  return lines.length === 0 ? [] : [brush.strong(say`Slowest packages of the build`), ...lines];
}

function before(report: Report): string[] {
  const words = beforeWords(report);
  return words === undefined ? [] : [words];
}

/** Told with or without a cause: a program runs past such a line. */
function unset({ timeline: { unset: all = [] } }: Report, brush: Paint): string[] {
  if (all.length === 0) return [];
  return [
    brush.strong(say`Breakpoints that are not set`),
    ...all.map(({ at, text }) => `  ${printable(at)}: ${printable(text)}`),
  ];
}

/** One finding with its evidence and its fixes. */
export function findingLines(
  one: ReportedFinding,
  number: number,
  options: TextOptions,
  brush: Paint,
): string[] {
  const { cause, title, explains, evidence, fixes } = one;
  const accounts = explains && [`   ${explainedWords(explains)}`];
  return [
    brush.strong(`${number}. ${printable(title)}`) + brush.faint(` (${cause}, ${sureness(one)})`),
    `   ${printable(one.because)}`,
    ...(accounts ?? []),
    ...evidence.flatMap((text) => indent(printableLines(text), "   - ", "     ")),
    ...fixes.flatMap((fix) => fixLines(fix, options, brush)),
  ];
}

/** The preferred fix is marked in words and with its preview; the others have theirs on demand, by id. */
function fixLines(fix: ReportedFix, { previews }: TextOptions, brush: Paint): string[] {
  // The title is not tinted, wherever a language puts it.
  const [mark = "", end = ""] = (fix.preferred ? say`Fix (preferred): ${"\n"}` : say`Fix: ${"\n"}`).split(
    "\n",
  );
  const preview = previews?.get(fix.id);
  const advice =
    fix.action.kind === "advice" ? indent(printableLines(fix.action.text), "     ", "     ") : [];
  return [
    `${brush.good(`   ${mark}`)}${printable(fix.title)}${brush.good(end)}`,
    brush.faint(`     ${fix.id} · ${terms(fix)}`),
    ...advice,
    ...(preview === undefined ? [] : diffLines(preview, brush).map((line) => `     ${line}`)),
  ];
}

/** The lines of a diff or a command; removed and added lines keep their sign, so colour only repeats it. */
export function diffLines(preview: string, brush: Paint): string[] {
  return printableLines(preview).map((line) => {
    if (line.startsWith("+")) return brush.good(line);
    return line.startsWith("-") ? brush.bad(line) : line;
  });
}

function closing({ clear, unknown }: Report, { width }: TextOptions, brush: Paint): string[] {
  const ruledOut = say`Ruled out (${clear.length}): ${clear.join(", ")}`;
  const folded = ruledOut.length > width ? `${ruledOut.slice(0, width - 1)}…` : ruledOut;
  return [
    ...(clear.length === 0 ? [] : [brush.faint(folded)]),
    ...reasons(unknown).map(([why, all]) => say`Not checked: ${all.join(", ")}, because ${printable(why)}`),
  ];
}

function indent(lines: readonly string[], first: string, rest: string): string[] {
  return lines.map((line, index) => (index === 0 ? first : rest) + line);
}
