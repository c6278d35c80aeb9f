import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { Config } from "../../core/config.ts";
import type { PortOwner, PortUse } from "../../probes/listeners.ts";
import { remoteAttachVsDapServer } from "./remoteAttachVsDapServer.ts";

const owner: PortOwner = {
  pid: 9,
  ppid: 1,
  uid: 0,
  name: "dlv",
  exe: "/go/bin/dlv",
  argv: [],
  tracer: 0,
  start: 1,
  connected: 0,
};
const nobody: PortUse = { port: 2345, listening: false, connected: false, owners: [], around: [], uid: 0 };
const served = (...argv: string[]): PortUse => ({
  ...nobody,
  listening: true,
  owners: [{ ...owner, argv: ["/go/bin/dlv", ...argv] }],
});
const dap = served("dap", "--listen=:2345");
const headless = served("--listen=:2345", "--headless", "exec", "./app");
const remote = { request: "attach", mode: "remote", port: 2345 };
const local = { port: 2345, host: "127.0.0.1" };

function find(use: PortUse | undefined, config: Config, timeline = {}) {
  return judge(remoteAttachVsDapServer, { use, servers: undefined }, launchOf(config, timeline));
}

function fixed(use: PortUse, config: Config): Config {
  const found = find(use, config);
  return fixedConfig(config, { cause: "", title: "", ...(found ?? assert.fail("nothing was found")) });
}

describe("remote-attach-vs-dap-server", () => {
  it("is proven for a launch at a headless server, and its own fix silences it", () => {
    assert.equal(find(headless, local)?.certainty, "proven");
    const config = fixed(headless, local);
    assert.deepEqual(config, { ...local, request: "attach", mode: "remote" });
    assert.equal(find(headless, config), undefined);
  });

  it("is proven for a remote attach at `dlv dap`; the fix is the request that the server takes", () => {
    assert.equal(find(dap, { ...remote, program: undefined })?.fixes[0]?.action.kind, "advice");
    for (const [config, request, mode] of [
      [{ ...remote, program: "/w" }, "launch", "debug"],
      [{ ...remote, program: undefined, processId: 7 }, "attach", "local"],
    ] as const) {
      const after = fixed(dap, config);
      assert.deepEqual([after["request"], after["mode"]], [request, mode]);
      assert.equal(find(dap, after), undefined);
    }
  });

  it("is possible where nobody listens before the launch, and its own fix silences it", () => {
    assert.equal(find(nobody, local)?.certainty, "possible");
    const config = fixed(nobody, local);
    assert.deepEqual(config, {});
    assert.equal(find(nobody, config), undefined);
  });

  it("is proven by a refused connection, likely without one, and clear once a connection was up", () => {
    const refusal = "no connection to Delve at 127.0.0.1:2345: nothing listens there";
    const started = { phases: [{ name: "start", startMs: 0, ms: 20, parts: [] }] as const, totalMs: 20 };
    const failure = { text: refusal, phase: "start", command: "initialize" } as const;
    const found = find(nobody, local, { ...started, outcome: "failed", failure });
    assert.equal(found?.certainty, "proven");
    assert.ok(found.evidence.includes(refusal));
    assert.deepEqual(found.explains, { phase: "start", ms: 20 });
    assert.equal(find(nobody, local, started)?.certainty, "likely");
    assert.equal(find(nobody, local, failed("EOF", "handshake")), undefined);
  });

  it("says which server to start where nobody listens for a remote attach", () => {
    const action = find(nobody, remote)?.fixes[0]?.action;
    assert.match(action?.kind === "advice" ? action.text : "", /--headless .*--listen=127\.0\.0\.1:2345/);
  });

  it("is likely by Delve's words where the server has ended since", () => {
    const failure = failed("Failed to launch: debug session already in progress at main.main:5", "handshake");
    const found = find(nobody, local, failure);
    assert.equal(found?.certainty, "likely");
    assert.deepEqual(found.explains, { phase: "handshake", ms: 10 });
    assert.match(found.because, /headless/);
  });

  it("is clear for pairs that fit", () => {
    assert.equal(find(dap, local), undefined);
    assert.equal(find(headless, remote), undefined);
    assert.equal(find(dap, { ...local, request: "attach", mode: "local", processId: 7 }), undefined);
  });

  it("is clear for a server that has its one client, for ssh or docker-proxy, and for another machine", () => {
    assert.equal(find({ ...nobody, connected: true }, remote), undefined);
    const proxy = { ...owner, name: "docker-proxy", exe: "/usr/bin/docker-proxy" };
    assert.equal(find({ ...nobody, listening: true, owners: [proxy] }, remote), undefined);
    assert.equal(find(nobody, { ...remote, host: "build7" }), undefined);
  });

  it("is clear without a port, and once the session is up", () => {
    assert.equal(find(nobody, {}), undefined);
    assert.equal(find(nobody, local, underWay), undefined);
  });
});
