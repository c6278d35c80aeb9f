import type { DapError, LaunchEvent } from "./event.ts";
import { type GoroutineList, listAtStop } from "./goroutineList.ts";
import { type Link, linkOf } from "./link.ts";
import { cutPhases, findMarks, type Outcome, type Phase, type PhaseName } from "./phases.ts";
import { compiledPackage, type Sample } from "./process.ts";
import { type Unanswered, unansweredBreakpoints } from "./unanswered.ts";
import { isWorking, workBetween } from "./work.ts";

/** The DAP error that ended the launch. */
export interface Failure extends DapError {
  readonly phase: PhaseName;
  readonly command: string;
}

/** A breakpoint as dlv answered it last. `at` is FILE:LINE, or the function's name. */
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
  /** How it ended; `ours` where we ended it. */
  readonly exit?: { readonly code: number | null; readonly signal: string | null; readonly ours?: true };
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
  /** Where a dlv in a terminal is to dial back to. */
  readonly awaiting?: string;
  /** dlv's own stdout and stderr. */
  readonly said: string;
  /** Delve's "Build Error: …" output event, whole. */
  readonly buildError?: string;
  /** What the debugged program printed. */
  readonly printed: string;
  /** How the debugged program ended, as Delve tells it: the negative number of the signal where one did it. */
  readonly exitCode?: number;
  readonly packages?: { readonly done: number; readonly total: number };
  /** The package compiled last, and all that compilers were seen at work on. */
  readonly compiling?: string;
  readonly compiled?: readonly string[];
  readonly breakpoints: readonly Breakpoint[];
  /** Requests about breakpoints that dlv has not answered, where there are any. */
  readonly unanswered?: readonly Unanswered[];
  /** The editor's first list of goroutines at the stop, where it has asked for it. */
  readonly goroutines?: GoroutineList;
  /** The newest sample, and since when (ms) nothing in it moved; 0 ms idle when it works. */
  readonly last?: Sample;
  readonly idleMs: number;
  /** The connection to the host, and the DAP stream through somebody's tunnel, where there is one. */
  readonly link?: Link;
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
  const link = linkOf(events);
  const goroutines = listAtStop(events, Math.max(last, now ?? 0));
  const unanswered = unansweredBreakpoints(events, end);
  return {
    ...texts(events),
    totalMs: end,
    phases,
    ...(current !== undefined && { current }),
    ...(marks.over !== undefined && { outcome: marks.over.outcome }),
    ...(failure !== undefined && { failure }),
    ...(unanswered.length > 0 && { unanswered }),
    ...motion,
    ...(goroutines !== undefined && { goroutines }),
    ...(link !== undefined && { link }),
  };
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

/** Since when nothing moved: no CPU, no bytes, no process come or gone, no package done, no message. A measured round trip is no motion. */
function findMotion(events: readonly LaunchEvent[], end: number): Pick<Timeline, "idleMs" | "last"> {
  let moved = 0;
  let before: { t: number; sample: Sample } | undefined;
  for (const event of events) {
    if (event.kind === "sample") {
      const ms = event.t - (before?.t ?? 0);
      if (before === undefined || isWorking(workBetween(before.sample, event.sample), ms)) moved = event.t;
      before = { t: event.t, sample: event.sample };
    } else if (event.kind !== "link") moved = event.t;
  }
  return { idleMs: Math.max(0, end - moved), ...(before !== undefined && { last: before.sample }) };
}

function texts(events: readonly LaunchEvent[]): Pick<Timeline, "said" | "printed" | "breakpoints"> {
  const compiled = new Set<string>();
  let said = "";
  let printed = "";
  const more: { -readonly [K in keyof Timeline]?: Timeline[K] } = {};
  const breakpoints = new Map<string, Breakpoint>();
  for (const event of events) {
    if (event.kind === "said") said += event.text;
    else if (event.kind === "output" && event.text.startsWith("Build Error:")) more.buildError = event.text;
    else if (event.kind === "output" && event.category !== "console") printed += event.text;
    else if (event.kind === "event" && event.exitCode !== undefined) more.exitCode = event.exitCode;
    else if (event.kind === "packages") more.packages = { done: event.done, total: event.total };
    else if (event.kind === "breakpoint" && event.gone) breakpoints.delete(event.at);
    else if (event.kind === "breakpoint") breakpoints.set(event.at, breakpointOf(event));
    else if (event.kind === "spawned") more.dlv = { pid: event.pid, argv: event.argv, cwd: event.cwd };
    else if (event.kind === "spawn-failed") more.spawnError = { errno: event.errno, text: event.text };
    else if (event.kind === "awaiting") more.awaiting = event.address;
    else if (event.kind === "listening" && more.dlv) more.dlv = { ...more.dlv, listening: event.address };
    else if (event.kind === "exited" && more.dlv) more.dlv = { ...more.dlv, exit: exitOf(event) };
    else if (event.kind === "sample") {
      const packages = event.sample.processes.flatMap((process) => compiledPackage(process) ?? []);
      const newest = packages.at(-1);
      if (newest !== undefined) more.compiling = newest;
      for (const one of packages) compiled.add(one);
    }
  }
  if (compiled.size > 0) more.compiled = [...compiled];
  return { ...more, said, printed, breakpoints: [...breakpoints.values()] };
}

function exitOf({ code, signal, ours }: NonNullable<Dlv["exit"]>): NonNullable<Dlv["exit"]> {
  return { code, signal, ...(ours && { ours }) };
}

function breakpointOf(event: Breakpoint): Breakpoint {
  const { at, verified, message } = event;
  return { at, verified, ...(message !== undefined && { message }) };
}
