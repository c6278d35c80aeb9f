import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { gvisorSystrap } from "./gvisorSystrap.ts";

// What gVisor shows in every sandbox: gvisor.dev, "Docker Quick Start", and the threads.
const version = "Linux version 4.4.0 #1 SMP Sun Jan 10 15:06:54 PST 2016";
const kernel = { boot: true, version };
const around = { mayTrace: true, ancestors: [] };
const stuck = {
  totalMs: 9000,
  current: "load",
  idleMs: 8000,
  phases: [{ name: "load", startMs: 500, ms: 8500, parts: [] }],
} as const;

function find(
  one: object,
  timeline: Parameters<typeof launchOf>[1] = stuck,
  container?: string,
  config: object = {},
) {
  const facts = { kernel: one, around: { ...around, ...(container && { container }) } };
  return judge(gvisorSystrap, facts, launchOf({ ...config }, timeline));
}

describe("gvisor-systrap", () => {
  it("is likely where dlv stands still on gVisor's kernel", () => {
    const found = find(kernel);
    assert.equal(found?.certainty, "likely");
    assert.deepEqual(found.explains, { phase: "load", ms: 8500 });
    assert.equal(find({ boot: false, version })?.certainty, "likely");
  });

  it("is possible without a launch", () => {
    const found = find(kernel, {});
    assert.equal(found?.certainty, "possible");
    assert.equal(found.explains, undefined);
  });

  it("its fix silences it: another runtime, in words for the cluster where it is one", () => {
    const action = find(kernel, stuck, "kubernetes")?.fixes[0]?.action;
    assert.match(action?.kind === "advice" ? action.text : "", /runtimeClassName/);
    assert.equal(find({ boot: false, version: "Linux version 6.1.0-18-amd64 (debian)" }), undefined);
  });

  it("is clear on an old kernel of the same number", () => {
    const old =
      "Linux version 4.4.0-210-generic (buildd@lgw01) (gcc version 5.4.0) #242-Ubuntu SMP Fri Apr 16 2021";
    assert.equal(find({ boot: false, version: old }), undefined);
  });

  it("is clear while things move, once the program runs, for a failure, and for a remote attach", () => {
    assert.equal(find(kernel, { ...stuck, idleMs: 1900 }), undefined);
    assert.equal(find(kernel, underWay), undefined);
    assert.equal(find(kernel, failed("Failed to launch: x")), undefined);
    assert.equal(find(kernel, {}, undefined, { request: "attach", mode: "remote" }), undefined);
  });
});
