import type { LaunchEvent } from "../core/event.ts";
import { leadingPart, type Part, type Phase } from "../core/phases.ts";
import type { ProcessSample, Sample } from "../core/process.ts";
import type { Timeline } from "../core/timeline.ts";
import { workBetween } from "../core/work.ts";

/** Something that lasts, in ms since the launch was asked for. `cat` where it is not its track's. */
export interface Span {
  readonly name: string;
  readonly cat?: string;
  readonly from: number;
  readonly to: number;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Something that happens, in ms since the launch was asked for. */
export interface Instant {
  readonly name: string;
  readonly t: number;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What a counter shows from `t` (ms since the launch was asked for) until its next reading. */
export interface Reading {
  readonly t: number;
  readonly values: Readonly<Record<string, number>>;
}

interface Seen {
  readonly t: number;
  readonly sample: Sample;
}

/** How long (ms) nothing must have been recorded to be shown as silence: as long as a stall needs at least. */
const silentMs = 2000;

/** The phases, the leading work of a build inside its phase, and what happened to dlv. */
export function phaseSpans(
  phases: readonly Phase[],
  events: readonly LaunchEvent[],
): { spans: Span[]; instants: Instant[] } {
  return {
    spans: phases.flatMap((phase) => {
      const { name, startMs, ms, parts } = phase;
      const whole = { name, from: startMs, to: startMs + ms, args: countsOf(parts) };
      return name === "build" ? [whole, ...partSpans(whole, events)] : [whole];
    }),
    instants: events.flatMap((event) => lifeOf(event) ?? []),
  };
}

function countsOf(parts: readonly Part[]): Readonly<Record<string, number>> {
  return Object.fromEntries(parts.map(({ name, count }) => [name, count]));
}

/** What leads in a build, by the samples; each speaks for the time until the next one, as in the phase's parts. */
function partSpans({ from, to }: Span, events: readonly LaunchEvent[]): Span[] {
  const spans: Span[] = [];
  const samples = samplesOf(events).filter(({ t }) => t >= from && t < to);
  samples.forEach(({ t, sample }, index) => {
    const name = leadingPart(sample);
    if (name === undefined) return;
    const since = index === 0 ? from : t;
    const until = samples[index + 1]?.t ?? to;
    const last = spans.at(-1);
    if (last?.name === name && last.to === since) spans[spans.length - 1] = { ...last, to: until };
    else spans.push({ name, cat: "part", from: since, to: until, args: {} });
  });
  return spans;
}

function lifeOf(event: LaunchEvent): Instant | undefined {
  const { t } = event;
  if (event.kind === "spawned") return { name: "dlv started", t, args: { pid: event.pid } };
  if (event.kind === "listening") return { name: "dlv listens", t, args: { address: event.address } };
  if (event.kind === "connected") return { name: "connected", t, args: { address: event.address } };
  if (event.kind === "exited")
    return { name: "dlv ended", t, args: { code: event.code, signal: event.signal } };
  if (event.kind === "spawn-failed") return { name: "dlv not started", t, args: { errno: event.errno } };
  if (event.kind === "cancelled") return { name: "cancelled", t, args: { by: event.by } };
  if (event.kind === "lost") return { name: "lost", t, args: { side: event.side, because: event.because } };
  if (event.kind === "bypassed") return { name: "no longer watched", t, args: { because: event.because } };
  return undefined;
}

/**
 * Where nothing was recorded for two seconds before the program ran. A sample in which nothing moved is not recorded, so
 * where samples are taken it is dlv's whole tree that stood still. A measured round trip is no motion.
 */
export function silences(events: readonly LaunchEvent[], { phases, totalMs, last }: Timeline): Span[] {
  const name = last === undefined ? "no message" : "nothing moved";
  const runs = phases.find((phase) => phase.name === "run")?.startMs ?? totalMs;
  const times = events.flatMap(({ kind, t }) => (kind !== "link" && t < runs ? t : []));
  return times.flatMap((from, index) => {
    const to = times[index + 1] ?? runs;
    return to - from < silentMs ? [] : { name, from, to, args: {} };
  });
}

/** What the client asked, from the request to its response; to `end` (ms) where none came. */
export function requestSpans(events: readonly LaunchEvent[], end: number): Span[] {
  const answers = new Map(
    events.flatMap((event) => (event.kind === "response" ? [[`${event.seq} ${event.command}`, event]] : [])),
  );
  return events.flatMap((event) => {
    if (event.kind !== "request") return [];
    const { command: name, seq, t: from } = event;
    const answer = answers.get(`${seq} ${name}`);
    if (answer === undefined) return { name, from, to: Math.max(from, end), args: { seq, answered: false } };
    const { success, error } = answer;
    return {
      name,
      from,
      to: Math.max(from, answer.t),
      args: { seq, success, ...(error && { error: error.text }) },
    };
  });
}

/** The events that dlv sent. */
export function instants(events: readonly LaunchEvent[]): Instant[] {
  return events.flatMap((event) => {
    if (event.kind !== "event") return [];
    const { event: name, t, reason, exitCode } = event;
    return {
      name,
      t,
      args: { ...(reason !== undefined && { reason }), ...(exitCode !== undefined && { exitCode }) },
    };
  });
}

/**
 * Every process of dlv's tree that was sampled: from the first sample that has it to the first that has not, or to `end`
 * (ms) or the last sample. It is shown late by up to one interval between samples, and one that lived between two of them is not shown.
 */
export function processSpans(events: readonly LaunchEvent[], end: number): Span[] {
  const samples = samplesOf(events);
  const open = new Map<number, { from: number; last: ProcessSample }>();
  const spans: Span[] = [];
  const close = (to: number, stays: (process: ProcessSample) => boolean) => {
    for (const [pid, { from, last }] of open) {
      if (stays(last)) continue;
      const { ppid, cpuMs, ioBytes } = last;
      const args = { pid, ppid, cpuMs, ...(ioBytes !== undefined && { ioBytes }) };
      spans.push({ name: processName(last), from, to: Math.max(from, to), args });
      open.delete(pid);
    }
  };
  for (const { t, sample } of samples) {
    const now = new Map(sample.processes.map((process) => [process.pid, process]));
    // A process that has used less CPU than before is another one with its id.
    close(t, (last) => (now.get(last.pid)?.cpuMs ?? -1) >= last.cpuMs);
    for (const [pid, process] of now) {
      const before = open.get(pid);
      // Between fork and exec a tool bears its parent's name: the last look knows best, unless the tool has ended by then.
      const { argv = [], name } = before?.last ?? {};
      const last = process.argv.length === 0 && process.name === name ? { ...process, argv } : process;
      open.set(pid, { from: before?.from ?? t, last });
    }
  }
  close(Math.max(end, samples.at(-1)?.t ?? 0), () => false);
  return spans.sort((a, b) => a.from - b.from || b.to - a.to);
}

/** A process by what it is about: "compile fmt", "go build", "git fetch"; else by its name alone. */
function processName({ name, argv }: ProcessSample): string {
  const value = (flag: string) => (argv.includes(flag) ? argv[argv.indexOf(flag) + 1] : undefined);
  const about: Readonly<Record<string, () => string | undefined>> = {
    compile: () => value("-p"),
    asm: () => value("-p"),
    cgo: () => value("-importpath"),
    go: () => verb(argv),
    git: () => verb(argv),
  };
  const what = Object.hasOwn(about, name) ? about[name]?.() : undefined;
  return what === undefined ? name : `${name} ${what}`;
}

/** The first word that is no option; git's -c and -C and go's -C take the next word (git(1), `go help build`). */
function verb(argv: readonly string[]): string | undefined {
  return argv.find(
    (word, index) => index > 0 && !word.startsWith("-") && !/^-[cC]$/.test(argv[index - 1] ?? ""),
  );
}

/** How many packages are compiled, and how many are left to compile. */
export function packageCounts(events: readonly LaunchEvent[]): Reading[] {
  return events.flatMap((event) => {
    if (event.kind !== "packages") return [];
    return { t: event.t, values: { done: event.done, left: Math.max(0, event.total - event.done) } };
  });
}

/**
 * How many cores the tree kept busy between two samples, shown from the first of them on. What a process did after the last
 * sample that has it is not known; nothing is said of the time after the last sample.
 */
export function busyCores(events: readonly LaunchEvent[]): Reading[] {
  const samples = samplesOf(events);
  const readings = samples.slice(1).flatMap(({ t, sample }, index): Reading[] => {
    const before = samples[index];
    if (before === undefined || t <= before.t) return [];
    const cores = workBetween(before.sample, sample).cpuMs / (t - before.t);
    return [{ t: before.t, values: { cores: Math.round(cores * 100) / 100 } }];
  });
  const last = samples.at(-1)?.t;
  return last === undefined || readings.length === 0 ? [] : [...readings, { t: last, values: { cores: 0 } }];
}

/** Deals spans out so that none overlaps another of its lane, each to the first lane that is free; few lanes for few at once. */
export function lanes(spans: readonly Span[]): Span[][] {
  const all: Span[][] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const free = all.find((lane) => (lane.at(-1)?.to ?? 0) <= span.from);
    if (free === undefined) all.push([span]);
    else free.push(span);
  }
  return all;
}

function samplesOf(events: readonly LaunchEvent[]): Seen[] {
  return events.flatMap((event) => (event.kind === "sample" ? { t: event.t, sample: event.sample } : []));
}
