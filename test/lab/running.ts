import type { Timeline } from "../../src/core/timeline.ts";
import type { ProgramThread, RunningProgram } from "../../src/probes/runningProgram.ts";

/** The timeline of a program that runs since 6 s and has been quiet for 5, under a dlv with pid 10, as pid 11. */
export const running: Partial<Timeline> = {
  totalMs: 7000,
  phases: [
    { name: "load", startMs: 0, ms: 1000, parts: [] },
    { name: "run", startMs: 1000, ms: 6000, parts: [] },
  ],
  current: "run",
  idleMs: 5000,
  dlv: { pid: 10, argv: ["dlv", "dap"], cwd: "/w" },
  breakpoints: [{ at: "/w/main.go:12", verified: true }],
  last: {
    processes: [
      { pid: 10, ppid: 1, name: "dlv", argv: [], state: "S", cpuMs: 100 },
      { pid: 11, ppid: 10, name: "app", argv: [], state: "S", cpuMs: 0, tracer: 10 },
    ],
  },
};

/** A thread that waits in futex(2), as Go's idle ones do. */
export const parked: ProgramThread = {
  tid: 12,
  state: "S",
  wchan: "futex_do_wait",
  syscall: { number: 202, first: 0x595cc0n },
};

/** That program, whose standard input is dlv's own socket and whose threads are idle. */
export function programOf(more: Partial<RunningProgram> = {}): RunningProgram {
  return {
    pid: 11,
    machine: "x86_64",
    files: new Map([
      [0, "socket:[100]"],
      [1, "socket:[101]"],
    ]),
    dlvStdin: "socket:[100]",
    worked: false,
    threads: [parked],
    sockets: [],
    unixPeers: [],
    ...more,
  };
}
