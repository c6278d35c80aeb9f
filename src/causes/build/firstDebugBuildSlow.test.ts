import assert from "node:assert/strict";
import { type Launch, planned } from "../../core/launch.ts";
import { noTimeline, type Timeline } from "../../core/timeline.ts";
import { firstDebugBuildSlow } from "./firstDebugBuildSlow.ts";

const config = { program: "./cmd", __buildDir: "/w" };
const built = (count: number, ms: number, more: Partial<Timeline> = {}): Timeline => ({
  ...noTimeline,
  totalMs: ms + 500,
  outcome: "stopped",
  compiled: ["runtime", "example.com/app"],
  phases: [
    { name: "build", startMs: 100, ms: ms + 300, parts: [{ name: "compile", ms, count }] },
    { name: "run", startMs: ms + 400, ms: 100, parts: [] },
  ],
  ...more,
});
const warm = { stale: 0, cache: "/home/u/.cache/go-build" };

function judge(timeline: Timeline, packages = warm, own: Readonly<Record<string, unknown>> = config) {
  const launch: Launch = { ...planned(own, "/w"), timeline };
  if (firstDebugBuildSlow.when?.(launch) === false) return undefined;
  return firstDebugBuildSlow.find({ packages }, launch);
}

const command = (own: Readonly<Record<string, unknown>>) => {
  const action = judge(built(121, 10_400), warm, own)?.fixes.find((fix) => fix.preferred)?.action;
  assert.ok(action?.kind === "command");
  return action;
};

describe("first-debug-build-slow", () => {
  it("explains the time in which compilers were seen at work", () => {
    const found = judge(built(121, 10_400));
    assert.equal(found?.certainty, "proven");
    assert.match(found?.because ?? "", /^go compiled 121 packages with Delve's flags/);
    assert.match(found?.evidence[0] ?? "", /at work for 10\.4 s/);
    assert.deepEqual(found?.explains, { phase: "build", ms: 10_400 });
  });

  it("counts done of total while it goes on", () => {
    const now = built(31, 6000, { current: "build", packages: { done: 31, total: 125 } });
    const { outcome: _, ...going } = now;
    const found = judge(going, { ...warm, stale: 94 });
    assert.match(found?.because ?? "", /^go is compiling/);
    assert.match(found?.evidence[0] ?? "", /31 of 125 packages so far/);
    assert.match(found?.evidence[1] ?? "", /94 packages not in the cache/);
  });

  it("warms the cache with Delve's very flags", () => {
    const action = command(config);
    assert.equal(action.cwd, "/w");
    assert.deepEqual(action.argv, [
      "env",
      "CGO_CFLAGS=-O0 -g",
      "go",
      "build",
      "-gcflags=all=-N -l",
      "-o",
      "/dev/null",
      "./cmd",
    ]);
  });

  it("says in words how to warm it where the launch sets variables that matter, and shows no value", () => {
    const own = {
      ...config,
      mode: "test",
      buildFlags: "-tags=a -o out -race",
      env: { CGO_CFLAGS: "-DKEY=hunter22", GOFLAGS: "-tags=hunter22", API_TOKEN: "hunter22" },
    };
    const found = judge(built(121, 10_400), warm, own);
    const action = found?.fixes.find((fix) => fix.preferred)?.action;
    assert.equal(
      action?.kind === "advice" && action.text,
      "In /w, with CGO_CFLAGS, GOFLAGS set as this configuration's env sets them:\ngo test -c '-gcflags=all=-N -l' -o /dev/null -tags=a -race ./cmd",
    );
    assert.doesNotMatch(JSON.stringify(found), /hunter22/);
  });

  it("is likely where nothing of the standard library's base was seen, and does not say that it happens once", () => {
    for (const compiled of [["example.com/a/internal/b", "example.com/runtime"], []]) {
      const found = judge(built(40, 10_400, { compiled }));
      assert.equal(found?.certainty, "likely");
      assert.doesNotMatch(found.because, /once/);
    }
    assert.equal(judge(built(40, 10_400, { compiled: ["internal/abi"] }))?.certainty, "proven");
  });

  it("its own fix silences it: a warm launch compiles the program's own packages only", () => {
    assert.equal(judge(built(1, 300)), undefined);
    assert.equal(judge(built(3, 2500)), undefined);
  });

  const others: Readonly<Record<string, ReturnType<typeof judge>>> = {
    "a few packages after an edit": judge(built(8, 4000)),
    "much compiling that nobody noticed": judge(built(60, 900)),
    "a cache that keeps nothing": judge(built(121, 10_400), { ...warm, stale: 120 }),
    "-a": judge(built(121, 10_400), warm, { ...config, buildFlags: "-a" }),
    "a build that failed": judge(built(121, 10_400, { outcome: "failed" })),
    "a build that stands still": judge(built(121, 10_400, { current: "build", idleMs: 5000 })),
    "one long link": judge({
      ...built(0, 0),
      phases: [{ name: "build", startMs: 0, ms: 9000, parts: [{ name: "link", ms: 9000, count: 1 }] }],
    }),
    "an attach": judge(built(121, 10_400), warm, { request: "attach", processId: 1 }),
    "no launch": judge(noTimeline),
  };
  for (const [what, found] of Object.entries(others))
    it(`is silent on ${what}`, () => assert.equal(found, undefined));
});
