import assert from "node:assert/strict";
import type { Phase } from "../core/phases.ts";
import { comparison } from "./compare.ts";
import type { Report } from "./report.ts";

function report(outcome: Report["outcome"], totalMs: number, phases: Record<string, number>): Report {
  const all = Object.entries(phases).map(
    ([name, ms]) => ({ name, ms, startMs: 0, parts: [] }) as unknown as Phase,
  );
  return {
    version: 1,
    outcome,
    host: { kind: "local", name: "here" },
    launch: { name: "L", request: "launch", mode: "debug", config: {} },
    timeline: { totalMs, explainedMs: 0, phases: all },
    findings: [],
    clear: [],
    unknown: [],
  };
}

describe("before and after a fix", () => {
  it("stands side by side, also where the first launch never got to a phase", () => {
    const text = comparison(
      report("stalled", 14_020, { start: 20, build: 14_000 }),
      report("stopped", 900, { start: 20, build: 500, run: 380 }),
    ).join("\n");
    assert.match(
      text,
      /\| start \| 20 ms \| 20 ms \|\n\| build \| 14\.0 s \| 500 ms \|\n\| run \| – \| 380 ms \|/,
    );
    assert.match(text, /\| \*\*all\*\* \| 14\.0 s, stalled \| 900 ms \|/);
  });
});
