import assert from "node:assert/strict";
import type { Phase } from "../core/phases.ts";
import { noTimeline, type Timeline } from "../core/timeline.ts";
import { makeStepper } from "./stepper.ts";

const start: Phase = { name: "start", startMs: 0, ms: 90, parts: [] };
const build: Phase = { name: "build", startMs: 90, ms: 4200, parts: [] };
const building: Timeline = { ...noTimeline, totalMs: 4290, phases: [start, build], current: "build" };
const over: Timeline = { ...noTimeline, totalMs: 4290, phases: [start, build], outcome: "failed" };

function shown(live: boolean) {
  let text = "";
  const write = (more: string) => {
    text += more;
  };
  return { text: () => text, stepper: makeStepper({ write, live, color: false, width: () => 40 }) };
}

describe("the phases of a launch, live", () => {
  it("tells each phase once where lines stay, and that one is late once", () => {
    const { text, stepper } = shown(false);
    stepper.show(building, "go build · 4 s", false);
    stepper.show(building, "go build · 5 s (usually 4 s)", true);
    stepper.show(building, "go build · 6 s (usually 4 s)", true);
    stepper.show(over, "", false);
    stepper.show(over, "", false);
    assert.equal(text(), "✓ start      90 ms\n  go build · 5 s (usually 4 s)\n✗ build      4.2 s (failed)\n");
  });

  it("redraws one line on a terminal, and never wraps it", () => {
    const { text, stepper } = shown(true);
    stepper.show(building, `compiling ${"x".repeat(80)}`, false);
    const drawn = text().split("\u001b[K").at(-1) ?? "";
    assert.equal(drawn.length, 39);
    assert.ok(drawn.endsWith("…"));
  });

  it("takes the ticking line away before it says something else", () => {
    const { text, stepper } = shown(true);
    stepper.show(building, "go build", false);
    stepper.say("stalled");
    assert.ok(text().endsWith("  go build\r\u001b[Kstalled\n"));
  });
});
