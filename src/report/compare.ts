import { phaseNames } from "../core/phases.ts";
import type { Report } from "./report.ts";
import { duration } from "./words.ts";

/** The same configuration before a fix and after it, phase by phase and in all, as a Markdown table. */
export function comparison(before: Report, after: Report): string[] {
  const rows = phaseNames.flatMap((name) => {
    const [old, now] = [before, after].map(
      ({ timeline }) => timeline.phases.find((one) => one.name === name)?.ms,
    );
    return old === undefined && now === undefined ? [] : [`| ${name} | ${time(old)} | ${time(now)} |`];
  });
  return [
    "## Before and after the fix",
    "",
    "| Phase | Before | After |",
    "| :--- | ---: | ---: |",
    ...rows,
    `| **all** | ${total(before)} | ${total(after)} |`,
  ];
}

function time(ms: number | undefined): string {
  return ms === undefined ? "–" : duration(ms);
}

/** A launch that never came to its goal has no time to compare, only how long it was let to try. */
export function total({ outcome, timeline }: Report): string {
  const reached = outcome === "stopped" || outcome === "exited" || outcome === "initialized";
  return reached ? duration(timeline.totalMs) : `${duration(timeline.totalMs)}, ${outcome}`;
}
