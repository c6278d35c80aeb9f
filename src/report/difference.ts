import type { Changed, Difference, Measured, Shift } from "../core/difference.ts";
import { type PastLaunch, reached } from "../core/history.ts";
import { phaseNames } from "../core/phases.ts";
import { say } from "../core/say.ts";
import { code, prose } from "./escape.ts";
import type { PastOptions } from "./past.ts";
import { pastWords } from "./past.ts";
import { duration, phaseWord, where } from "./words.ts";

/** The one sentence about two launches: "link +2.1 s since Go 1.26.3 (was 1.25.1)". Nothing of what is within the usual. */
export function differenceWords({ before, after, most, changed, rows }: Difference): string {
  if (!reached(before) || !reached(after))
    return reached(before) === reached(after)
      ? say`Neither launch came to its goal, so there are no times to compare.`
      : reached(before)
        ? say`The later launch did not come to its goal: ${pastWords(after)}.`
        : say`The later launch came to its goal, the earlier one did not: ${pastWords(before)}.`;
  if (most === undefined)
    return say`No difference beyond what launches of this configuration vary by anyway.`;
  const what = measureWord(most.name);
  const much = signed(most.ms);
  const since = changed.filter(isTool);
  const tools = since.map(changeWords).join(", ");
  const packages = changed.find((one) => one.kind === "packages");
  const isBuild = rows.some(({ name, isPart }) => name === most.name && (isPart || name === "build"));
  if (packages !== undefined && isBuild)
    // A new go compiles all of it once, and that is not how long its builds take from then on.
    return since.length > 0
      ? say`${what} ${much} since ${tools}, with ${changeWords(packages)}`
      : say`${what} ${much} with ${changeWords(packages)}`;
  if (since.length > 0) return say`${what} ${much} since ${tools}`;
  return knowsTools(before) && knowsTools(after)
    ? say`${what} ${much}; Go, Delve and the machine are the same`
    : `${what} ${much}`;
}

/** The sentence about a configuration's whole history: "Slower since dlv 1.27.1 (was 1.26.0): load takes 1.3 s, it took 110 ms". */
export function shiftWords({ name, before, after, counts: [earlier, later], since }: Shift): string {
  const versions = since.map(changeWords).join(", ");
  const what = measureWord(name);
  const [old, now] = [duration(before), duration(after)];
  return after > before
    ? say`Slower since ${versions}: ${what} takes ${now}, it took ${old} (medians of ${later} and ${earlier} launches).`
    : say`Faster since ${versions}: ${what} takes ${now}, it took ${old} (medians of ${later} and ${earlier} launches).`;
}

/** Two launches of a configuration as a page of Markdown: the sentence, a table of all times, what else changed. */
export function differenceMarkdown(difference: Difference, { time, shift }: PastOptions): string {
  const { before, after, rows, changed } = difference;
  const sections = [
    [`**${prose(differenceWords(difference))}**`],
    ...[...notes(before, after), ...(shift === undefined ? [] : [shift])].map((line) => [prose(line)]),
    [
      `| ${say`Phase`} | ${prose(time(before.at))} | ${prose(time(after.at))} | ${say`Difference`} |`,
      "| :--- | ---: | ---: | ---: |",
      ...rows.map(row),
    ],
    ...(changed.length === 0
      ? []
      : [
          [
            `## ${say`What else is not the same`}`,
            "",
            ...changed.map((one) =>
              one.kind === "cause" ? `- ${causeWords(one)}` : `- ${prose(changeWords(one))}`,
            ),
          ],
        ]),
  ];
  return `${sections.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** That the two are of two configurations, or of one that starts now this program and now that: a test by its code lens. */
function notes(before: PastLaunch, after: PastLaunch): string[] {
  if (before.name !== after.name)
    return [say`These are two configurations: ${before.name} and ${after.name}.`];
  const [one, other] = [before.program, after.program];
  if (one === undefined || other === undefined || one === other) return [];
  return [say`These are two programs: ${one} and ${other}.`];
}

/** What is timed, in words. The parts of a build keep the names of go's own tools. */
function measureWord(name: string): string {
  if (name === "all") return say`the whole launch`;
  const phase = phaseNames.find((one) => one === name);
  return phase === undefined ? name : phaseWord(phase);
}

function row({ name, isPart, before, after, beyond }: Measured): string {
  const label = name === "all" ? `**${say`all`}**` : isPart ? `· ${prose(name)}` : measureWord(name);
  const difference = beyond ? `**${signed((after ?? 0) - (before ?? 0))}**` : say`within the usual`;
  return `| ${label} | ${time(before)} | ${time(after)} | ${difference} |`;
}

function time(ms: number | undefined): string {
  return ms === undefined ? "–" : duration(ms);
}

function signed(ms: number): string {
  return `${ms < 0 ? "−" : "+"}${duration(Math.abs(ms))}`;
}

/** A cause is told with its id as code. */
type Plain = Exclude<Changed, { kind: "cause" }>;

function changeWords(one: Plain): string {
  if (one.kind === "go") return say`Go ${one.to} (was ${one.from})`;
  if (one.kind === "dlv") return say`dlv ${one.to} (was ${one.from})`;
  if (one.kind === "host") return say`it runs ${where(one.to)} (was ${where(one.from)})`;
  return one.to === 1
    ? say`1 package compiled (were ${one.from})`
    : say`${one.to} packages compiled (were ${one.from})`;
}

function isTool(one: Changed): one is Exclude<Plain, { kind: "packages" }> {
  return one.kind === "go" || one.kind === "dlv" || one.kind === "host";
}

function causeWords({ id, isNew }: Extract<Changed, { kind: "cause" }>): string {
  return isNew
    ? say`${code(id)} was found in the later launch alone`
    : say`${code(id)} was found in the earlier launch alone`;
}

function knowsTools({ go, dlv }: Difference["before"]): boolean {
  return go !== undefined && dlv !== undefined;
}
