import assert from "node:assert/strict";
import { answer, judge, launchOf } from "../../../test/lab/judge.ts";
import type { Timeline } from "../../core/timeline.ts";
import { type StoppedProcess, stoppedProcesses } from "../../probes/stoppedProcesses.ts";
import { stoppedProcess } from "./stoppedProcess.ts";

const compile = { pid: 12, ppid: 11, name: "compile", argv: [], state: "T", cpuMs: 5 };
const dlv = { ...compile, pid: 10, ppid: 1, name: "dlv", state: "S" };
const standing: Partial<Timeline> = {
  totalMs: 9000,
  idleMs: 6000,
  phases: [{ name: "build", startMs: 0, ms: 9000, parts: [] }],
  current: "build",
  last: { processes: [dlv, compile] },
};
const stopped: StoppedProcess[] = [{ pid: 12, name: "compile", wchan: "do_signal_stop", terminal: false }];

describe("stopped-process", () => {
  it("is proven by state T, and its fix is SIGCONT", () => {
    const found = judge(stoppedProcess, { stopped }, launchOf({}, standing));
    assert.equal(found?.certainty, "proven");
    assert.equal(found.because, "A signal has stopped compile (pid 12), and the launch waits for it.");
    assert.equal(found.evidence[0], "/proc/12/stat: compile in state T, no tracer, in do_signal_stop");
    assert.deepEqual(found.explains, { phase: "build", ms: 6000 });
    assert.deepEqual(
      found.fixes.map(({ action }) => action),
      [{ kind: "command", argv: ["kill", "-CONT", "12"] }],
    );
  });

  it("is silent once it goes on, as its own fix makes it", () => {
    assert.equal(judge(stoppedProcess, { stopped: [] }, launchOf({}, standing)), undefined);
    const going = { ...standing, last: { processes: [dlv, { ...compile, state: "R" }] } };
    assert.equal(judge(stoppedProcess, { stopped: [] }, launchOf({}, going)), undefined);
  });

  it("is silent for a program that its tracer holds, and for what a program does with its children", () => {
    const held = { ...standing, last: { processes: [dlv, { ...compile, state: "t", tracer: 10 }] } };
    assert.equal(judge(stoppedProcess, { stopped }, launchOf({}, held)), undefined);
    assert.equal(
      judge(stoppedProcess, { stopped }, launchOf({}, { ...standing, current: "run" })),
      undefined,
    );
  });
});

describe("processes that a signal stopped", () => {
  it("are read from what /proc says now, with the terminal that they have", () => {
    const text = `12 do_signal_stop 12 (my (odd) tool) T 11 12 12 0 -1 4194560
13 0 13 (dlv) T 1 13 13 34816 -1 4194560
14 do_wait 14 (go) S 1 13 13 0 -1 4194560
`;
    assert.deepEqual(stoppedProcesses.read(answer(text), launchOf({})), [
      { pid: 12, name: "my (odd) tool", wchan: "do_signal_stop", terminal: false },
      { pid: 13, name: "dlv", terminal: true },
    ]);
  });

  it("are asked about by the pids that were seen so", () => {
    assert.ok("sh" in stoppedProcesses);
    assert.deepEqual(stoppedProcesses.args?.(launchOf({}, standing)), ["12"]);
  });
});
