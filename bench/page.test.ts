import assert from "node:assert/strict";
import { type Figure, flat, percentile, spread } from "./figure.ts";
import { missedBy, performancePage } from "./page.ts";
import { type Measured, merged, type Saved } from "./saved.ts";

const machine = {
  cpu: "a CPU",
  cpus: 2,
  memory_gb: 8,
  kernel: "6.1 x64",
  node: "20.1.2",
  go: "1.26",
  dlv: "1.27",
};
const part = (...figures: Figure[]): Measured => ({
  date: "2025-01-02T03:04:05.678Z",
  load_before: 0.1,
  load_after: 1.5,
  same_work_ms: spread([10, 11, 30]),
  figures,
});
const met = { figure: "echo", aim: "added_us <= 10", met: true, rounds: 3, added_us: spread([7, 8, 12]) };
const missed = {
  figure: "throughput",
  aim: "ratio >= 0.95",
  met: false,
  rounds: 3,
  ratio: spread([0.76, 0.8]),
};

describe("the page of the bench", () => {
  it("says of each figure what was aimed at and what was measured, and of a missed aim by how much and why", () => {
    const why = "The relay alone is as slow.";
    const page = performancePage({
      machine,
      parts: { echo: part({ ...met, why: "not shown" }, { ...missed, why }), own: part(met) },
    });
    assert.match(page, /\| echo \| `added_us <= 10` \| met \| rounds 3<br>added us 8 \[7–12\] \|/);
    assert.match(page, /2 of 3 aims are met/);
    assert.match(
      page,
      /- throughput: `ratio >= 0\.95` \*\*missed by 18 %\*\*\. The relay alone is as slow\./,
    );
    assert.doesNotMatch(page, /not shown/);
    assert.match(page, /## Other figures/);
    assert.match(page, /\| own \| 2025-01-02 03:04 \| 0\.1 \| 1\.5 \| 11 \[10–30\] \|/);
  });

  it("draws a curve with a bar for each size", () => {
    const points = [
      { size: 1000, value: 20 },
      { size: 1_000_000, value: 40 },
    ];
    const figure = flat("cost", { size: "messages", unit: "µs", points }, 5, 1.2);
    assert.deepEqual([figure.met, figure["growth"]], [false, 2]);
    const page = performancePage({ machine, parts: { session: part(figure) } });
    assert.ok(page.includes(`\n    1,000  20  ${"█".repeat(20)}\n1,000,000  40  ${"█".repeat(40)}\n`), page);
  });

  it("takes the limit of an aim from the figure where it is named there", () => {
    assert.equal(
      missedBy({ ...missed, aim: "p95_ms <= base_ms", p95_ms: 30, base_ms: spread([20]) }),
      "50 %",
    );
    assert.equal(missedBy({ ...missed, aim: "as fast as light" }), undefined);
  });
});

describe("the figures that are kept", () => {
  it("change part by part, and stay alone where the machine is another", () => {
    const before: Saved = { machine, parts: { echo: part(met), loop: part(met) } };
    const after: Saved = { machine, parts: { echo: part(missed) } };
    assert.deepEqual(merged(before, after).parts, { echo: part(missed), loop: part(met) });
    const elsewhere = { ...after, machine: { ...machine, go: "1.27" } };
    assert.deepEqual(merged(before, elsewhere), elsewhere);
    assert.deepEqual(merged(undefined, after), after);
  });
});

describe("a percentile", () => {
  it("is a value that this part of all does not exceed", () => {
    const twenty = Array.from({ length: 20 }, (_, at) => 20 - at);
    assert.deepEqual([percentile(twenty, 0.95), percentile(twenty, 0.5), percentile([3], 0.95)], [19, 10, 3]);
  });
});
