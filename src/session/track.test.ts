import assert from "node:assert/strict";
import { until } from "../../test/lab/proxied.ts";
import type { Host, Limits } from "../core/host.ts";
import { planned } from "../core/launch.ts";
import { firstUsual } from "../core/usual.ts";
import type { SessionState } from "./state.ts";
import { type TrackOptions, track } from "./track.ts";

/** A host whose commands hang until they are called off. */
function hangs(asked: Limits[] = []): Host {
  return {
    kind: "local",
    name: "test",
    run: (_, limits) =>
      new Promise((resolve) => {
        asked.push(limits);
        const answer = { code: null, stdout: "", stderr: "", timedOut: true };
        limits.signal?.addEventListener("abort", () => resolve(answer));
      }),
  };
}

function follow(more: Partial<TrackOptions> = {}) {
  return track({
    planned: planned({ name: "Test", request: "launch", mode: "debug" }, "/"),
    host: hangs(),
    usual: firstUsual,
    sample: () => ({ processes: [] }),
    ...more,
  });
}

const throws = () => {
  throw new Error("no room");
};

/** Says that the launch is followed no more, and nothing else. */
const bypassed = [{ kind: "bypassed", because: "no room" }];

describe("a launch that is followed", () => {
  it("no longer asks Go for its packages when it is over", async () => {
    const asked: Limits[] = [];
    const followed = follow({ host: hangs(asked), usual: { ...firstUsual, build: 0 } });
    followed.record({ kind: "request", command: "launch", seq: 1 });
    await until("the question", () => asked.length === 1);
    assert.equal(asked[0]?.signal?.aborted, false);
    followed.record({ kind: "cancelled", by: "test" });
    assert.equal(asked[0]?.signal?.aborted, true);
  });

  for (const [what, broken] of [
    ["what it tells", { changed: throws }],
    ["its log", { log: throws }],
    ["a sample", { sample: throws }],
  ] as const) {
    it(`goes on unwatched when ${what} fails`, async () => {
      const states: SessionState[] = [];
      let told = 0;
      const bypassing = () => {
        told += 1;
      };
      const followed = follow({ changed: (state) => states.push(state), ...broken, bypassed: bypassing });
      followed.record({ kind: "spawned", pid: 1, argv: ["dlv"], cwd: "/" });
      await until("the end of watching", () => told > 0);
      const { length } = followed.events;
      followed.record({ kind: "connected", address: "here" });
      followed.adopt("launch", { mode: "test" });
      followed.close();
      assert.equal(followed.events.length, length);
      assert.equal(told, 1);
      assert.deepEqual(
        followed.events.slice(-1).map(({ t, ...event }) => event),
        bypassed,
      );
      if (what !== "what it tells") assert.deepEqual(states.map(({ over }) => over).slice(-1), [true]);
    });
  }
});
