import { compiledCount, isSameConfiguration, type PastLaunch, reached } from "./history.ts";
import { type PhaseName, phaseNames } from "./phases.ts";
import type { BuildPart } from "./process.ts";

/** What of a launch is timed: all until the program runs, a phase, or a part of the build. */
export type MeasureName = "all" | PhaseName | BuildPart;

/** One time of two launches, in ms. `beyond`: they differ by more than such launches vary. */
export interface Measured {
  readonly name: MeasureName;
  readonly isPart: boolean;
  readonly before?: number;
  readonly after?: number;
  readonly beyond: boolean;
}

/** What is not the same with the later launch, besides its times. */
export type Changed =
  | { readonly kind: "go" | "dlv"; readonly from: string; readonly to: string }
  | { readonly kind: "host"; readonly from: PastLaunch["host"]; readonly to: PastLaunch["host"] }
  | { readonly kind: "packages"; readonly from: number; readonly to: number }
  | { readonly kind: "cause"; readonly id: string; readonly isNew: boolean };

/** Two launches of a configuration side by side. */
export interface Difference {
  readonly before: PastLaunch;
  readonly after: PastLaunch;
  readonly rows: readonly Measured[];
  /** What changed most of all that changed beyond the usual; undefined where nothing did. `ms` is negative where it is faster now. */
  readonly most?: { readonly name: MeasureName; readonly ms: number };
  readonly changed: readonly Changed[];
}

/** A configuration that takes another time since a version of a tool. Times are medians, in ms. */
export interface Shift {
  readonly name: MeasureName;
  readonly before: number;
  readonly after: number;
  /** How many launches there are on each side. */
  readonly counts: readonly [number, number];
  readonly since: readonly Extract<Changed, { kind: "go" | "dlv" }>[];
}

/** How many launches it takes to know what is usual. */
const enough = 3;

/**
 * Compares two launches. What a difference must exceed is learned from the other launches of the configuration on the
 * machine of the later one that came to their goal before it.
 */
export function differenceOf(before: PastLaunch, after: PastLaunch, all: readonly PastLaunch[]): Difference {
  const others = all.filter(
    (one) => one !== before && one !== after && one.at < after.at && isComparable(one, after),
  );
  const comparable = reached(before) && reached(after);
  const rows = measuresOf([before, after]).map(({ name, isPart }): Measured => {
    const [old, now] = [timeOf(before, name), timeOf(after, name)];
    const ms = Math.abs((now ?? 0) - (old ?? 0));
    return {
      ...{ name, isPart },
      ...(old !== undefined && { before: old }),
      ...(now !== undefined && { after: now }),
      beyond: comparable && ms > noiseOf(others, name, old ?? 0),
    };
  });
  const most = mostOf(rows);
  return { before, after, rows, ...(most && { most }), changed: changesOf(before, after) };
}

/**
 * Whether launches of the configuration of `last` take another time since the version of go or dlv that it has: the
 * medians of at least three launches on each side of the change differ by more than the launches on either side vary.
 */
export function shiftOf(all: readonly PastLaunch[], last: PastLaunch): Shift | undefined {
  const mine = all.filter((one) => isComparable(one, last) && knowsAsMuch(one, last));
  const start = sameTools(mine);
  const newest = mine.slice(start);
  const earlier = mine.slice(0, start);
  const older = earlier.slice(sameTools(earlier));
  const since = toolsOf(older.at(-1), newest[0]);
  if (older.length < enough || newest.length < enough || since.length === 0) return undefined;
  const rows = measuresOf(newest).map(({ name, isPart }): Measured => {
    const [old, now] = [older, newest].map((some) => median(timesOf(some, name)));
    const noise = Math.max(noiseOf(older, name, old ?? 0), noiseOf(newest, name, old ?? 0));
    return {
      ...{ name, isPart },
      ...(old !== undefined && { before: old }),
      ...(now !== undefined && { after: now }),
      beyond: Math.abs((now ?? 0) - (old ?? 0)) > noise,
    };
  });
  const most = mostOf(rows);
  const row = rows.find(({ name }) => name === most?.name);
  if (row === undefined) return undefined;
  const { name, before = 0, after = 0 } = row;
  return { name, before, after, counts: [older.length, newest.length], since };
}

/** Where the newest launches begin that all had the same tools. */
function sameTools(launches: readonly PastLaunch[]): number {
  return Math.max(
    0,
    launches.findLastIndex((one, at) => at > 0 && toolsOf(launches[at - 1], one).length > 0),
  );
}

/** Where a version is not known nobody can say whether it changed there. */
function knowsAsMuch(one: PastLaunch, other: PastLaunch): boolean {
  return (["go", "dlv"] as const).every((tool) => other[tool] === undefined || one[tool] !== undefined);
}

/**
 * The parts say where a phase's time went, so a phase with parts, or all, is named only where none of these stands out. One that
 * went the other way than the whole launch does not say why that took longer.
 */
function mostOf(rows: readonly Measured[]): Difference["most"] {
  const changeOf = ({ before = 0, after = 0 }: Measured) => after - before;
  const whole = rows.filter(({ name }) => name === "all").reduce((sum, one) => sum + changeOf(one), 0);
  const changes = rows
    .filter((one) => one.beyond && changeOf(one) * whole >= 0)
    .map((one) => ({ name: one.name, ms: changeOf(one) }))
    .sort((one, other) => Math.abs(other.ms) - Math.abs(one.ms));
  return changes.find(({ name }) => name !== "all" && name !== "build") ?? changes.at(-1);
}

/** All, the phases in their order, and the parts behind their phase: what any of these launches has. */
function measuresOf(launches: readonly PastLaunch[]): { name: MeasureName; isPart: boolean }[] {
  const phases = launches.flatMap((one) => one.phases);
  const named = phaseNames.flatMap((name) => {
    const same = phases.filter((phase) => phase.name === name);
    const parts = new Set(same.flatMap((phase) => phase.parts.map((part) => part.name)));
    if (same.length === 0) return [];
    return [{ name, isPart: false }, ...[...parts].map((part) => ({ name: part, isPart: true }))];
  });
  return [...named, { name: "all", isPart: false }];
}

function timeOf({ totalMs, phases }: PastLaunch, name: MeasureName): number | undefined {
  if (name === "all") return totalMs;
  return [...phases, ...phases.flatMap(({ parts }) => parts)].find((one) => one.name === name)?.ms;
}

/** A part that a launch does not have took it no time. */
function timesOf(launches: readonly PastLaunch[], name: MeasureName): number[] {
  return launches.map((one) => timeOf(one, name) ?? 0);
}

/**
 * By how much (ms) two launches may differ that nothing happened to. Six times the median deviation from the median: of two
 * launches of the same kind, whose times vary as a bell curve, one pair in 200 differs by more. Never below a tenth of the time
 * and 50 ms, which a busy moment of the machine makes. Where too few launches are known: half the time, and one second.
 */
function noiseOf(launches: readonly PastLaunch[], name: MeasureName, ms: number): number {
  if (launches.length < enough) return Math.max(1000, ms / 2);
  const times = timesOf(launches, name);
  const middle = median(times) ?? 0;
  const deviation = median(times.map((time) => Math.abs(time - middle))) ?? 0;
  return Math.max(6 * deviation, ms / 10, 50);
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function isComparable(one: PastLaunch, other: PastLaunch): boolean {
  return reached(one) && isSameConfiguration(one, other) && isSameHost(one, other);
}

/** A machine may call itself otherwise in another network, and a container in each of its lives. */
function isSameHost({ host: one }: PastLaunch, { host: other }: PastLaunch): boolean {
  return one.kind === other.kind && (one.kind === "local" || one.name === other.name);
}

/** The tools whose version is known of both launches and is not the same. */
function toolsOf(before?: PastLaunch, after?: PastLaunch): Shift["since"] {
  return (["go", "dlv"] as const).flatMap((kind) => {
    const [from, to] = [before?.[kind], after?.[kind]];
    return from === undefined || to === undefined || from === to ? [] : [{ kind, from, to }];
  });
}

function changesOf(before: PastLaunch, after: PastLaunch): Changed[] {
  const [from, to] = [compiledCount(before), compiledCount(after)];
  const causes = (one: PastLaunch) => new Set(one.causes.map(({ id }) => id));
  const [old, now] = [causes(before), causes(after)];
  return [
    ...toolsOf(before, after),
    ...(isSameHost(before, after) ? [] : [{ kind: "host", from: before.host, to: after.host } as const]),
    ...(from === to ? [] : [{ kind: "packages", from, to } as const]),
    ...[...now].filter((id) => !old.has(id)).map((id) => ({ kind: "cause", id, isNew: true }) as const),
    ...[...old].filter((id) => !now.has(id)).map((id) => ({ kind: "cause", id, isNew: false }) as const),
  ];
}
