import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { WaitingServer } from "../../probes/waitingServers.ts";
import { headlessWaitsForClient } from "./headlessWaitsForClient.ts";

const server: WaitingServer = {
  pid: 1,
  ppid: 0,
  argv: ["dlv", "exec", "/app", "--headless", "--listen=:2345"],
  port: 2345,
  host: "127.0.0.1",
  program: { pid: 19, name: "app" },
};
const attach = { request: "attach", mode: "local", processId: 19 };
const refused = failed("Failed to attach: could not attach to pid 19: operation not permitted");

const docker = { container: "docker", mayTrace: true, ancestors: [] };
const { container: _, ...machine } = docker;

const find = (config: object, timeline = {}, one: Partial<WaitingServer> = {}, around: object = docker) =>
  judge(
    headlessWaitsForClient,
    { servers: [{ ...server, ...one }], around },
    launchOf({ ...config }, timeline),
  );

describe("headless-waits-for-client", () => {
  it("is proven for an attach to the program that it holds", () => {
    const found = find(attach, refused);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /app \(pid 19\) has not begun to run: dlv \(pid 1\) holds it .* port 2345/);
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
  });

  it("its own fix attaches to dlv's port, and silences it", () => {
    const found = find(attach, refused);
    assert.ok(found !== undefined);
    const fixed = fixedConfig(attach, { cause: "", title: "", ...found });
    assert.deepEqual(fixed, { request: "attach", mode: "remote", host: "127.0.0.1", port: 2345 });
    assert.equal(find(fixed), undefined);
  });

  it("advises where the server is in another network namespace: its port is not here", () => {
    const { host: _, ...apart } = server;
    const facts = { servers: [apart], around: docker };
    const found = judge(headlessWaitsForClient, facts, launchOf({ ...attach }, refused));
    assert.deepEqual(
      found?.fixes.map(({ id, preferred }) => [id, preferred]),
      [["headless-waits-for-client/continue", true]],
    );
  });

  it("is possible in a container that was started for it, and says how it would run at once", () => {
    const found = find({ mode: "debug" });
    assert.equal(found?.certainty, "possible");
    assert.match(
      JSON.stringify(found.fixes),
      /dlv exec \/app --headless --listen=:2345 --continue --accept-multiclient/,
    );
    assert.equal(find({ mode: "debug" }, {}, { pid: 7, ppid: 1 })?.certainty, "possible");
  });

  it("is clear for another process, another server, a remote attach that is about to come, and a launch", () => {
    assert.equal(find({ ...attach, processId: 20 }, refused), undefined);
    assert.equal(find({ mode: "debug" }, {}, { pid: 700, ppid: 600 }), undefined);
    assert.equal(find({ mode: "debug" }, {}, { pid: 700, ppid: 1 }, machine), undefined, "an orphan");
    assert.equal(find(attach, refused, { pid: 700, ppid: 1 }, machine)?.certainty, "proven");
    assert.equal(find({ request: "attach", mode: "remote", port: 2345 }), undefined);
    assert.equal(find({ mode: "debug" }, failed("Failed to launch: no")), undefined);
    assert.equal(find(attach, underWay), undefined);
  });
});
