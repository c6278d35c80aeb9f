import type { Explained } from "../core/cause.ts";
import type { HostName } from "../core/host.ts";
import { allOf, quoted } from "../core/lists.ts";
import type { PhaseName } from "../core/phases.ts";
import { say } from "../core/say.ts";
import { printable } from "./printable.ts";
import type { Report, ReportedFinding, ReportedFix } from "./report.ts";

/** Time before a launch that is worth a word, in ms. */
const toldMs = 1000;

/** A time (ms) as a person reads it: "96 ms", "11.4 s", "2 min 05 s". */
export function duration(ms: number): string {
  if (ms < 1000) return say`${Math.round(ms)} ms`;
  if (ms < 59_950) return say`${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return say`${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** Below 10 ms the first digit behind the point still tells two networks apart. */
export function roundTrip(ms: number): string {
  return ms < 10 ? say`${ms.toFixed(1)} ms` : duration(ms);
}

/** Where something was seen: "on build7", "in container api", "in pod shop/api". */
export function where({ kind, name }: HostName): string {
  if (kind === "kubectl") return say`in pod ${printable(name)}`;
  return kind === "docker" || kind === "podman"
    ? say`in container ${printable(name)}`
    : say`on ${printable(name)}`;
}

/** A phase as a person reads it; in JSON, diagrams and logs it keeps its id. */
export function phaseWord(name: PhaseName): string {
  switch (name) {
    case "start":
      return say`start`;
    case "handshake":
      return say`handshake`;
    case "build":
      return say`build`;
    case "load":
      return say`load`;
    case "configure":
      return say`configure`;
    case "run":
      return say`run`;
  }
}

/** How a launch ended, as a person reads it in a table; in JSON and logs it keeps its id. */
export function outcomeWord(outcome: Report["outcome"]): string {
  switch (outcome) {
    case "initialized":
      return say`initialized`;
    case "stopped":
      return say`stopped`;
    case "exited":
      return say`exited`;
    case "failed":
      return say`failed`;
    case "stalled":
      return say`stalled`;
    case "cancelled":
      return say`cancelled`;
    case "diagnosed":
      return say`diagnosed`;
  }
}

/** What was launched, for example `"Server" (debug)`. */
function named({ name, mode }: Report["launch"]): string {
  return name === "" ? `(${printable(mode)})` : `"${printable(name)}" (${printable(mode)})`;
}

type Told = (launch: string, place: string) => string;

/** How a launch without a phase ended. */
const atOnce: Readonly<Record<Report["outcome"], Told>> = {
  initialized: (launch, place) => say`${launch} was ready to run ${place}.`,
  stopped: (launch, place) => say`${launch} reached its stop ${place}.`,
  exited: (launch, place) => say`${launch} ran to its end ${place}.`,
  failed: (launch, place) => say`${launch} failed ${place}.`,
  stalled: (launch, place) => say`${launch} is stalled ${place}.`,
  cancelled: (launch, place) => say`${launch} was cancelled ${place}.`,
  diagnosed: (launch, place) => say`${launch} was looked at without a launch ${place}.`,
};

/** How one ended that took its time. */
const afterTime: Readonly<
  Record<Report["outcome"], (...about: [...Parameters<Told>, string, string]) => string>
> = {
  initialized: (launch, place, time) => say`${launch} was ready to run after ${time} ${place}.`,
  stopped: (launch, place, time) => say`${launch} reached its stop after ${time} ${place}.`,
  exited: (launch, place, time) => say`${launch} ran to its end after ${time} ${place}.`,
  failed: (launch, place, time, phase) => say`${launch} failed in ${phase} after ${time} ${place}.`,
  stalled: (launch, place, time, phase) => say`${launch} is stalled in ${phase} after ${time} ${place}.`,
  cancelled: (launch, place, time) => say`${launch} was cancelled after ${time} ${place}.`,
  diagnosed: (launch, place, time) =>
    say`${launch} was looked at while it was launching, after ${time} ${place}.`,
};

/** What VS Code waits for, before dlv: `for the task "watch"`. */
export function awaited({ waits, tasks }: Pick<NonNullable<Report["before"]>, "waits" | "tasks">): string {
  const names = tasks.flatMap(({ name, running }) => (running ? [quoted(printable(name))] : []));
  if (waits === "task" && names.length > 0)
    return names.length === 1 ? say`for the task ${allOf(names)}` : say`for the tasks ${allOf(names)}`;
  return waits === "resolve" ? say`for the Go extension` : say`in VS Code`;
}

/** The editor's time before a launch: `VS Code took 5.2 s, of these 5.0 s in task "build".` Undefined where it is no matter. */
export function beforeWords({ before }: Report): string | undefined {
  if (before === undefined || before.ms < toldMs) return undefined;
  const named = before.tasks.map(({ name, ms }) => say`${duration(ms)} in task "${printable(name)}"`);
  if (named.length === 0) return say`VS Code took ${duration(before.ms)}.`;
  return say`VS Code took ${duration(before.ms)}, of these ${allOf(named)}.`;
}

/** How it ended, in one sentence: `"Server" (debug) is stalled in build after 14.0 s on build7.` */
export function ending(report: Report): string {
  const { outcome, timeline, launch, host, before } = report;
  if (before?.waits !== undefined)
    return say`${named(launch)} has waited for ${duration(before.ms)} ${awaited(before)}; dlv was not asked for ${where(host)}.`;
  const place =
    host.rttMs === undefined ? where(host) : say`${where(host)} (round trip ${roundTrip(host.rttMs)})`;
  const last = timeline.phases.at(-1);
  if (last === undefined) return atOnce[outcome](named(launch), place);
  return afterTime[outcome](named(launch), place, duration(timeline.totalMs), phaseWord(last.name));
}

/** The report's first line without a finding: what happened, and that no known cause fits. */
export function nothingFound(report: Report): string {
  const { failure } = report.timeline;
  const missed = report.outcome === "failed" || report.outcome === "stalled";
  return [
    ending(report),
    ...(failure === undefined ? [] : [sentence(firstLine(failure.text))]),
    missed ? say`No known cause fits.` : say`Nothing was found.`,
  ].join(" ");
}

/** How sure a finding is: "proven", or "likely, by documented output" where the fault was never made in a test. */
export function sureness({
  certainty,
  documented,
}: Pick<ReportedFinding, "certainty" | "documented">): string {
  const word = certaintyWord(certainty);
  return documented === true ? say`${word}, by documented output` : word;
}

function certaintyWord(certainty: ReportedFinding["certainty"]): string {
  if (certainty === "proven") return say`proven`;
  return certainty === "likely" ? say`likely` : say`possible`;
}

/** How sure a finding is and how it was observed: `Proven on build7: pid 4711 go: ….` */
export function observed(finding: ReportedFinding, host: HostName): string {
  const words = sureness(finding);
  const sure = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  const [first] = finding.evidence;
  if (first === undefined) return say`${sure} ${where(host)}.`;
  return say`${sure} ${where(host)}: ${sentence(firstLine(first))}`;
}

/** How much of the launch the findings account for; undefined where there is nothing to account for. */
export function explained({ timeline: { totalMs, explainedMs } }: Report): string | undefined {
  if (totalMs === 0 || explainedMs === 0) return undefined;
  return say`${duration(explainedMs)} of ${duration(totalMs)} explained.`;
}

/** The time that one finding accounts for. */
export function explainedWords({ phase, ms }: Explained): string {
  return phase === "editor"
    ? say`Explains ${duration(ms)} of the time before the launch.`
    : say`Explains ${duration(ms)} of ${phaseWord(phase)}.`;
}

const scopes: Readonly<Record<ReportedFix["scope"], () => string>> = {
  launch: () => say`acts on this launch configuration`,
  folder: () => say`acts on this folder`,
  user: () => say`acts on this user`,
  dlv: () => say`acts on this dlv only`,
  "until-reboot": () => say`acts on the machine until it reboots`,
  machine: () => say`acts on the machine for good`,
};

/** Where a fix acts, whether it needs root, and whether it can be taken back. */
export function terms({ scope, needsRoot, undo, kind }: ReportedFix): string {
  if (kind === "advice") return say`for a person to do`;
  const back = undo ? say`can be undone` : say`cannot be undone`;
  return [scopes[scope](), needsRoot ? say`needs root` : say`needs no root`, back].join(" · ");
}

/** A part of a phase, for example "compile 10.4 s (121)". */
export function partWords(part: Report["timeline"]["phases"][number]["parts"][number]): string {
  return `${part.name} ${duration(part.ms)} (${part.count})`;
}

/** Where a long build took longest: name, `compile`, `about 1.2 s`. Samples see about when a tool began and ended. */
export function slowestWords({ timeline: { phases } }: Report): (readonly [string, string, string])[] {
  return phases.flatMap(({ slowest = [] }) =>
    slowest.map(({ name, part, ms }) => [name, part, say`about ${duration(ms)}`] as const),
  );
}

/** What others wrote, ended like a sentence. */
function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function firstLine(text: string): string {
  return printable(text.trim().split("\n")[0] ?? "");
}
