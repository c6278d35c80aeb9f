import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { loopbackFiltered } from "./loopbackFiltered.ts";

const silence = { by: "perl", outcome: "silence", error: "", ms: 3002 };
const connected = { by: "perl", outcome: "connected", error: "", ms: 0 };
const waiting = {
  totalMs: 4000,
  current: "handshake",
  phases: [
    { name: "start", startMs: 0, ms: 40, parts: [] },
    { name: "handshake", startMs: 40, ms: 3960, parts: [] },
  ],
  dlv: { pid: 9, argv: ["dlv", "dap"], cwd: "/w", listening: "127.0.0.1:4711" },
} as const;

function find(
  tried: object | undefined,
  timeline: Parameters<typeof launchOf>[1] = waiting,
  more: object = {},
  wsl?: string,
) {
  return judge(loopbackFiltered, { tried, wsl }, launchOf({ ...more }, timeline));
}

describe("loopback-filtered", () => {
  it("is proven by a connection of our own that gets no answer", () => {
    const found = find(silence);
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(found.explains, { phase: "handshake", ms: 3960 });
    assert.match(found.evidence.join("\n"), /dlv \(pid 9\) listens at 127.0.0.1:4711/);
    assert.equal(found.fixes[0]?.id, "loopback-filtered/exempt");
  });

  it("sets lo up where the address is not there at all", () => {
    for (const [outcome, error] of [
      ["bind", "Cannot assign requested address"],
      ["bind", "Address not available"],
      ["connect", "Network is unreachable"],
      ["connect", "Network unreachable"],
    ])
      assert.equal(find({ ...silence, outcome, error })?.fixes[0]?.id, "loopback-filtered/lo-up");
  });

  it("takes a refusal for a filter's: the listener is there", () => {
    for (const error of ["Connection refused", "No route to host", "Operation not permitted"])
      assert.equal(find({ ...silence, outcome: "connect", error })?.fixes[0]?.id, "loopback-filtered/exempt");
  });

  it("is clear where the machine has no port left, or lets nobody bind one", () => {
    for (const [outcome, error] of [
      ["bind", "Address already in use"],
      ["bind", "Permission denied"],
      ["connect", "Cannot assign requested address"],
    ])
      assert.equal(find({ ...silence, outcome, error }), undefined);
  });

  it("is found without a launch, and explains no time then", () => {
    assert.equal(find(silence, {})?.explains, undefined);
  });

  it("its fixes silence it: the connection comes up", () => assert.equal(find(connected), undefined));

  it("is clear where nothing can try it, and leaves WSL's mirrored mode to its own cause", () => {
    assert.equal(find(undefined), undefined);
    assert.equal(find(silence, waiting, {}, "mirrored"), undefined);
    assert.equal(find(silence, waiting, {}, "nat")?.certainty, "proven");
  });

  it("is clear once dlv was reached, for a dlv that could not be started, and for somebody else's", () => {
    assert.equal(find(silence, underWay), undefined);
    assert.equal(find(silence, failed("Failed to launch: x")), undefined);
    assert.equal(find(silence, { ...waiting, spawnError: { errno: "ENOENT", text: "" } }), undefined);
    assert.equal(find(silence, waiting, { port: 2345 }), undefined);
    assert.equal(find(silence, waiting, { request: "attach", mode: "remote" }), undefined);
  });
});
