import { phaseNames } from "../core/phases.ts";
import { say } from "../core/say.ts";
import type { Report } from "./report.ts";
import { duration, outcomeWord, phaseWord } from "./words.ts";

/** The same configuration before a fix and after it, phase by phase and in all, as a Markdown table. */
export function comparison(before: Report, after: Report): string[] {
  const rows = phaseNames.flatMap((name) => {
    const [old, now] = [before, after].map(
      ({ timeline }) => timeline.phases.find((one) => one.name === name)?.ms,
    );
    return old === undefined && now === undefined
      ? []
      : [`| ${phaseWord(name)} | ${time(old)} | ${time(now)} |`];
  });
  return [
    `## ${say`Before and after the fix`}`,
    "",
    `| ${say`Phase`} | ${say`Before`} | ${say`After`} |`,
    "| :--- | ---: | ---: |",
    ...rows,
    `| **${say`all`}** | ${total(before)} | ${total(after)} |`,
  ];
}

function time(ms: number | undefined): string {
  return ms === undefined ? "–" : duration(ms);
}

/** A launch that never came to its goal has no time to compare, only how long it was let to try. */
export function total({ outcome, timeline }: Report): string {
  const reached = outcome === "stopped" || outcome === "exited" || outcome === "initialized";
  return reached ? duration(timeline.totalMs) : say`${duration(timeline.totalMs)}, ${outcomeWord(outcome)}`;
}
