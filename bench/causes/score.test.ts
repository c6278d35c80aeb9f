import assert from "node:assert/strict";
import type { ScoreRow } from "../../test/lab/score.ts";
import { healthyOf, scoreOf, scorePage } from "./score.ts";

const proven = { certainty: "proven" } as const;
const fault = (cause: string, named: readonly string[], namedMs?: number): ScoreRow => ({
  kind: "fault",
  cause,
  ...proven,
  right: [cause],
  named: named.map((one) => ({ cause: one, ...proven })),
  ...(namedMs !== undefined && { namedMs }),
});
const healthy = (what: string, ended: string, ...named: string[]): ScoreRow => ({
  kind: "healthy",
  what,
  ended,
  goal: "stopped",
  named: named.map((cause) => ({ cause, ...proven })),
});

describe("the score", () => {
  it("counts what was named first, among three, and proven rightly", () => {
    const rows = [
      fault("disk-full", ["disk-full"], 100),
      fault("disk-full", ["noexec-mount", "disk-full"], 300),
      fault("disk-full", []),
      { kind: "fix", cause: "disk-full", fix: "disk-full/x", worked: true },
      { kind: "fix", cause: "disk-full", fix: "disk-full/x", worked: false },
    ] as const;
    const { top1, top3, proven, provenRight, fixes, fixed, namedMs } = scoreOf(rows);
    assert.deepEqual([top1, top3], [1 / 3, 2 / 3]);
    assert.deepEqual([proven, provenRight, fixes, fixed], [3, 2, 2, 1]);
    assert.deepEqual(namedMs, { median: 300, p95: 300, max: 300 });
  });

  it("says nothing of what was not tried", () => {
    assert.deepEqual([scoreOf([]).top1, scoreOf([]).namedMs], [undefined, undefined]);
  });

  it("tells a healthy launch with a finding from one that did not arrive", () => {
    const rows = [healthy("a", "stopped"), healthy("b", "stopped", "disk-full"), healthy("c", "stalled")];
    const { launches, short, withFinding } = healthyOf(rows);
    assert.deepEqual([launches, short.length, withFinding.length], [3, 1, 1]);
  });

  it("names every false finding on its page", () => {
    const page = scorePage(
      { lab: [fault("disk-full", ["disk-full"], 100)], healthy: [healthy("b", "stopped", "disk-full")] },
      { versions: ["Delve"], labEnded: "1 passed, 0 failed" },
    );
    assert.match(page, /\| healthy launches with a finding \| none \| 1 of 1 \|/);
    assert.match(page, /^- b: stopped; disk-full \(proven\)$/m);
    assert.match(
      page,
      /\[disk-full\]\(causes\/disk-full\.md\) \| 1 \| 1\.00 \| 1\.00 \| 1 of 1 \| 0\.10 s, 0\.10 s \| 0 of 0/,
    );
  });
});
