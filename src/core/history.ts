import type { HostKind, HostName } from "./host.ts";
import { recordOf } from "./json.ts";
import { type Launch, textOf } from "./launch.ts";
import { launchMs, type Outcome, type Part, type PhaseName, phaseNames } from "./phases.ts";

/** How many launches of a workspace are remembered. */
const kept = 50;

/** How many of a launch's causes are remembered, the best first, and how long (characters) a sentence of one may be. */
const keptCauses = 3;
const keptSentence = 300;

/** A phase of a remembered launch. Times in ms. */
export interface PastPhase {
  readonly name: PhaseName;
  readonly ms: number;
  readonly parts: readonly Part[];
}

/** A launch as it is remembered: nothing of its environment and its arguments. */
export interface PastLaunch {
  readonly id: string;
  /** When it was asked for, in ms since 1970. */
  readonly at: number;
  /** Its configuration's name, and the folder that this belongs to. */
  readonly name: string;
  readonly folder: string;
  readonly mode: string;
  /** What its configuration names to be launched; undefined where it names none. */
  readonly program?: string;
  readonly host: HostName;
  /** "running": it runs, or ran when it was last seen. */
  readonly outcome: Outcome | "running";
  /** Until the program ran, in ms: how long it ran on before its first stop is its own affair. */
  readonly totalMs: number;
  readonly phases: readonly PastPhase[];
  readonly causes: readonly { readonly id: string; readonly because: string }[];
  /** The versions of go and dlv, such as "1.26.3", where they are known. */
  readonly go?: string;
  readonly dlv?: string;
}

/** What of a launch its timeline does not tell. */
export interface Circumstances extends Pick<PastLaunch, "id" | "at" | "host" | "causes"> {
  readonly go?: string | undefined;
  readonly dlv?: string | undefined;
}

/** A launch that runs or has ended as it is to be remembered. Times are rounded. */
export function pastLaunch(launch: Launch, about: Circumstances): PastLaunch {
  const { name, folder, mode, timeline } = launch;
  const { id, at, host, causes, go, dlv } = about;
  const program = textOf(launch, "program");
  const phases = timeline.phases
    .filter((phase) => phase.name !== "run")
    .map((phase) => ({
      name: phase.name,
      ms: Math.round(phase.ms),
      parts: phase.parts.map((part) => ({ ...part, ms: Math.round(part.ms) })),
    }));
  return {
    ...{ id, at, name, folder, mode, phases },
    ...(program !== undefined && { program }),
    host: { kind: host.kind, name: host.name },
    outcome: timeline.outcome ?? "running",
    totalMs: launchMs(phases),
    causes: causes
      .slice(0, keptCauses)
      .map((one) => ({ id: one.id, because: one.because.slice(0, keptSentence) })),
    ...(go !== undefined && { go }),
    ...(dlv !== undefined && { dlv }),
  };
}

/** The remembered launches, oldest first, with one more or with a newer state of one; the oldest are forgotten. */
export function withLaunch(all: readonly PastLaunch[], one: PastLaunch): readonly PastLaunch[] {
  const at = all.findIndex(({ id }) => id === one.id);
  return at === -1 ? [...all, one].slice(-kept) : all.with(at, one);
}

/** True for a launch that came to its goal: only these have times to compare. */
export function reached({ outcome }: PastLaunch): boolean {
  return outcome === "stopped" || outcome === "exited" || outcome === "running";
}

/** True for launches of one configuration that start one program: all tests by code lens are called "Debug Test". */
export function isSameConfiguration(one: PastLaunch, other: PastLaunch): boolean {
  return (["name", "folder", "mode", "program"] as const).every((key) => one[key] === other[key]);
}

/** The launch of the same configuration before this one; undefined for the first. */
export function previousOf(all: readonly PastLaunch[], one: PastLaunch): PastLaunch | undefined {
  return all
    .slice(
      0,
      all.findIndex(({ id }) => id === one.id),
    )
    .findLast((other) => isSameConfiguration(one, other));
}

/** How many packages a launch compiled. */
export function compiledCount({ phases }: PastLaunch): number {
  const parts = phases.flatMap((phase) => phase.parts);
  return parts.reduce((sum, { name, count }) => (name === "compile" ? sum + count : sum), 0);
}

/** Remembered launches as they were read back. Whatever is not one is left out: another version may have written it. */
export function pastLaunchesOf(value: unknown): readonly PastLaunch[] {
  return Array.isArray(value) ? value.filter(isPastLaunch).slice(-kept) : [];
}

const kinds: readonly HostKind[] = ["local", "ssh", "docker", "podman", "kubectl"];
const outcomes: readonly PastLaunch["outcome"][] = ["stopped", "exited", "failed", "cancelled", "running"];

function isPastLaunch(value: unknown): value is PastLaunch {
  const one = recordOf(value);
  const host = recordOf(one["host"]);
  return (
    ["id", "name", "folder", "mode"].every((key) => typeof one[key] === "string") &&
    ["go", "dlv", "program"].every((key) => one[key] === undefined || typeof one[key] === "string") &&
    isTime(one["at"]) &&
    isTime(one["totalMs"]) &&
    kinds.some((kind) => kind === host["kind"]) &&
    typeof host["name"] === "string" &&
    outcomes.some((outcome) => outcome === one["outcome"]) &&
    isList(one["phases"], isPastPhase) &&
    isList(one["causes"], (cause) => typeof cause["id"] === "string" && typeof cause["because"] === "string")
  );
}

function isPastPhase(one: Readonly<Record<string, unknown>>): boolean {
  const isPart = (part: Readonly<Record<string, unknown>>) =>
    typeof part["name"] === "string" && isTime(part["ms"]) && isTime(part["count"]);
  return phaseNames.some((name) => name === one["name"]) && isTime(one["ms"]) && isList(one["parts"], isPart);
}

function isTime(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}

function isList(value: unknown, is: (one: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((one) => is(recordOf(one)));
}
