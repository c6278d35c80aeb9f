import type { DapError, LaunchEvent } from "./event.ts";
import { type BuildPart, buildPart, compiledPackage, isDebuggee, type Sample } from "./process.ts";
import { isWorking, workBetween } from "./work.ts";

/** The phases of a launch, in order (docs/architecture.md). */
export const phaseNames = ["start", "handshake", "build", "load", "configure", "run"] as const;
export type PhaseName = (typeof phaseNames)[number];

/** How a launch ended; `undefined` in a timeline means that it is still going on. */
export type Outcome = "stopped" | "exited" | "failed" | "cancelled";

/** A part of the build: wall time (ms) in which it was the leading work, and how many items it handled. */
export interface Part {
  readonly name: BuildPart;
  readonly ms: number;
  readonly count: number;
}

/** One phase. Phases follow each other without gaps: each starts where the one before it ended. Times in ms. */
export interface Phase {
  readonly name: PhaseName;
  readonly startMs: number;
  readonly ms: number;
  readonly parts: readonly Part[];
}

/** The DAP error that ended the launch. */
export interface Failure extends DapError {
  readonly phase: PhaseName;
  readonly command: string;
}

/** A breakpoint as dlv answered it. `at` is FILE:LINE. */
export interface Breakpoint {
  readonly at: string;
  readonly verified: boolean;
  readonly message?: string;
}

/** The dlv that was run, as far as it got. */
export interface Dlv {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly listening?: string;
  readonly exit?: { readonly code: number | null; readonly signal: string | null };
}

/** What the events add up to. Texts are as recorded: capped, redacted. */
export interface Timeline {
  readonly totalMs: number;
  readonly phases: readonly Phase[];
  /** The phase that is going on; undefined once the launch is over. */
  readonly current?: PhaseName;
  readonly outcome?: Outcome;
  readonly failure?: Failure;
  /** The reason why the dlv program could not be started at all. */
  readonly spawnError?: { readonly errno: string; readonly text: string };
  readonly dlv?: Dlv;
  /** dlv's own stdout and stderr. */
  readonly said: string;
  /** Delve's "Build Error: …" output event, whole. */
  readonly buildError?: string;
  /** What the debugged program printed. */
  readonly printed: string;
  readonly packages?: { readonly done: number; readonly total: number };
  /** The package compiled last. */
  readonly compiling?: string;
  readonly breakpoints: readonly Breakpoint[];
  /** The newest sample, and since when (ms) nothing in it moved; 0 ms idle when it works. */
  readonly last?: Sample;
  readonly idleMs: number;
}

/** The timeline of a host that is examined without a launch. */
export const noTimeline: Timeline = {
  totalMs: 0,
  phases: [],
  said: "",
  printed: "",
  breakpoints: [],
  idleMs: 0,
};

/** The milliseconds that a launch spent in a phase; 0 where it never got there. */
export function spent(timeline: Timeline, phase: PhaseName): number {
  return timeline.phases.find((one) => one.name === phase)?.ms ?? 0;
}

/** Adds events up. `now` (ms since the launch was asked for) is where an unfinished phase is cut. */
export function replay(events: readonly LaunchEvent[], now?: number): Timeline {
  const marks = findMarks(events);
  const last = events.at(-1)?.t ?? 0;
  const end = marks.over?.t ?? Math.max(last, now ?? 0);
  const phases = cutPhases(marks, end, events);
  const current = marks.over === undefined ? phases.at(-1)?.name : undefined;
  const failure = findFailure(events, phases);
  const motion = findMotion(events, end);
  return {
    ...texts(events),
    totalMs: end,
    phases,
    ...(current !== undefined && { current }),
    ...(marks.over !== undefined && { outcome: marks.over.outcome }),
    ...(failure !== undefined && { failure }),
    ...motion,
  };
}

interface Marks {
  readonly starts: readonly { readonly name: PhaseName; readonly t: number }[];
  readonly over?: { readonly t: number; readonly outcome: Outcome };
}

function findMarks(events: readonly LaunchEvent[]): Marks {
  const starts: { name: PhaseName; t: number }[] = [{ name: "start", t: 0 }];
  const reached = () => phaseNames.indexOf(starts.at(-1)?.name ?? "start");
  const enter = (name: PhaseName, t: number) => {
    if (reached() < phaseNames.indexOf(name)) starts.push({ name, t });
  };
  let mode = "";
  let request = "";
  let building = false;
  for (const event of events) {
    const { t } = event;
    const over = outcomeOf(event, reached() >= phaseNames.indexOf("configure"));
    if (over !== undefined) return { starts, over: { t, outcome: over } };
    if (event.kind === "asked") ({ mode, request } = event.launch);
    else if (event.kind === "listening" || event.kind === "connected") enter("handshake", t);
    else if (event.kind === "request" && (event.command === "launch" || event.command === "attach"))
      enter(request === "launch" && (mode === "debug" || mode === "test") ? "build" : "load", t);
    else if (event.kind === "sample" && starts.at(-1)?.name === "build") {
      const { processes } = event.sample;
      const busy = processes.some((process) => buildPart(process) !== undefined);
      if (processes.some(isDebuggee) || (building && !busy && processes.length > 0)) enter("load", t);
      building ||= busy;
    } else if (event.kind === "event" && event.event === "initialized") enter("configure", t);
    else if (event.kind === "response" && event.success && event.command === "configurationDone")
      enter("run", t);
    else if (event.kind === "response" && event.success && event.command === request && reached() < 4) {
      // A noDebug launch sends no `initialized`: its response is the last thing before the program runs.
      if (!events.some((one) => one.kind === "event" && one.event === "initialized")) enter("run", t);
    }
  }
  return { starts };
}

/** Delve answers `launch` before `initialized` or after it, by version; a failure before that is the launch's. */
function outcomeOf(event: LaunchEvent, configuring: boolean): Outcome | undefined {
  if (event.kind === "cancelled") return "cancelled";
  if (event.kind === "spawn-failed") return "failed";
  if (event.kind === "exited" || event.kind === "lost") return configuring ? "exited" : "failed";
  if (event.kind === "event") {
    if (event.event === "stopped") return "stopped";
    if (event.event === "terminated" || event.event === "exited") return configuring ? "exited" : "failed";
  }
  if (
    event.kind === "response" &&
    !event.success &&
    ["initialize", "launch", "attach"].includes(event.command)
  )
    return "failed";
  return undefined;
}

function cutPhases(marks: Marks, end: number, events: readonly LaunchEvent[]): Phase[] {
  return marks.starts.map(({ name, t }, index) => {
    const stop = marks.starts[index + 1]?.t ?? end;
    return { name, startMs: t, ms: stop - t, parts: name === "build" ? buildParts(events, t, stop) : [] };
  });
}

/** What leads when several kinds of work run at once: the one that the others wait for at the end. */
const leading: readonly BuildPart[] = ["link", "cgo", "compile", "vet", "vcs", "download", "list"];

function buildParts(events: readonly LaunchEvent[], from: number, to: number): Part[] {
  const ms = new Map<BuildPart, number>();
  const items = new Map<BuildPart, Set<string>>();
  let before = from;
  let done = 0;
  for (const event of events) {
    if (event.t > to) break;
    if (event.kind === "packages") done = event.done;
    if (event.kind !== "sample" || event.t < from) continue;
    const busy = new Map(event.sample.processes.map((process) => [buildPart(process), process]));
    const leader = leading.find((part) => busy.has(part));
    if (leader !== undefined) ms.set(leader, (ms.get(leader) ?? 0) + event.t - before);
    for (const process of event.sample.processes) {
      const part = buildPart(process);
      if (part === undefined) continue;
      const seen = items.get(part) ?? new Set();
      items.set(part, seen.add(compiledPackage(process) ?? String(process.pid)));
    }
    before = event.t;
  }
  return [...ms].map(([name, time]) => {
    const seen = items.get(name)?.size ?? 0;
    return { name, ms: time, count: name === "compile" ? Math.max(done, seen) : seen };
  });
}

function findFailure(events: readonly LaunchEvent[], phases: readonly Phase[]): Failure | undefined {
  const failed = events.find(
    (event) =>
      event.kind === "response" &&
      !event.success &&
      ["initialize", "launch", "attach"].includes(event.command),
  );
  if (failed?.kind !== "response" || failed.error === undefined) return undefined;
  return { ...failed.error, command: failed.command, phase: phases.at(-1)?.name ?? "start" };
}

/** Since when nothing moved: no CPU, no bytes, no process come or gone, no package done, no message. */
function findMotion(events: readonly LaunchEvent[], end: number): Pick<Timeline, "idleMs" | "last"> {
  let moved = 0;
  let before: { t: number; sample: Sample } | undefined;
  for (const event of events) {
    if (event.kind === "sample") {
      const ms = event.t - (before?.t ?? 0);
      if (before === undefined || isWorking(workBetween(before.sample, event.sample), ms)) moved = event.t;
      before = { t: event.t, sample: event.sample };
    } else moved = event.t;
  }
  return { idleMs: Math.max(0, end - moved), ...(before !== undefined && { last: before.sample }) };
}

function texts(events: readonly LaunchEvent[]): Pick<Timeline, "said" | "printed" | "breakpoints"> {
  let said = "";
  let printed = "";
  const more: { -readonly [K in keyof Timeline]?: Timeline[K] } = {};
  const breakpoints = new Map<string, Breakpoint>();
  for (const event of events) {
    if (event.kind === "said") said += event.text;
    else if (event.kind === "output" && event.text.startsWith("Build Error:")) more.buildError = event.text;
    else if (event.kind === "output" && event.category !== "console") printed += event.text;
    else if (event.kind === "packages") more.packages = { done: event.done, total: event.total };
    else if (event.kind === "breakpoint") breakpoints.set(event.at, breakpointOf(event));
    else if (event.kind === "spawned") more.dlv = { pid: event.pid, argv: event.argv, cwd: event.cwd };
    else if (event.kind === "spawn-failed") more.spawnError = { errno: event.errno, text: event.text };
    else if (event.kind === "listening" && more.dlv) more.dlv = { ...more.dlv, listening: event.address };
    else if (event.kind === "exited" && more.dlv)
      more.dlv = { ...more.dlv, exit: { code: event.code, signal: event.signal } };
    else if (event.kind === "sample") {
      const newest = event.sample.processes.findLast((process) => compiledPackage(process) !== undefined);
      if (newest !== undefined) more.compiling = compiledPackage(newest) ?? "";
    }
  }
  return { ...more, said, printed, breakpoints: [...breakpoints.values()] };
}

function breakpointOf(event: Breakpoint): Breakpoint {
  const { at, verified, message } = event;
  return { at, verified, ...(message !== undefined && { message }) };
}
