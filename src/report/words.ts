import type { Explained } from "../core/cause.ts";
import type { HostName } from "../core/host.ts";
import { printable } from "./printable.ts";
import type { Report, ReportedFinding, ReportedFix } from "./report.ts";

/** Time before a launch that is worth a word, in ms. */
const toldMs = 1000;

/** A time (ms) as a person reads it: "96 ms", "11.4 s", "2 min 05 s". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** Below 10 ms the first digit behind the point still tells two networks apart. */
export function roundTrip(ms: number): string {
  return ms < 10 ? `${ms.toFixed(1)} ms` : duration(ms);
}

/** Where something was seen: "on build7", "in container api", "in pod shop/api". */
export function where({ kind, name }: HostName): string {
  if (kind === "kubectl") return `in pod ${printable(name)}`;
  return kind === "docker" || kind === "podman" ? `in container ${printable(name)}` : `on ${printable(name)}`;
}

/** What was launched, for example `"Server" (debug)`. */
function named({ name, mode }: Report["launch"]): string {
  return name === "" ? `(${printable(mode)})` : `"${printable(name)}" (${printable(mode)})`;
}

const ends: Readonly<Record<Report["outcome"], string>> = {
  initialized: "was ready to run",
  stopped: "reached its stop",
  exited: "ran to its end",
  failed: "failed",
  stalled: "is stalled",
  cancelled: "was cancelled",
  diagnosed: "was looked at without a launch",
};

/** What VS Code waits for, before dlv: `for the task "watch"`. */
export function awaited({ waits, tasks }: Pick<NonNullable<Report["before"]>, "waits" | "tasks">): string {
  const names = tasks.flatMap(({ name, running }) => (running ? [`"${printable(name)}"`] : []));
  if (waits === "task" && names.length > 0)
    return `for ${names.length === 1 ? "the task" : "the tasks"} ${names.join(" and ")}`;
  return waits === "resolve" ? "for the Go extension" : "in VS Code";
}

/** The editor's time before a launch: `VS Code took 5.2 s, of these 5.0 s in task "build".` Undefined where it is no matter. */
export function beforeWords({ before }: Report): string | undefined {
  if (before === undefined || before.ms < toldMs) return undefined;
  const named = before.tasks.map(({ name, ms }) => `${duration(ms)} in task "${printable(name)}"`);
  const tasks = named.length === 0 ? "" : `, of these ${named.join(" and ")}`;
  return `VS Code took ${duration(before.ms)}${tasks}.`;
}

/** How it ended, in one sentence: `"Server" (debug) is stalled in build after 14.0 s on build7.` */
export function ending(report: Report): string {
  const { outcome, timeline, launch, host, before } = report;
  if (before?.waits !== undefined)
    return `${named(launch)} has waited for ${duration(before.ms)} ${awaited(before)}; dlv was not asked for ${where(host)}.`;
  const phase = outcome === "failed" || outcome === "stalled" ? timeline.phases.at(-1)?.name : undefined;
  const inPhase = phase === undefined ? "" : ` in ${phase}`;
  const how =
    outcome === "diagnosed" && timeline.phases.length > 0
      ? "was looked at while it was launching,"
      : ends[outcome];
  const after = timeline.phases.length === 0 ? "" : ` after ${duration(timeline.totalMs)}`;
  const away = host.rttMs === undefined ? "" : ` (round trip ${roundTrip(host.rttMs)})`;
  return `${named(launch)} ${how}${inPhase}${after} ${where(host)}${away}.`;
}

/** The report's first line without a finding: what happened, and that no known cause fits. */
export function nothingFound(report: Report): string {
  const { failure } = report.timeline;
  const text = failure === undefined ? "" : ` ${sentence(firstLine(failure.text))}`;
  const missed = report.outcome === "failed" || report.outcome === "stalled";
  return `${ending(report)}${text} ${missed ? "No known cause fits." : "Nothing was found."}`;
}

/** How sure a finding is: "proven", or "likely, by documented output" where the fault was never made in a test. */
export function sureness({
  certainty,
  documented,
}: Pick<ReportedFinding, "certainty" | "documented">): string {
  return documented === true ? `${certainty}, by documented output` : certainty;
}

/** How sure a finding is and how it was observed: `Proven on build7: pid 4711 go: ….` */
export function observed(finding: ReportedFinding, host: HostName): string {
  const words = sureness(finding);
  const sure = `${words.charAt(0).toUpperCase()}${words.slice(1)} ${where(host)}`;
  const [first] = finding.evidence;
  return first === undefined ? `${sure}.` : `${sure}: ${sentence(firstLine(first))}`;
}

/** How much of the launch the findings account for; undefined where there is nothing to account for. */
export function explained({ timeline: { totalMs, explainedMs } }: Report): string | undefined {
  if (totalMs === 0 || explainedMs === 0) return undefined;
  return `${duration(explainedMs)} of ${duration(totalMs)} explained.`;
}

/** The time that one finding accounts for. */
export function explainedWords({ phase, ms }: Explained): string {
  return `Explains ${duration(ms)} of ${phase === "editor" ? "the time before the launch" : phase}.`;
}

const scopes: Readonly<Record<ReportedFix["scope"], string>> = {
  launch: "acts on this launch configuration",
  folder: "acts on this folder",
  user: "acts on this user",
  dlv: "acts on this dlv only",
  "until-reboot": "acts on the machine until it reboots",
  machine: "acts on the machine for good",
};

/** Where a fix acts, whether it needs root, and whether it can be taken back. */
export function terms({ scope, needsRoot, undo, kind }: ReportedFix): string {
  if (kind === "advice") return "for a person to do";
  const back = undo ? "can be undone" : "cannot be undone";
  return `${scopes[scope]} · ${needsRoot ? "needs root" : "needs no root"} · ${back}`;
}

/** A part of a phase, for example "compile 10.4 s (121)". */
export function partWords(part: Report["timeline"]["phases"][number]["parts"][number]): string {
  return `${part.name} ${duration(part.ms)} (${part.count})`;
}

/** Where a long build took longest: name, `compile`, `about 1.2 s`. Samples see about when a tool began and ended. */
export function slowestWords({ timeline: { phases } }: Report): (readonly [string, string, string])[] {
  return phases.flatMap(({ slowest = [] }) =>
    slowest.map(({ name, part, ms }) => [name, part, `about ${duration(ms)}`] as const),
  );
}

/** What others wrote, ended like a sentence. */
function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function firstLine(text: string): string {
  return printable(text.trim().split("\n")[0] ?? "");
}
