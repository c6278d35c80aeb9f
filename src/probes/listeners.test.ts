import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { refusedPort } from "./busyPort.ts";
import { isDlv, portUse } from "./listeners.ts";
import { configuredPort } from "./serverPort.ts";

const stdout = `port 8080
uid 1000
on 0A
sockets 50 0 1
sockets 40 2 0
owner 50 40 40 1000 __debug_bin1
exe 50 /w/__debug_bin1 (deleted)
start 50 1234
fds 50 readable
near 40 1 0 1000 dlv
exe 40 /go/bin/dlv
start 40 1200
fds 40 readable
argv 40 dlv\u001fdap\u001f--listen=:1\u001f
near 40 1 0 1000 dlv
`;

describe("who has a port", () => {
  it("is read with its dlv once, and dlv's own connections", () => {
    const use = portUse("x", () => 8080).read(answer(stdout), launchOf({}));
    assert.deepEqual([use?.port, use?.uid, use?.listening, use?.connected], [8080, 1000, true, false]);
    assert.deepEqual(
      use?.owners.map(({ pid, ppid, tracer, exe, start }) => [pid, ppid, tracer, exe, start]),
      [[50, 40, 40, "/w/__debug_bin1 (deleted)", 1234]],
    );
    assert.deepEqual(
      use?.around.map(({ argv, connected }) => [argv, connected]),
      [[["dlv", "dap", "--listen=:1"], 2]],
    );
  });

  it("does not know the connections of a process whose open files it may not list", () => {
    const hidden = stdout.replaceAll("fds 40 readable\n", "");
    const use = portUse("x", () => 8080).read(answer(hidden), launchOf({}));
    assert.deepEqual([use?.owners[0]?.connected, use?.around[0]?.connected], [0, undefined]);
  });

  it("is unknown where the table of sockets cannot be read", () => {
    assert.throws(() => portUse("x", () => 8080).read(answer("", 74), launchOf({})), /proc\/net\/tcp/);
  });

  it("is no question where the launch names no port", () => {
    assert.equal(portUse("x", () => undefined).read(answer(""), launchOf({})), undefined);
  });

  it("knows dlv by its program, whatever its version suffix", () => {
    const owner = { pid: 1, ppid: 1, uid: 0, name: "x", argv: [], tracer: 0, start: 1 };
    assert.deepEqual(
      ["/b/dlv", "/b/dlv-dap", "/b/dlv (deleted)", "/b/dlvx", "/dlv/app"].map((exe) =>
        isDlv({ ...owner, exe }),
      ),
      [true, true, true, false, false],
    );
  });

  it("takes the configured port of this machine only", () => {
    assert.equal(configuredPort(launchOf({ port: 1234 })), 1234);
    assert.equal(configuredPort(launchOf({ request: "attach", mode: "remote" })), 2345);
    assert.equal(configuredPort(launchOf({ port: 1234, host: "build7" })), undefined);
    assert.equal(configuredPort(launchOf({})), undefined);
  });

  it("takes the refused port off the program's words", () => {
    const of = (printed: string) => refusedPort(launchOf({}, { printed }));
    assert.equal(of("listen tcp [::1]:9090: bind: address already in use"), 9090);
    assert.equal(of("all is well on :9090"), undefined);
  });
});
