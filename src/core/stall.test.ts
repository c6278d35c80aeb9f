import assert from "node:assert/strict";
import type { ProcessSample } from "./process.ts";
import { findStall, isLate } from "./stall.ts";
import { noTimeline, type Timeline } from "./timeline.ts";
import { firstUsual, kept, remember, type Timing, usualOf } from "./usual.ts";

const one = (state: string): ProcessSample => ({ pid: 2, ppid: 1, name: "go", argv: [], state, cpuMs: 0 });

const at = (name: "build" | "load" | "run", ms: number, idleMs: number): Timeline => ({
  ...noTimeline,
  totalMs: ms,
  current: name,
  idleMs,
  last: { processes: [one("S")] },
  phases: [{ name, startMs: 0, ms, parts: [] }],
});

describe("a stall", () => {
  it("is a late phase in which nothing moves", () => {
    assert.deepEqual(findStall(at("build", 12_000, 11_000), firstUsual), {
      phase: "build",
      phaseMs: 12_000,
      usualMs: firstUsual.build,
      idleMs: 11_000,
    });
  });

  it("is not a slow phase that works", () => {
    assert.equal(findStall(at("build", 600_000, 300), firstUsual), undefined);
    assert.equal(isLate(at("build", 600_000, 300), firstUsual), true);
  });

  it("is not a quiet moment within the usual time", () => {
    assert.equal(findStall(at("build", 3000, 2900), firstUsual), undefined);
  });

  it("never happens to a program that runs", () => {
    assert.equal(findStall(at("run", 600_000, 600_000), firstUsual), undefined);
  });

  it("is not claimed of a build where nobody can see what works, unless the user says when", () => {
    const blind = { ...at("build", 600_000, 600_000), last: { processes: [] } };
    assert.equal(findStall(blind, firstUsual), undefined);
    assert.notEqual(findStall(blind, firstUsual, 5000), undefined);
  });

  it("gives a process that waits for a disk more time, but not for ever", () => {
    const waiting = (ms: number) => ({ ...at("build", ms, ms), last: { processes: [one("D")] } });
    assert.equal(findStall(waiting(20_000), firstUsual), undefined);
    assert.notEqual(findStall(waiting(40_000), firstUsual), undefined);
  });

  it("is noticed as soon as the user asked for", () => {
    assert.notEqual(findStall(at("build", 600, 550), firstUsual, 500), undefined);
  });

  it("takes a longer silence where nobody looks at the tree", () => {
    const { last: _, ...unseen } = at("load", 12_000, 9000);
    assert.equal(findStall(unseen, firstUsual), undefined);
    assert.notEqual(findStall({ ...unseen, idleMs: 11_000 }, firstUsual), undefined);
  });

  it("is over when the launch is", () => {
    const { current: _, ...over } = at("build", 12_000, 11_000);
    assert.equal(findStall(over, firstUsual), undefined);
  });
});

describe("the usual time", () => {
  it("is what this configuration took, with room for a busy moment", () => {
    const timings: Timing[] = [{ build: 30_000 }, { build: 10_000 }, { build: 20_000 }];
    assert.equal(usualOf(timings).build, 30_000);
    assert.equal(usualOf([{ build: 100 }]).build, 1100);
    assert.equal(usualOf([{ build: 100 }]).load, firstUsual.load);
  });

  it("never makes a running program late", () => {
    assert.equal(usualOf([{ run: 10 }]).run, Number.POSITIVE_INFINITY);
  });

  it("forgets the oldest launches", () => {
    const many = Array.from({ length: kept }, () => ({ build: 1 }));
    const timings = remember(many, at("build", 700, 0));
    assert.equal(timings.length, kept);
    assert.deepEqual(timings.at(-1), { build: 700 });
  });
});
