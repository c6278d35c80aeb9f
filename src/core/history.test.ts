import assert from "node:assert/strict";
import { builtOf, past } from "../../test/lab/past.ts";
import { compiledCount, pastLaunch, pastLaunchesOf, previousOf, reached, withLaunch } from "./history.ts";
import { noTimeline } from "./timeline.ts";

describe("the launches of a workspace", () => {
  it("are remembered without environment, arguments and the time that the program ran on", () => {
    const launch = {
      ...({
        name: "Server",
        request: "launch",
        mode: "debug",
        folder: "/shop",
        cwd: "/shop",
        dlv: "dlv",
      } as const),
      config: { program: "/shop/cmd", env: { KEY: "correct horse" }, args: ["battery staple"] },
      env: { KEY: "correct horse" },
      timeline: {
        ...noTimeline,
        totalMs: 9000,
        outcome: "stopped",
        phases: [
          { name: "start", startMs: 0, ms: 20.4, parts: [] },
          { name: "build", startMs: 20.4, ms: 979.6, parts: [{ name: "link", ms: 300.2, count: 1 }] },
          { name: "run", startMs: 1000, ms: 8000, parts: [] },
        ],
      } as const,
    };
    const one = pastLaunch(launch, {
      ...{ id: "1", at: 5, host: { kind: "ssh", name: "build7" }, go: "1.26.3" },
      causes: [1, 2, 3, 4].map((id) => ({ id: `c${id}`, because: "x".repeat(1000) })),
    });
    assert.doesNotMatch(JSON.stringify(one), /correct|battery/);
    assert.deepEqual(
      [one.totalMs, one.outcome, one.program, one.go, one.dlv, one.causes.map(({ id }) => id)],
      [1000, "stopped", "/shop/cmd", "1.26.3", undefined, ["c1", "c2", "c3"]],
    );
    assert.deepEqual(one.phases, [
      { name: "start", ms: 20, parts: [] },
      { name: "build", ms: 980, parts: [{ name: "link", ms: 300, count: 1 }] },
    ]);
    assert.equal(one.causes[0]?.because.length, 300);
    assert.deepEqual(pastLaunchesOf(JSON.parse(JSON.stringify([one]))), [one]);
  });

  it("are fifty at most, and one that is there already is brought up to date in its place", () => {
    const all = Array.from({ length: 60 }, (_, at) => past({ at })).reduce(withLaunch, []);
    assert.deepEqual([all.length, all[0]?.at, all.at(-1)?.at], [50, 10, 59]);
    const newer = past({ at: 20, outcome: "exited" });
    const updated = withLaunch(all, newer);
    assert.deepEqual([updated.length, updated.indexOf(newer)], [50, 10]);
  });

  it("are read back without what is none, whoever wrote it", () => {
    const good = past({ at: 1 });
    const flawed = [
      ...[null, 7, "x", [], {}, { ...good, at: "yesterday" }, { ...good, outcome: "fine" }],
      ...[
        { ...good, host: undefined },
        { ...good, phases: [{ name: "build" }] },
        { ...good, phases: 3 },
      ],
      ...[
        { ...good, causes: [{ id: 1 }] },
        { ...good, totalMs: Number.NaN },
        { ...good, go: 1.26 },
      ],
    ];
    assert.deepEqual(pastLaunchesOf([...flawed, good]), [good]);
    for (const none of [undefined, null, {}, "[]"]) assert.deepEqual(pastLaunchesOf(none), []);
  });

  it("know the one before of the same configuration, and what they compiled", () => {
    const all = [
      past({ at: 1 }),
      past({ at: 2, name: "Other" }),
      past({ at: 3, folder: "/b" }),
      past({ at: 4, program: "/shop/b" }),
      past({ at: 5, mode: "test" }),
      past({ at: 6 }),
    ];
    const [first, second] = all;
    const last = all.at(-1);
    assert.ok(first && second && last);
    assert.equal(previousOf(all, last), first);
    assert.equal(previousOf(all, first), undefined);
    assert.equal(previousOf(all, second), undefined);
    assert.equal(compiledCount(builtOf({ at: 1 }, { compile: [900, 12], link: [100, 1] })), 12);
    assert.equal(compiledCount(first), 0);
  });

  it("have come to their goal or not", () => {
    const outcomes = ["stopped", "exited", "running", "failed", "cancelled"] as const;
    assert.deepEqual(
      outcomes.filter((outcome) => reached(past({ at: 1, outcome }))),
      ["stopped", "exited", "running"],
    );
  });
});
