import assert from "node:assert/strict";
import { answer, judge, launchOf } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Timeline } from "../../core/timeline.ts";
import { type Debuginfod, debuginfod } from "../../probes/debuginfod.ts";
import { debuginfodWait } from "./debuginfodWait.ts";

const socket = {
  state: "ESTABLISHED",
  local: "127.0.0.1:5",
  remote: "10.0.0.7:8002",
  txQueue: 0,
  rxQueue: 0,
};
const dlv = { pid: 10, ppid: 1, name: "dlv", argv: [], state: "S", cpuMs: 5 };
const find = {
  ...dlv,
  pid: 12,
  ppid: 10,
  name: "debuginfod-find",
  argv: ["debuginfod-find", "debuginfo", "04a0b7", ""],
  sockets: [socket],
};
const standing: Partial<Timeline> = {
  totalMs: 9000,
  idleMs: 6000,
  phases: [{ name: "load", startMs: 0, ms: 9000, parts: [] }],
  current: "load",
  last: { processes: [dlv, find] },
};
const asked: Debuginfod = { servers: ["debuginfod.example.com"], asking: [12] };
const judged = (timeline: Partial<Timeline>, facts = asked, config = {}) =>
  judge(debuginfodWait, { debuginfod: facts }, launchOf(config, timeline));

describe("debuginfod-wait", () => {
  it("is proven by dlv's child that has had no answer; its own fix silences it", () => {
    const found = judged(standing);
    assert.equal(found?.certainty, "proven");
    assert.equal(
      found.because,
      "dlv waits for debuginfod-find (pid 12), which has had no answer from debuginfod.example.com for 6.0 s.",
    );
    assert.equal(found.evidence[0], "dlv's child: debuginfod-find debuginfo 04a0b7");
    assert.match(found.evidence.join("\n"), /its connection to 10\.0\.0\.7:8002: ESTABLISHED, 0 bytes/);
    assert.deepEqual(found.explains, { phase: "load", ms: 6000 });

    const launch = launchOf({ env: { DEBUGINFOD_URLS: "https://debuginfod.example.com/", A: "1" } });
    const config = fixedConfig(launch.config, { cause: "", title: "", ...found });
    assert.deepEqual(config["env"], { DEBUGINFOD_URLS: "", A: "1" });
    // Without a server debuginfod-find ends at once, and dlv has no such child.
    const without = { ...standing, idleMs: 0, last: { processes: [dlv] } };
    assert.equal(judged(without, { servers: [], asking: [] }, config), undefined);
  });

  it("is silent for a download that goes on, and for one that has ended meanwhile", () => {
    assert.equal(judged({ ...standing, idleMs: 200 }), undefined);
    assert.equal(judged(standing, { servers: [], asking: [] }), undefined);
  });

  it("is silent for one that the program has started", () => {
    const program = { ...dlv, pid: 11, ppid: 10, name: "gdbish", tracer: 10 };
    const processes = [dlv, program, { ...find, ppid: 11 }];
    assert.equal(judged({ ...standing, last: { processes } }), undefined);
  });

  it("is silent where dlv itself reads debug information, and during a build", () => {
    assert.equal(judged({ ...standing, last: { processes: [dlv] } }), undefined);
    assert.equal(judged({ ...standing, current: "build" }), undefined);
  });
});

describe("what dlv asks debuginfod with", () => {
  it("is read without what may be secret", () => {
    assert.deepEqual(
      debuginfod.read(
        answer("asking 12\nserver a.example\nserver b.example:8002\ntimeout 5\n"),
        launchOf({}),
      ),
      { servers: ["a.example", "b.example:8002"], asking: [12], timeoutSeconds: 5 },
    );
    assert.deepEqual(debuginfod.read(answer(""), launchOf({})), { servers: [], asking: [] });
  });
});
