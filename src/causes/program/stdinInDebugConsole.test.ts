import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { parked, programOf, running } from "../../../test/lab/running.ts";
import type { Timeline } from "../../core/timeline.ts";
import { stdinInDebugConsole } from "./stdinInDebugConsole.ts";

const reads = { tid: 11, state: "S", wchan: "unix_stream_read_generic", syscall: { number: 0, first: 0n } };
const waiting = programOf({ threads: [reads, parked] });
const nothing = { dlvStdin: "", lines: [] };
const verdict = (program = waiting, timeline = running, config = {}, readers: object = nothing) =>
  judge(stdinInDebugConsole, { program, readers }, launchOf(config, timeline));
const ended: Partial<Timeline> = {
  ...running,
  outcome: "exited",
  exitCode: 1,
  printed: "read: unexpected newline\n",
};
const { current: _, ...over } = ended;
const atEnd = { dlvStdin: "/dev/null", lines: ["main.go:12: fmt.Scanln(&name)"] };

describe("stdin-in-debug-console", () => {
  it("is proven by a thread in read(2) of file 0; its own fix silences it", () => {
    const found = verdict();
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(found.explains, { phase: "run", ms: 5000 });
    const launch = launchOf({}, running);
    const fixed = fixedConfig(launch.config, { cause: "", title: "", ...found });
    assert.equal(fixed["console"], "integratedTerminal");
    assert.equal(verdict(waiting, running, fixed), undefined);
  });

  it("knows the number of read(2) on arm64", () => {
    const thread = { ...reads, syscall: { number: 63, first: 0n } };
    assert.equal(verdict(programOf({ machine: "aarch64", threads: [thread] }))?.certainty, "proven");
    assert.equal(verdict(programOf({ machine: "aarch64", threads: [reads] })), undefined);
  });

  it("is likely where Yama hides system calls and file 0 is the only one of its kind", () => {
    const { syscall: _hidden, ...thread } = reads;
    const { syscall: _too, ...other } = parked;
    const hidden = programOf({ threads: [thread, other] });
    assert.equal(verdict(hidden)?.certainty, "likely");
    const files = new Map([...hidden.files, [5, "socket:[7]"] as const]);
    assert.equal(verdict({ ...hidden, files }), undefined);
  });

  it("is clear for a server, a computation, a stop, a terminal and a file of the user's", () => {
    const listens = { state: "LISTEN", local: "127.0.0.1:80", remote: "0.0.0.0:0", txQueue: 0, rxQueue: 0 };
    assert.equal(verdict(programOf()), undefined, "nobody reads");
    assert.equal(verdict({ ...waiting, sockets: [listens] }), undefined);
    assert.equal(verdict({ ...waiting, threads: [reads, { ...parked, state: "R" }] }), undefined);
    assert.equal(verdict({ ...waiting, threads: [reads, { ...parked, state: "t" }] }), undefined);
    assert.equal(verdict({ ...waiting, worked: true }), undefined);
    assert.equal(
      verdict({ ...waiting, files: new Map([[0, "/dev/pts/3"]]), dlvStdin: "/dev/pts/3" }),
      undefined,
    );
    assert.equal(verdict({ ...waiting, files: new Map([[0, "/w/fifo"]]) }), undefined);
    assert.equal(verdict(waiting, { ...running, idleMs: 100 }), undefined);
    assert.equal(verdict(waiting, running, { request: "attach", mode: "local" }), undefined);
  });

  it("is less sure of a program that has connections as well, and is found after a stop, too", () => {
    const peer = { state: "ESTABLISHED", local: "10.0.0.1:5", remote: "10.0.0.2:80", txQueue: 0, rxQueue: 0 };
    const found = verdict({ ...waiting, sockets: [peer] });
    assert.equal(found?.certainty, "likely");
    assert.match(found.evidence.join("\n"), /connections: 10\.0\.0\.2:80/);
    const { current: _now, ...stopped } = { ...running, outcome: "stopped" as const };
    assert.equal(verdict(waiting, stopped)?.explains, undefined);
    assert.equal(verdict(waiting, stopped)?.certainty, "proven");
  });

  it("is found where /dev/null ended the program, as sure as what it printed", () => {
    assert.equal(verdict(programOf(), over, {}, atEnd)?.certainty, "likely");
    assert.equal(verdict(programOf(), { ...over, printed: "bye\n" }, {}, atEnd)?.certainty, "possible");
    const link = { refused: [], reopened: false };
    const there = verdict(programOf(), { ...over, link }, {}, atEnd);
    assert.deepEqual(
      there?.fixes.map(({ id, preferred }) => [id, preferred]),
      [["stdin-in-debug-console/file", true]],
    );
  });

  it("is clear where a program that ends reads nothing, was given a file, or never had a breakpoint", () => {
    assert.equal(verdict(programOf(), over, {}, { ...atEnd, lines: [] }), undefined);
    assert.equal(verdict(programOf(), over, {}, { ...atEnd, dlvStdin: "socket:[1]" }), undefined);
    assert.equal(verdict(programOf(), over, { stdinFrom: "/w/in" }, atEnd), undefined);
    assert.equal(verdict(programOf(), { ...over, breakpoints: [] }, {}, atEnd), undefined);
  });
});
