import assert from "node:assert/strict";
import type { Happening, LaunchEvent } from "../core/event.ts";
import type { ProcessSample } from "../core/process.ts";
import { replay } from "../core/timeline.ts";
import { type TraceEvent, traceEvents, traceText } from "./traceEvent.ts";
import { lanes } from "./traceTracks.ts";

const time = "2026-03-01T12:00:00.000Z";
const zero = Date.parse(time) * 1000;
const asked: LaunchEvent = {
  t: 0.9,
  kind: "asked",
  log: 1,
  time,
  host: { kind: "local", name: "here" },
  launch: { name: "Shop", request: "launch", mode: "debug", config: { env: { KEY: "‹redacted›" } } },
};

function process(pid: number, name: string, argv: readonly string[] = [], cpuMs = 0): ProcessSample {
  return { pid, ppid: 1, name, argv, state: "R", cpuMs };
}

const dlv = process(40, "dlv");
const build = process(41, "go", ["go", "build", "-o", "x"]);
const compile = (pid: number, name: string, cpuMs = 0) =>
  process(pid, "compile", ["compile", "-o", "o", "-p", name], cpuMs);
const sample = (...processes: readonly ProcessSample[]): Happening => ({
  kind: "sample",
  sample: { processes },
});

function log(...happenings: readonly (readonly [t: number, happening: Happening])[]): LaunchEvent[] {
  return [asked, ...happenings.map(([t, happening]) => ({ t, ...happening }))];
}

/** A launch from F5 to its stop, its build with two compilers at once. */
const whole = log(
  [10, { kind: "spawned", pid: 40, argv: ["dlv", "dap"], cwd: "/w" }],
  [30, { kind: "listening", address: "127.0.0.1:1" }],
  [31, { kind: "request", command: "initialize", seq: 1 }],
  [35, { kind: "response", command: "initialize", seq: 1, success: true }],
  [40, { kind: "request", command: "launch", seq: 2 }],
  [50, sample(dlv, build)],
  [100, sample(dlv, build, compile(42, "fmt"), compile(43, "os"))],
  [110, { kind: "packages", done: 1, total: 3 }],
  [150, sample(dlv, build, compile(42, "fmt", 50))],
  [200, sample(dlv, process(41, "go", [], 20), process(44, "link", ["link"]))],
  [300, sample(dlv, process(45, "__debug_bin7"))],
  [310, { kind: "event", event: "initialized" }],
  [312, { kind: "response", command: "launch", seq: 2, success: true }],
  [320, { kind: "request", command: "configurationDone", seq: 3 }],
  [325, { kind: "response", command: "configurationDone", seq: 3, success: true }],
  [330, { kind: "event", event: "stopped", reason: "breakpoint" }],
  [331, { kind: "request", command: "threads", seq: 4 }],
);

const traced = (events: readonly LaunchEvent[]) => ({ events, timeline: replay(events) });
const named = (events: readonly TraceEvent[], cat: string) => events.filter((event) => event.cat === cat);
/** From where to where (ms since t 0) each slice of a category goes. */
const slices = (events: readonly TraceEvent[], cat: string) =>
  named(events, cat)
    .filter(({ ph }) => ph === "X")
    .map(({ name, ts = 0, dur = 0 }) => [name, (ts - zero) / 1000, (ts + dur - zero) / 1000]);

describe("a launch as trace events", () => {
  const events = traceEvents(traced(whole));

  it("has each phase where the clock on the wall had it, one from the end of the other", () => {
    assert.deepEqual(slices(events, "phase"), [
      ["start", 0, 30],
      ["handshake", 30, 40],
      ["build", 40, 300],
      ["load", 300, 310],
      ["configure", 310, 325],
      ["run", 325, 330],
    ]);
    assert.deepEqual(slices(events, "part"), [
      ["list", 40, 100],
      ["compile", 100, 200],
      ["link", 200, 300],
    ]);
  });

  it("has each process by what it is about, also where it was seen last as it ended", () => {
    assert.deepEqual(slices(events, "process"), [
      ["dlv", 50, 330],
      ["go build", 50, 300],
      ["__debug_bin7", 300, 330],
      ["compile fmt", 100, 200],
      ["link", 200, 300],
      ["compile os", 100, 150],
    ]);
  });

  it("has a request from its question to its answer, and one without an answer to the end", () => {
    const [initialize] = named(events, "dap");
    assert.deepEqual([initialize?.name, initialize?.dur], ["initialize", 4000]);
    const threads = named(events, "dap").find(({ name }) => name === "threads");
    assert.deepEqual(threads?.args, { seq: 4, answered: false });
  });

  it("counts packages, and the cores that dlv's processes kept busy", () => {
    const counted = events.filter(({ ph }) => ph === "C");
    assert.deepEqual(
      counted.filter(({ name }) => name === "packages").map(({ args }) => args),
      [{ done: 1, left: 2 }],
    );
    const busy = counted.filter(({ name }) => name !== "packages");
    assert.deepEqual(
      busy.map(({ ts = 0, args }) => [(ts - zero) / 1000, args?.["cores"]]),
      [
        [50, 0],
        [100, 1],
        [150, 0.4],
        [200, 0],
        [300, 0],
      ],
    );
  });

  it("is one array of events with all that the format asks of each, a line each", () => {
    const text = traceText(traced(whole));
    const parsed: TraceEvent[] = JSON.parse(text);
    assert.equal(text.split("\n").length, parsed.length + 3);
    for (const event of parsed) {
      assert.ok(Number.isInteger(event.pid) && event.pid > 0 && Number.isInteger(event.tid));
      if (event.ph !== "M") assert.ok(Number.isInteger(event.ts));
      if (event.ph === "X") assert.ok(Number.isInteger(event.dur) && (event.dur ?? -1) >= 0);
      if (event.ph === "i") assert.equal(event.s, "t");
      if (event.ph === "C")
        assert.ok(Object.values(event.args ?? {}).every((value) => typeof value === "number"));
    }
    const titles = parsed.filter(({ name }) => name === "thread_name").map(({ tid }) => tid);
    assert.deepEqual(
      new Set(titles),
      new Set(parsed.flatMap(({ ph, tid }) => (ph === "X" || ph === "i" ? tid : []))),
    );
  });

  it("lets no slice of a thread reach over another's end", () => {
    const drawn = events.filter(({ ph }) => ph === "X");
    for (const one of drawn)
      for (const other of drawn.filter(({ tid }) => tid === one.tid)) {
        const [from, to] = [one.ts ?? 0, (one.ts ?? 0) + (one.dur ?? 0)];
        const [begins, ends] = [other.ts ?? 0, (other.ts ?? 0) + (other.dur ?? 0)];
        assert.ok(
          ends <= from || to <= begins || (begins <= from && to <= ends) || (from <= begins && ends <= to),
        );
      }
  });
});

describe("what a trace says of a launch that does not go well", () => {
  const stuck = log(
    [10, { kind: "spawned", pid: 40, argv: ["dlv"], cwd: "/w" }],
    [30, { kind: "listening", address: "127.0.0.1:1" }],
    [40, { kind: "request", command: "launch", seq: 1 }],
    [100, sample(dlv, build)],
    [7000, { kind: "link", what: "rtt", ms: 3 }],
    [9000, { kind: "cancelled", by: "client" }],
  );

  it("names the silence, the finding and how it ended, each where it was", () => {
    const findings = [
      {
        cause: "module-download-blocked",
        title: "A module cannot be downloaded",
        certainty: "proven" as const,
        because: "go waits",
        evidence: [],
        explains: { phase: "build" as const, ms: 8900 },
        fixes: [],
      },
    ];
    const events = traceEvents({ ...traced(stuck), findings, outcome: "stalled" });
    assert.deepEqual(slices(events, "diagnosis"), [["nothing moved", 100, 9000]]);
    const marks = named(events, "diagnosis").filter(({ ph }) => ph === "i");
    assert.deepEqual(
      marks.map(({ name, ts = 0 }) => [name, (ts - zero) / 1000]),
      [
        ["A module cannot be downloaded", 9000],
        ["stalled", 9000],
      ],
    );
  });

  it("calls it silence, and no standstill, where nobody saw the processes", () => {
    const events = traceEvents(traced(stuck.filter(({ kind }) => kind !== "sample")));
    assert.deepEqual(slices(events, "diagnosis"), [["no message", 40, 9000]]);
  });

  it("has a process of its own for a launch that no dlv of ours ran", () => {
    const events = traceEvents(traced(log([5, { kind: "lost", side: "dlv", because: "ECONNREFUSED" }])));
    assert.ok(events.every(({ pid }) => pid === 1));
    assert.ok(events.some(({ name, args }) => name === "lost" && args?.["because"] === "ECONNREFUSED"));
  });

  it("is an error where the log has lost its beginning", () => {
    assert.throws(() => traceText(traced(whole.slice(1))), /does not say when it was asked for/);
  });
});

describe("texts of others in a trace", () => {
  it("stay data, and show what they are", () => {
    const evil = '"}],\n\u202e<script>__proto__\u001b[2J';
    const events = log([10, sample(dlv, compile(42, evil))], [20, sample(dlv)]);
    const text = traceText(traced(events));
    const slice = (JSON.parse(text) as TraceEvent[]).find(({ name }) => name.startsWith("compile "));
    assert.equal(slice?.name, 'compile "}], \\u{202e}<script>__proto__\\u{1b}[2J');
  });

  it("are neither what was printed nor what was asked for", () => {
    const said = "the program's own words";
    const events = log(
      [10, { kind: "output", category: "stdout", text: said }],
      [20, { kind: "said", stream: "stderr", text: said }],
      [30, { kind: "spawned", pid: 4, argv: ["dlv", said], cwd: "/w" }],
      [40, sample(process(5, "link", ["link", "-X", said]))],
    );
    assert.doesNotMatch(traceText(traced(events)), /own words|redacted/);
  });
});

describe("lanes", () => {
  const span = (from: number, to: number) => ({ name: "", from, to, args: {} });

  it("are as many as overlap at most", () => {
    const dealt = lanes([span(5, 6), span(0, 2), span(1, 3), span(2, 4), span(3, 5)]);
    assert.deepEqual(
      dealt.map((lane) => lane.map(({ from, to }) => [from, to])),
      [
        [
          [0, 2],
          [2, 4],
          [5, 6],
        ],
        [
          [1, 3],
          [3, 5],
        ],
      ],
    );
  });
});
