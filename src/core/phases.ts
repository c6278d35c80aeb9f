import type { LaunchEvent } from "./event.ts";
import {
  type BuildPart,
  buildPart,
  compiledPackage,
  isDebuggee,
  type ProcessSample,
  type Sample,
} from "./process.ts";
import { type SlowPackage, slowestPackages } from "./slowest.ts";

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
  /** Of a long build that is over: where it took longest. */
  readonly slowest?: readonly SlowPackage[];
}

/** How long (ms) it took until the program ran: how long it ran on before its first stop is its own affair. */
export function launchMs(phases: readonly Pick<Phase, "name" | "ms">[]): number {
  return phases.reduce((sum, { name, ms }) => (name === "run" ? sum : sum + ms), 0);
}

/** Where each phase began, and where the launch was over, in ms. */
export interface Marks {
  readonly starts: readonly { readonly name: PhaseName; readonly t: number }[];
  readonly over?: { readonly t: number; readonly outcome: Outcome };
}

/** Reads the phases' beginnings off the events. A phase that was skipped (no build in an attach) has none. */
export function findMarks(events: readonly LaunchEvent[]): Marks {
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
      building ||= processes.some(isBuild);
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

/** dlv also asks `go version` now and then: only the build itself marks the end of the build. */
function isBuild(process: ProcessSample): boolean {
  return process.name === "go" && (process.argv[1] === "build" || process.argv[1] === "test");
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

/** The phases up to `end` (ms), each with its parts. */
export function cutPhases(marks: Marks, end: number, events: readonly LaunchEvent[]): Phase[] {
  return marks.starts.map(({ name, t }, index) => {
    const next = marks.starts[index + 1]?.t;
    const stop = next ?? end;
    const phase = { name, startMs: t, ms: stop - t };
    if (name !== "build") return { ...phase, parts: [] };
    const isOver = next !== undefined || marks.over !== undefined;
    const slowest = isOver ? slowestPackages(events, t, stop) : [];
    return { ...phase, parts: buildParts(events, t, stop), ...(slowest.length > 0 && { slowest }) };
  });
}

/** What leads when several kinds of work run at once: the one that the others wait for at the end. */
const leading: readonly BuildPart[] = ["link", "cgo", "compile", "vet", "vcs", "download", "list"];

/** The part of the build that leads in a sample; undefined where none is at work. */
export function leadingPart({ processes }: Sample): BuildPart | undefined {
  const parts = new Set(processes.map(buildPart));
  return leading.find((part) => parts.has(part));
}

/** A sample speaks for the time until the next one, because a sample in which nothing moved is not recorded. */
function buildParts(events: readonly LaunchEvent[], from: number, to: number): Part[] {
  const ms = new Map<BuildPart, number>();
  const items = new Map<BuildPart, Set<string>>();
  const samples = events.flatMap((event) =>
    event.kind === "sample" && event.t >= from && event.t < to ? event : [],
  );
  samples.forEach(({ sample, t }, index) => {
    const leader = leadingPart(sample);
    const since = index === 0 ? from : t;
    if (leader !== undefined) ms.set(leader, (ms.get(leader) ?? 0) + (samples[index + 1]?.t ?? to) - since);
    for (const process of sample.processes) {
      const part = buildPart(process);
      if (part === undefined) continue;
      items.set(part, (items.get(part) ?? new Set()).add(compiledPackage(process) ?? String(process.pid)));
    }
  });
  const done = events.reduce(
    (most, event) => (event.kind === "packages" ? Math.max(most, event.done) : most),
    0,
  );
  return [...ms].map(([name, time]) => {
    const seen = items.get(name)?.size ?? 0;
    return { name, ms: time, count: name === "compile" ? Math.max(done, seen) : seen };
  });
}
