import assert from "node:assert/strict";
import { builtOf, past } from "../../test/lab/past.ts";
import { differenceOf, shiftOf } from "./difference.ts";
import type { PastLaunch } from "./history.ts";

/** Launches whose link takes these times (ms), one after the other. */
const linked = (times: readonly number[], some: Partial<PastLaunch> = {}, from = 0) =>
  times.map((ms, at) => builtOf({ at: from + at, ...some }, { compile: [500, 3], link: [ms, 1] }));
const steady = linked([400, 410, 395, 405, 400]);
const between = (before: PastLaunch, after: PastLaunch, all: readonly PastLaunch[] = steady) =>
  differenceOf(before, after, [...all, before, after]);

describe("the difference of two launches", () => {
  it("names the part that changed most, and what else is not the same", () => {
    const before = builtOf({ at: 10, go: "1.25.1", dlv: "1.27.1" }, { compile: [500, 3], link: [400, 1] });
    const after = builtOf(
      {
        ...{ at: 11, go: "1.26.3", dlv: "1.27.1", host: { kind: "local", name: "here" } },
        causes: [{ id: "slow-disk", because: "It is slow." }],
      },
      { compile: [510, 9], link: [2500, 1] },
    );
    const { most, changed, rows } = between(before, after);
    assert.deepEqual(most, { name: "link", ms: 2100 });
    assert.deepEqual(changed, [
      { kind: "go", from: "1.25.1", to: "1.26.3" },
      { kind: "packages", from: 3, to: 9 },
      { kind: "cause", id: "slow-disk", isNew: true },
    ]);
    assert.deepEqual(
      rows.map(({ name, isPart, before: old, after: now, beyond }) => [name, isPart, old, now, beyond]),
      [
        ["start", false, 20, 20, false],
        ["build", false, 900, 3010, true],
        ["compile", true, 500, 510, false],
        ["link", true, 400, 2500, true],
        ["load", false, 100, 100, false],
        ["all", false, 1020, 3130, true],
      ],
    );
  });

  it("says nothing of a difference that such launches have anyway", () => {
    const [noisy, [before], [after]] = [
      linked([400, 900, 200, 1300, 500, 1100]),
      linked([300], {}, 20),
      linked([1200], {}, 21),
    ];
    assert.ok(before && after);
    assert.equal(between(before, after, noisy).most, undefined);
    assert.deepEqual(between(before, after).most, { name: "link", ms: 900 });
  });

  it("knows a difference of one second where nothing is known of the usual, and no smaller one", () => {
    const [before] = linked([300], {}, 20);
    const [little, much] = [linked([1290], {}, 21)[0], linked([1310], {}, 22)[0]];
    assert.ok(before && little && much);
    assert.equal(between(before, little, []).most, undefined);
    assert.deepEqual(between(before, much, []).most, { name: "link", ms: 1010 });
  });

  it("learns the usual from nothing but earlier launches of the configuration on that machine that reached their goal", () => {
    const [before] = linked([300], {}, 20);
    const [after] = linked([700], {}, 21);
    assert.ok(before && after);
    const wild = [0, 5000, 9000, 200];
    for (const some of [
      { name: "Other" },
      { program: "/shop/other" },
      { outcome: "failed" },
      { host: { kind: "ssh", name: "b" } },
    ] as const)
      assert.deepEqual(between(before, after, [...steady, ...linked(wild, some)]).most, {
        name: "link",
        ms: 400,
      });
    const later = linked(wild, {}, 30);
    assert.deepEqual(between(before, after, [...steady, ...later]).most, { name: "link", ms: 400 });
  });

  it("compares no times with a launch that never came to its goal", () => {
    const [before] = linked([300], {}, 20);
    const [after] = linked([90_000], { outcome: "cancelled" }, 21);
    assert.ok(before && after);
    assert.equal(between(before, after).most, undefined);
  });

  it("names what is faster now, and the machine where it is another", () => {
    const [before] = linked([2500], {}, 20);
    const [after] = linked([300], { host: { kind: "ssh", name: "b" } }, 21);
    assert.ok(before && after);
    const { most, changed } = between(before, after);
    assert.deepEqual(most, { name: "link", ms: -2200 });
    assert.deepEqual(changed, [
      { kind: "host", from: { kind: "local", name: "here" }, to: { kind: "ssh", name: "b" } },
    ]);
  });

  it("takes this machine for the same under each of its names", () => {
    const [before] = linked([400], { host: { kind: "local", name: "laptop.home" } }, 20);
    const [after] = linked([900], { host: { kind: "local", name: "laptop.office" } }, 21);
    assert.ok(before && after);
    const { most, changed } = between(before, after);
    assert.deepEqual([most, changed], [{ name: "link", ms: 500 }, []]);
  });

  it("does not name what is faster now for a launch that took longer", () => {
    const before = builtOf({ at: 20 }, { link: [1400, 1] }, 100);
    const after = builtOf({ at: 21 }, { link: [400, 1] }, 1300);
    const { most, rows } = between(before, after);
    assert.deepEqual(most, { name: "load", ms: 1200 });
    assert.equal(rows.find(({ name }) => name === "link")?.beyond, true);
  });

  it("names the phase where no part of it stands out", () => {
    const before = builtOf({ at: 20 }, { link: [400, 1] }, 100);
    const after = builtOf({ at: 21 }, { link: [410, 1] }, 1900);
    assert.deepEqual(between(before, after).most, { name: "load", ms: 1800 });
  });
});

describe("a shift since a version", () => {
  const old = { go: "1.26.3", dlv: "1.26.0" };
  const now = { go: "1.26.3", dlv: "1.27.1" };
  const loads = (times: readonly number[], some: Partial<PastLaunch>, from = 0) =>
    times.map((ms, at) => builtOf({ at: from + at, ...some }, { link: [400, 1] }, ms));
  const shift = (all: readonly PastLaunch[]) => shiftOf(all, all.at(-1) ?? past({ at: 0 }));

  it("is told with three launches on each side, by their medians", () => {
    const all = [...loads([100, 110, 105, 2000], old), ...loads([1300, 1350, 1290], now, 10)];
    assert.deepEqual(shift(all), {
      ...{ name: "load", before: 110, after: 1300, counts: [4, 3] },
      since: [{ kind: "dlv", from: "1.26.0", to: "1.27.1" }],
    });
  });

  it("is not told with fewer, within what they vary by, or where nothing else is new", () => {
    assert.equal(shift([...loads([100, 110], old), ...loads([1300, 1350, 1290], now, 10)]), undefined);
    assert.equal(shift([...loads([100, 110, 105], old), ...loads([1300, 1350], now, 10)]), undefined);
    assert.equal(
      shift([...loads([100, 900, 500, 1700], old), ...loads([700, 1350, 300], now, 10)]),
      undefined,
    );
    assert.equal(shift([...loads([100, 110, 105], old), ...loads([1300, 1350, 1290], old, 10)]), undefined);
    assert.equal(shift(loads([100, 110, 105], now)), undefined);
    assert.equal(shift([]), undefined);
  });

  it("is of the last change alone, and names both tools that changed there", () => {
    const older = loads([3000, 3100, 3050], { go: "1.25.1", dlv: "1.25.0" });
    const both = { go: "1.27.0", dlv: "1.27.1" };
    const all = [...older, ...loads([100, 110, 105], old, 10), ...loads([1300, 1350, 1290], both, 20)];
    const told = shift(all);
    assert.deepEqual(
      [told?.before, told?.since.map(({ kind, from }) => [kind, from])],
      [
        105,
        [
          ["go", "1.26.3"],
          ["dlv", "1.26.0"],
        ],
      ],
    );
  });

  it("leaves out other configurations, machines and launches whose versions are not known", () => {
    const all = [
      ...loads([100, 110, 105], old),
      ...loads([9000, 9000, 9000], { ...old, name: "Other" }, 5),
      ...loads([9000, 9000], {}, 8),
      ...loads([1300, 1350, 1290], now, 10),
    ];
    assert.deepEqual([shift(all)?.before, shift(all)?.counts], [105, [3, 3]]);
  });
});
