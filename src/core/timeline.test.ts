import assert from "node:assert/strict";
import fc from "fast-check";
import { decode, encode, type Happening, type LaunchEvent } from "./event.ts";
import type { ProcessSample } from "./process.ts";
import { replay, spent } from "./timeline.ts";

const asked: Happening = {
  kind: "asked",
  log: 1,
  time: "2026-01-01T00:00:00.000Z",
  host: { kind: "local", name: "here" },
  launch: { name: "Debug", request: "launch", mode: "debug", config: {} },
};
const request = (command: string): Happening => ({ kind: "request", command, seq: 1 });
const success = (command: string): Happening => ({ kind: "response", command, seq: 1, success: true });
const failure = (command: string, text: string): Happening => ({
  kind: "response",
  command,
  seq: 1,
  success: false,
  error: { id: 3000, text },
});
const happened = (event: string): Happening => ({ kind: "event", event });

function one(pid: number, name: string, more: Partial<ProcessSample> = {}): ProcessSample {
  return { pid, ppid: 1, name, argv: [], state: "S", cpuMs: 0, ...more };
}

function sample(...processes: ProcessSample[]): Happening {
  return { kind: "sample", sample: { processes } };
}

function log(...entries: readonly (readonly [number, Happening])[]): LaunchEvent[] {
  return entries.map(([t, happening]) => ({ t, ...happening }));
}

const build = one(2, "go", { argv: ["go", "build"] });
const compile = (pid: number, pack: string, cpuMs: number) =>
  one(pid, "compile", { argv: ["compile", "-p", pack], cpuMs, state: "R" });

const whole = log(
  [0, asked],
  [5, { kind: "spawned", pid: 1, argv: ["dlv", "dap"], cwd: "/p" }],
  [40, { kind: "listening", address: "127.0.0.1:1" }],
  [50, request("initialize")],
  [55, success("initialize")],
  [60, request("launch")],
  [100, sample(one(1, "dlv"), build)],
  [400, sample(one(1, "dlv"), build, compile(3, "net", 200))],
  [900, sample(one(1, "dlv"), build, compile(4, "net/http", 400))],
  [1000, sample(one(1, "dlv"), build, one(5, "link", { cpuMs: 90 }))],
  [1300, sample(one(1, "dlv"), one(6, "__debug_bin12", { tracer: 1 }))],
  [1500, happened("initialized")],
  [1510, success("launch")],
  [1520, success("configurationDone")],
  [1600, { kind: "event", event: "stopped", reason: "breakpoint" }],
  [9000, { kind: "output", category: "stdout", text: "long after" }],
);

describe("a timeline", () => {
  it("cuts a launch into its phases without gaps", () => {
    const { phases, totalMs, outcome, current } = replay(whole);
    assert.deepEqual(
      phases.map(({ name, startMs, ms }) => [name, startMs, ms]),
      [
        ["start", 0, 40],
        ["handshake", 40, 20],
        ["build", 60, 1240],
        ["load", 1300, 200],
        ["configure", 1500, 20],
        ["run", 1520, 80],
      ],
    );
    assert.equal(totalMs, 1600);
    assert.equal(outcome, "stopped");
    assert.equal(current, undefined);
  });

  it("divides the build by what led it, and counts what was compiled", () => {
    const parts = replay(whole).phases.find((phase) => phase.name === "build")?.parts;
    assert.deepEqual(parts, [
      { name: "list", ms: 340, count: 1 },
      { name: "compile", ms: 600, count: 2 },
      { name: "link", ms: 300, count: 1 },
    ]);
  });

  it("lets the phase that is going on run up to now", () => {
    const { current, phases, totalMs } = replay(whole.slice(0, 8), 5000);
    assert.equal(current, "build");
    assert.equal(phases.at(-1)?.ms, 4940);
    assert.equal(totalMs, 5000);
  });

  it("has no build phase for a binary that is already built", () => {
    const exec = { ...asked, launch: { ...asked.launch, mode: "exec" } };
    const timeline = replay(
      log([0, exec], [20, { kind: "connected", address: "a" }], [30, request("launch")]),
      90,
    );
    assert.deepEqual(
      timeline.phases.map((phase) => phase.name),
      ["start", "handshake", "load"],
    );
  });

  it("goes from load to run where noDebug sends no initialized event", () => {
    const events = log([0, asked], [10, { kind: "connected", address: "a" }], [20, request("launch")]);
    const timeline = replay([...events, ...log([300, success("launch")])], 400);
    assert.equal(timeline.current, "run");
    assert.equal(spent(timeline, "build"), 280);
  });

  it("keeps Delve's error and the phase it came in", () => {
    const text = "Failed to launch: could not launch process: fork/exec /p/__debug_bin: permission denied";
    const { failure: failed, outcome } = replay([
      ...whole.slice(0, 11),
      ...log([1400, failure("launch", text)]),
    ]);
    assert.equal(outcome, "failed");
    assert.deepEqual(failed, { id: 3000, text, command: "launch", phase: "load" });
  });

  it("does not take a failed setBreakpoints for a failed launch", () => {
    const { outcome } = replay(
      [...whole.slice(0, 12), ...log([1505, failure("setBreakpoints", "no")])],
      1600,
    );
    assert.equal(outcome, undefined);
  });

  it("calls a dlv that died before the breakpoints a failure, and afterwards an end", () => {
    const died: Happening = { kind: "exited", code: 0, signal: null };
    assert.equal(replay(log([0, asked], [30, died])).outcome, "failed");
    assert.equal(replay([...whole.slice(0, 14), ...log([1550, died])]).outcome, "exited");
  });

  it("tells how the program ended, and a dlv that we ended from one that somebody else did", () => {
    const killed: LaunchEvent = { t: 2, kind: "event", event: "exited", exitCode: -9 };
    assert.equal(replay([killed]).exitCode, -9);
    const spawned: LaunchEvent = { t: 1, kind: "spawned", pid: 7, argv: ["dlv"], cwd: "/" };
    const ours = { code: null, signal: "SIGKILL", ours: true } as const;
    assert.deepEqual(replay([spawned, { t: 2, kind: "exited", ...ours }]).dlv?.exit, ours);
  });

  it("tells of the build error, of what dlv said and of what the program printed apart", () => {
    const timeline = replay(
      log(
        [0, asked],
        [1, { kind: "said", stream: "stdout", text: "DAP server" }],
        [2, { kind: "output", category: "stderr", text: "Build Error: go build\nx.go:1:1: no" }],
        [3, { kind: "output", category: "stdout", text: "hello" }],
      ),
    );
    assert.equal(timeline.said, "DAP server");
    assert.equal(timeline.buildError, "Build Error: go build\nx.go:1:1: no");
    assert.equal(timeline.printed, "hello");
  });

  it("counts idle time from the last sign of work, whatever the tree looks like", () => {
    const waiting = one(2, "go", { argv: ["go", "build"], cpuMs: 10, ioBytes: 500 });
    const events = [
      ...whole.slice(0, 6),
      ...log([100, sample(waiting)], [4000, sample({ ...waiting, cpuMs: 20 })]),
    ];
    assert.equal(replay(events, 9000).idleMs, 8900);
    const reading = [...events, ...log([8000, sample({ ...waiting, cpuMs: 20, ioBytes: 900 })])];
    assert.equal(replay(reading, 9000).idleMs, 1000);
  });

  it("is the same when its log is written and read back", () => {
    const read = decode(whole.map(encode).join(""));
    assert.deepEqual(replay(read), replay(whole));
  });

  it("leaves out a last line that was cut off, and names any other line that is no event", () => {
    const text = whole.map(encode).join("");
    assert.equal(decode(`${text}{"t":1,"ki`).length, whole.length);
    assert.throws(
      () => decode(`${text}nonsense\n${encode(whole[0] as LaunchEvent)}`),
      /line 17 of the launch log/,
    );
  });

  it("has phases in order and without gaps, whatever part of the log there is", () => {
    fc.assert(
      fc.property(fc.subarray(whole), fc.nat(20_000), (events, now) => {
        const { phases, totalMs } = replay(events, now);
        let end = 0;
        for (const phase of phases) {
          assert.equal(phase.startMs, end);
          assert.ok(phase.ms >= 0);
          end = phase.startMs + phase.ms;
        }
        assert.equal(end, totalMs);
      }),
    );
  });
});
