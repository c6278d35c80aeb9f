import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, loadavg, release, totalmem } from "node:os";
import { run } from "../scripts/setup/run.ts";
import { dlv, go } from "../test/lab/tools.ts";
import { type Figure, round, type Spread, spread } from "./figure.ts";

/** Where the figures of the last whole run are kept, in the repository. */
export const savedFile = "bench/figures.json";

/** What figures must have in common to stand beside each other. */
export interface Machine {
  readonly cpu: string;
  readonly cpus: number;
  readonly memory_gb: number;
  readonly kernel: string;
  readonly node: string;
  readonly go: string;
  readonly dlv: string;
}

/** One part of the bench: its figures, and what else the machine did meanwhile. */
export interface Measured {
  /** When it began (ISO 8601). */
  readonly date: string;
  /** The load average over a minute. */
  readonly load_before: number;
  readonly load_after: number;
  /** The time (ms) of one and the same computation, again and again before and after: how even the machine was. */
  readonly same_work_ms: Spread;
  readonly figures: readonly Figure[];
}

/** All that is kept of runs of the bench, by the names of its parts. */
export interface Saved {
  readonly machine: Machine;
  readonly parts: Readonly<Record<string, Measured>>;
}

/** What is kept; undefined where nothing was measured yet. */
export function readSaved(): Saved | undefined {
  return existsSync(savedFile) ? (JSON.parse(readFileSync(savedFile, "utf8")) as Saved) : undefined;
}

/** Keeps what was measured. */
export function writeSaved(saved: Saved): void {
  writeFileSync(savedFile, `${JSON.stringify(saved, undefined, 2)}\n`);
}

/** Puts new parts in the place of old ones. Figures of another machine or of other versions do not stay beside them. */
export function merged(before: Saved | undefined, after: Saved): Saved {
  const same = JSON.stringify(before?.machine) === JSON.stringify(after.machine);
  return same ? { ...after, parts: { ...before?.parts, ...after.parts } } : after;
}

/** This machine, and the programs that are measured on it. */
export async function thisBench(): Promise<Machine> {
  const [cpu] = cpus();
  const version = async (pattern: RegExp, ...argv: string[]) =>
    pattern.exec(await run(argv))?.[1] ?? "unknown";
  return {
    cpu: cpu?.model ?? "unknown",
    cpus: cpus().length,
    memory_gb: Math.round(totalmem() / 2 ** 30),
    kernel: `${release()} ${arch()}`,
    node: process.version.slice(1),
    go: await version(/go version go(\S+)/, await go(), "version"),
    dlv: await version(/^Version: (\S+)/m, await dlv(), "version"),
  };
}

/** Measures one part, and how even the machine was before and after it. */
export async function measured(measure: () => Promise<readonly Figure[]>): Promise<Measured> {
  const date = new Date().toISOString();
  const load_before = load();
  const before = sameWork();
  const figures = await measure();
  return {
    date,
    load_before,
    load_after: load(),
    same_work_ms: spread([...before, ...sameWork()]),
    figures,
  };
}

function load(): number {
  return round(loadavg()[0] ?? Number.NaN);
}

/** Some ten ms of arithmetic, so often. */
function sameWork(): number[] {
  return Array.from({ length: 20 }, () => {
    const began = performance.now();
    let sum = 0;
    for (let count = 0; count < 1e7; count += 1) sum = (sum + count) % 1021;
    // The sum is looked at, so that it has to be made.
    return sum < 0 ? Number.NaN : performance.now() - began;
  });
}
