import type { Phase } from "../core/phases.ts";
import { say } from "../core/say.ts";
import { longestFirst, share } from "./chain.ts";
import { comparison } from "./compare.ts";
import { block, code, prose } from "./escape.ts";
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

/**
 * What a Markdown report adds: previews of fixes (diff, command) by id, versions as lines of text, and the report of the
 * launch that this one repeats after a fix.
 */
export interface MarkdownOptions {
  readonly before?: Report;
  readonly previews?: ReadonlyMap<string, string>;
  readonly versions?: readonly string[];
}

/**
 * The report for VS Code's Markdown preview, in the same order as on a terminal. The phases stand in a table always and
 * in a Mermaid gantt beside it; everything that came from outside is escaped, so it can bring in neither link nor HTML.
 */
export function reportMarkdown(report: Report, options: MarkdownOptions = {}): string {
  const sections = [
    headline(report),
    options.before === undefined ? [] : comparison(options.before, report),
    phases(report),
    slowest(report),
    before(report),
    unset(report),
    ...report.findings.map((one, index) => findingSection(one, index + 1, options)),
    ruledOut(report),
    notChecked(report),
    configuration(report, options),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function headline(report: Report): string[] {
  const [best] = report.findings;
  if (best === undefined) return [`**${prose(nothingFound(report))}**`];
  const summary = [ending(report), explained(report)].filter((text) => text !== undefined).join(" ");
  return [`**${prose(best.because)}** ${prose(observed(best, report.host))}`, "", prose(summary)];
}

function phases({ timeline: { phases: all, totalMs } }: Report): string[] {
  if (all.length === 0) return [];
  const rows = longestFirst(all).map(
    ({ name, startMs, ms, parts }) =>
      `| ${phaseWord(name)} | ${duration(startMs)} | ${duration(ms)} | ${share(ms, totalMs)} % | ${parts.map(partWords).join(", ")} |`,
  );
  return [
    `## ${say`Phases`}`,
    "",
    `| ${[say`Phase`, say`From`, say`Time`, say`Share`, say`Parts`].join(" | ")} |`,
    "| :--- | ---: | ---: | ---: | :--- |",
    ...rows,
    "",
    ...gantt(all),
  ];
}

/** Only our own words go into the diagram: Mermaid has a syntax of its own to be injected into. */
function gantt(all: readonly Phase[]): string[] {
  // Mermaid draws about ten ticks: in whole seconds those of a short launch would read alike.
  const end = all.reduce((last, { startMs, ms }) => Math.max(last, startMs + ms), 0);
  const axis = end < 20_000 ? "%-S.%L" : "%M:%S";
  const bars = all.map(({ name, startMs, ms }) => `  ${name} :${startMs}, ${startMs + Math.max(1, ms)}`);
  // What a screen reader says of the picture; the table holds all that it shows.
  const title = `  accTitle: ${say`The phases of the launch, as in the table`}`;
  return block(
    ["gantt", title, "  dateFormat x", `  axisFormat ${axis}`, "  section Launch", ...bars].join("\n"),
    "mermaid",
  );
}

/** Only a build that took long has any. */
function slowest(report: Report): string[] {
  const lines = slowestWords(report).map(([name, part, time]) => `- ${code(name)}: ${part}, ${time}`);
  return lines.length === 0 ? [] : [`## ${say`Slowest packages of the build`}`, "", ...lines];
}

function before(report: Report): string[] {
  const words = beforeWords(report);
  return words === undefined ? [] : [`## ${say`Before the launch`}`, "", prose(words)];
}

/** Told with or without a cause: a program runs past such a line. */
function unset({ timeline: { unset: all = [] } }: Report): string[] {
  if (all.length === 0) return [];
  return [
    `## ${say`Breakpoints that are not set`}`,
    "",
    ...all.map(({ at, text }) => `- ${code(at)}: ${prose(text)}`),
  ];
}

/** A section about one finding, with its evidence and its fixes. */
export function findingSection(
  one: ReportedFinding,
  number: number,
  { previews }: MarkdownOptions,
): string[] {
  const { title, cause, because, explains, evidence, fixes } = one;
  return [
    `## ${number}. ${prose(title)}`,
    "",
    `${prose(because)} (${code(cause)}, ${sureness(one)})`,
    ...(explains === undefined ? [] : ["", explainedWords(explains)]),
    ...(evidence.length === 0 ? [] : ["", say`Evidence:`, "", ...evidence.flatMap(observation)]),
    ...fixes.flatMap((fix) => fixSection(fix, previews?.get(fix.id))),
  ];
}

function observation(text: string): string[] {
  if (!text.trim().includes("\n")) return [`- ${code(text.trim())}`];
  return ["-", ...block(text, "text").map((line) => `  ${line}`)];
}

function fixSection(fix: ReportedFix, preview: string | undefined): string[] {
  const { action } = fix;
  return [
    "",
    `### ${fix.preferred ? say`Fix (preferred): ${prose(fix.title)}` : say`Fix: ${prose(fix.title)}`}`,
    "",
    `${code(fix.id)} · ${terms(fix)}`,
    ...(action.kind === "advice" ? ["", prose(action.text)] : []),
    ...(preview === undefined ? [] : ["", ...block(preview, action.kind === "command" ? "sh" : "diff")]),
  ];
}

/** Folded: a person looks here only to see whether their own suspicion was looked at. */
function ruledOut({ clear }: Report): string[] {
  if (clear.length === 0) return [];
  const list = clear.map((id) => `- ${code(id)}`);
  return [`<details><summary>${say`Ruled out: ${clear.length}`}</summary>`, "", ...list, "", "</details>"];
}

function notChecked({ unknown }: Report): string[] {
  if (unknown.length === 0) return [];
  return [
    `## ${say`Not checked`}`,
    "",
    ...reasons(unknown).map(([why, all]) => `- ${say`${all.map(code).join(", ")}, because ${prose(why)}`}`),
  ];
}

function configuration({ launch, host }: Report, { versions = [] }: MarkdownOptions): string[] {
  const ran = launch.dlv && [say`dlv: ${code(launch.dlv.argv.join(" "))} in ${code(launch.dlv.cwd)}`, ""];
  return [
    `## ${say`Configuration as resolved on ${prose(host.name)}`}`,
    "",
    ...(ran ?? []),
    ...block(JSON.stringify(launch.config, null, 2), "json"),
    ...(versions.length === 0 ? [] : ["", ...versions.map((line) => `- ${prose(line)}`)]),
  ];
}
