import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import { parked, programOf, running } from "../../../test/lab/running.ts";
import { testmainWaits } from "./testmainWaits.ts";

const peer = { state: "ESTABLISHED", local: "127.0.0.1:5", remote: "127.0.0.1:5432", txQueue: 0, rxQueue: 0 };
const verbose = { mode: "test", args: ["-test.run", "^TestA$", "-test.v"] };
const waiting = programOf({ sockets: [peer] });
const verdict = (program = waiting, config: object = verbose, timeline = running) =>
  judge(testmainWaits, { program }, launchOf({ ...config }, timeline));

describe("testmain-waits", () => {
  it("names what is waited for, and is less sure where the binary does not print its tests", () => {
    const found = verdict();
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /pid 11 \(app\) waits for 127\.0\.0\.1:5432, and no test has begun/);
    assert.deepEqual(found.explains, { phase: "run", ms: 5000 });
    assert.equal(verdict(waiting, { mode: "test" })?.certainty, "possible");
    const later = { ...running, phases: [{ name: "run", startMs: 0, ms: 60_000, parts: [] } as const] };
    const unfollowed = verdict(waiting, verbose, later);
    assert.equal(unfollowed?.certainty, "possible", "what it printed since is not known");
    assert.equal(unfollowed.explains, undefined);
  });

  it("puts a connection that is not made first, then the one that is silent, a daemon, and a process", () => {
    const dials = { ...peer, state: "SYN_SENT", local: "10.0.0.1:9", remote: "10.0.0.2:80" };
    const child = { pid: 13, ppid: 11, name: "docker", argv: [], state: "S", cpuMs: 0 };
    const last = { processes: [...(running.last?.processes ?? []), child] };
    const found = verdict(programOf({ sockets: [peer, dials], unixPeers: ["/run/docker.sock"] }), verbose, {
      ...running,
      last,
    });
    assert.match(found?.because ?? "", /waits for 10\.0\.0\.2:80/);
    const evidence = found?.evidence
      .slice(0, 4)
      .map((one) => /SYN_SENT|ESTABLISHED|docker\.sock|13 \(docker\)/.exec(one)?.[0]);
    assert.deepEqual(evidence, ["SYN_SENT", "ESTABLISHED", "docker.sock", "13 (docker)"]);
  });

  it("is clear once a test has begun, for a quiet deadlock, and for a connection to itself", () => {
    assert.equal(verdict(waiting, verbose, { ...running, printed: "=== RUN   TestA\n" }), undefined);
    assert.equal(verdict(programOf()), undefined);
    const other = { ...peer, local: peer.remote, remote: peer.local };
    assert.equal(verdict(programOf({ sockets: [peer, other] })), undefined);
    assert.equal(verdict(programOf({ sockets: [{ ...peer, rxQueue: 8 }] })), undefined);
  });

  it("is clear while it computes, stands at a stop, reads standard input, or has nowhere to stop", () => {
    assert.equal(verdict({ ...waiting, threads: [{ ...parked, state: "R" }] }), undefined);
    assert.equal(verdict({ ...waiting, threads: [{ ...parked, state: "t" }] }), undefined);
    const reads = { ...parked, syscall: { number: 0, first: 0n } };
    assert.equal(verdict({ ...waiting, threads: [reads] }), undefined);
    assert.equal(verdict(waiting, verbose, { ...running, breakpoints: [] }), undefined);
    assert.equal(verdict(waiting, verbose, { ...running, idleMs: 500 }), undefined);
    assert.equal(verdict(waiting, { mode: "debug" }), undefined);
  });
});
