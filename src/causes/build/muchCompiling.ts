import type { Part } from "../../core/phases.ts";
import type { Timeline } from "../../core/timeline.ts";

/** An edit makes a few packages stale; a cache that knows nothing of this build lacks dozens. */
export const manyPackages = 15;

/** Compiling that took less (ms) is nothing to explain. */
const noticeableMs = 2000;

/** The compiling of a build that did not fail, where there was much of it. */
export function muchCompiling({ phases, outcome, idleMs, current }: Timeline): Part | undefined {
  if (outcome === "failed" || (current === "build" && idleMs >= noticeableMs)) return undefined;
  const parts = phases.find(({ name }) => name === "build")?.parts ?? [];
  const compile = parts.find(({ name }) => name === "compile");
  return compile !== undefined && compile.count >= manyPackages && compile.ms >= noticeableMs
    ? compile
    : undefined;
}
