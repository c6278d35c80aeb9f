import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import type { Config } from "../../core/config.ts";
import type { Action } from "../../core/fix.ts";
import type { PortOwner, PortUse } from "../../probes/listeners.ts";
import { staleDebuggeeHoldsPort } from "./staleDebuggeeHoldsPort.ts";

const printed = "2026/01/02 03:04:05 listen tcp :8080: bind: address already in use\n";
const debuggee: PortOwner = {
  pid: 50,
  ppid: 1,
  uid: 1000,
  name: "__debug_bin1",
  exe: "/w/__debug_bin1 (deleted)",
  argv: [],
  tracer: 0,
  start: 1234,
  connected: 0,
};
const dlv: PortOwner = {
  ...debuggee,
  pid: 40,
  start: 1200,
  name: "dlv",
  exe: "/go/bin/dlv",
  argv: ["dlv", "dap"],
};
const traced = { ...debuggee, ppid: 40, tracer: 40 };
const use: PortUse = {
  port: 8080,
  listening: true,
  connected: false,
  owners: [debuggee],
  around: [],
  uid: 1000,
};

function find(more: Partial<PortUse>, config: Config = {}, timeline: object = { printed }) {
  return judge(staleDebuggeeHoldsPort, { use: { ...use, ...more } }, launchOf(config, timeline));
}

/** What the fix ends: the signal, then PID START EXE of each. */
function ends(action: Action | undefined) {
  assert.ok(action?.kind === "command");
  assert.deepEqual([action.argv[0], action.argv[1]], ["sh", "-c"]);
  return action.argv.slice(4);
}

describe("stale-debuggee-holds-port", () => {
  it("is proven by a __debug_bin without a dlv, and ends exactly that pid", () => {
    const found = find({});
    assert.equal(found?.certainty, "proven");
    assert.equal(found.fixes[0]?.preferred, true);
    const action = found.fixes[0].action;
    assert.deepEqual(ends(action), ["TERM", "50", "1234", "/w/__debug_bin1"]);
    assert.equal(find({ owners: [], listening: false }), undefined, "its own fix silences it");
  });

  it("is proven by a dlv without a client, and ends the program first", () => {
    const action = find({ owners: [traced], around: [dlv] })?.fixes[0]?.action;
    const program = ["50", "1234", "/w/__debug_bin1"];
    assert.deepEqual(ends(action), ["KILL", ...program, "40", "1200", "/go/bin/dlv"]);
  });

  it("is clear where the connections of that dlv are not known", () => {
    const { connected: _, ...hidden } = dlv;
    assert.equal(find({ owners: [traced], around: [hidden] }), undefined);
  });

  it("knows the program of this launch by its path, and an orphan of a user's systemd", () => {
    const custom = { ...debuggee, name: "app", exe: "/w/app" };
    assert.equal(find({ owners: [custom] }), undefined);
    assert.equal(find({ owners: [custom] }, { output: "/w/app" })?.certainty, "proven");
    const systemd = { ...dlv, pid: 900, name: "systemd", exe: "/usr/lib/systemd/systemd" };
    assert.ok(find({ owners: [{ ...debuggee, ppid: 900 }], around: [systemd] }));
  });

  it("needs root only for another user's process", () => {
    assert.equal(find({})?.fixes[0]?.needsRoot, false);
    assert.equal(find({ uid: 1001 })?.fixes[0]?.needsRoot, true);
    assert.equal(find({ uid: 0 })?.fixes[0]?.needsRoot, false);
  });

  it("is clear for a session that is going on, this launch's own included", () => {
    assert.equal(find({ owners: [traced], around: [{ ...dlv, connected: 1 }] }), undefined);
    const current = { printed, dlv: { pid: 40, argv: [], cwd: "/w" } };
    assert.equal(find({ owners: [traced], around: [dlv] }, {}, current), undefined);
  });

  it("is clear for a headless server that waits for its next client", () => {
    const waiting = { ...dlv, argv: ["dlv", "exec", "./app", "--headless", "--accept-multiclient"] };
    assert.equal(find({ owners: [traced], around: [waiting] }), undefined);
  });

  it("is clear for docker-proxy, for another program, and where nobody listens any more", () => {
    assert.equal(
      find({ owners: [{ ...debuggee, name: "docker-proxy", exe: "/usr/bin/docker-proxy" }] }),
      undefined,
    );
    assert.equal(find({ owners: [] }), undefined);
  });

  it("looks only after the program's own words, not dlv's", () => {
    assert.equal(find({}, {}, {}), undefined);
    const said = "couldn't start listener: listen tcp 127.0.0.1:8080: bind: address already in use";
    assert.equal(find({}, {}, { said }), undefined);
  });
});
