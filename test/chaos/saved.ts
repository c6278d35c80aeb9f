import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Machine } from "../../bench/saved.ts";
import type { Endured } from "./endurance.ts";
import type { Fuzzed } from "./fuzz.ts";
import type { Flooded } from "./memory.ts";
import type { Survived } from "./surroundings.ts";
import type { Result } from "./trial.ts";

/** Where the figures of the last runs are kept, in the repository. */
export const savedFile = "test/chaos/figures.json";

/** One part of what was run: when it began (ISO 8601), and the load average over a minute at its end. */
export interface Part<T> {
  readonly date: string;
  readonly load: number;
  readonly results: readonly T[];
}

/** All that is kept of `npm run chaos`. */
export interface Saved {
  readonly machine: Machine;
  readonly faults?: Part<Result>;
  readonly surroundings?: Part<Survived>;
  readonly endurance?: Part<Endured>;
  readonly fuzz?: Part<Fuzzed>;
  readonly memory?: Part<Flooded>;
}

/** What is kept; undefined where nothing was run yet. */
export function readSaved(): Saved | undefined {
  return existsSync(savedFile) ? (JSON.parse(readFileSync(savedFile, "utf8")) as Saved) : undefined;
}

/** Keeps what was run, in the place of the same parts of before. */
export function writeSaved(saved: Saved): void {
  writeFileSync(savedFile, `${JSON.stringify({ ...readSaved(), ...saved }, undefined, 2)}\n`);
}
