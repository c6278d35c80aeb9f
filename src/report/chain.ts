import type { Phase } from "../core/phases.ts";
import { duration, phaseWord } from "./words.ts";

/**
 * The phases in order, each as a bar that starts where the one before it ended: one line a phase, `cells` columns for the
 * whole launch. A phase too short for a column is a thin stroke.
 */
export function chain(phases: readonly Phase[], totalMs: number, cells: number): string[] {
  const scale = totalMs > 0 ? cells / totalMs : 0;
  return phases.map(({ name, startMs, ms }) => {
    const from = Math.min(cells - 1, Math.floor(startMs * scale));
    const width = Math.min(cells - from, Math.round(ms * scale));
    const bar = width < 1 ? "▏" : "█".repeat(width);
    return `${phaseWord(name).padEnd(10)} ${`${" ".repeat(from)}${bar}`.padEnd(cells)} ${duration(ms)}`;
  });
}

/** The phases by how long they took, longest first; of equals the earlier first. */
export function longestFirst(phases: readonly Phase[]): Phase[] {
  return [...phases].sort((a, b) => b.ms - a.ms || a.startMs - b.startMs);
}

/** The share of a launch in whole percent. */
export function share(ms: number, totalMs: number): number {
  return totalMs > 0 ? Math.round((ms / totalMs) * 100) : 0;
}
