import type { LaunchEvent } from "./event.ts";
import { buildPart, compiledPackage, type ProcessSample } from "./process.ts";

/**
 * A package at which compilers, Go's or C's, were seen at work, or the program at which a linker was. `ms` is wall time,
 * about: what began or ended between two samples did so in the middle. Main packages are all called "main".
 */
export interface SlowPackage {
  readonly name: string;
  readonly part: "compile" | "cgo" | "link";
  readonly ms: number;
}

/** A build below this (ms) is no matter, nor is a package of it that took less than the other. */
const longBuildMs = 4000;
const longPackageMs = 300;

/** How many are told. */
const most = 5;

/** One process of a build, from the last sample without it to the first without it again (ms since the launch was asked for). */
interface Seen {
  readonly part: SlowPackage["part"];
  readonly directory: string | undefined;
  readonly name: string | undefined;
  readonly from: number;
  to: number;
}

/** The packages of a build from `from` to `to` (ms) that took longest, slowest first; none of a build that was short. */
export function slowestPackages(events: readonly LaunchEvent[], from: number, to: number): SlowPackage[] {
  if (to - from < longBuildMs) return [];
  const seen = follow(events, from, to);
  const names = new Map(
    seen.flatMap(({ directory, name }) => (directory && name ? [[directory, name]] : [])),
  );
  const spans = new Map<string, { name: string; part: Seen["part"]; from: number; to: number }[]>();
  for (const one of seen) {
    const name = one.name ?? names.get(one.directory ?? "");
    if (name === undefined) continue;
    const key = `${one.part} ${name}`;
    spans.set(key, [...(spans.get(key) ?? []), { ...one, name }]);
  }
  return [...spans.values()]
    .flatMap((all) => {
      const [first] = all;
      return first === undefined ? [] : [{ name: first.name, part: first.part, ms: covered(all) }];
    })
    .filter(({ ms }) => ms >= longPackageMs)
    .sort((a, b) => b.ms - a.ms || a.name.localeCompare(b.name))
    .slice(0, most);
}

/** The tools that were seen in the samples, each once. */
function follow(events: readonly LaunchEvent[], from: number, to: number): Seen[] {
  const all: Seen[] = [];
  let running = new Map<string, Seen>();
  let before = from;
  for (const event of events) {
    if (event.kind !== "sample" || event.t < from || event.t > to) continue;
    const still = new Map<string, Seen>();
    for (const process of event.sample.processes) {
      const part = partOf(process);
      if (part === undefined) continue;
      // A process number is used again sooner or later, so a package of another name is another process.
      const key = `${process.pid} ${nameOf(process, part)}`;
      const one = running.get(key) ?? begin(process, part, (before + event.t) / 2);
      if (!running.has(key)) all.push(one);
      one.to = event.t;
      still.set(key, one);
    }
    for (const [key, one] of running) if (!still.has(key)) one.to = (one.to + event.t) / 2;
    running = still;
    before = event.t;
  }
  for (const one of running.values()) one.to = to;
  return all;
}

function begin(process: ProcessSample, part: Seen["part"], from: number): Seen {
  return { part, directory: directoryOf(process), name: nameOf(process, part), from, to: from };
}

/** A C compiler starts others, which only say what it says. */
function partOf(process: ProcessSample): SlowPackage["part"] | undefined {
  const part = buildPart(process);
  if (part === "link") return process.name === "link" ? part : undefined;
  return part === "compile" || part === "cgo" ? part : undefined;
}

function nameOf(process: ProcessSample, part: SlowPackage["part"]): string | undefined {
  if (part === "link") return "main";
  const flag = process.argv.indexOf("-importpath");
  return compiledPackage(process) ?? (flag < 0 ? undefined : process.argv[flag + 1]);
}

/** Go builds each package in a directory of its own, which every tool is told of (cmd/go/internal/work). */
function directoryOf({ argv }: ProcessSample): string | undefined {
  for (const word of argv) {
    const directory = /[/\\](go-build\d+[/\\]b\d+)(?:[/\\=]|$)/.exec(word)?.[1];
    if (directory !== undefined) return directory;
  }
  return undefined;
}

/** The time (ms) that at least one of the spans covers. */
function covered(spans: readonly { readonly from: number; readonly to: number }[]): number {
  let sum = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    sum += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return sum;
}
