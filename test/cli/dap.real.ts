import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { Duplex } from "node:stream";
import { type DapClient, dapClient } from "../dap/client.ts";
import { blackHole } from "../lab/blackHole.ts";
import { helloFiles, type LabFolder, makeFolder, warmCache } from "../lab/module.ts";
import { greetingFiles } from "../lab/moduleProxy.ts";
import { dlv } from "../lab/tools.ts";
import { leftIn, type Running, start } from "./delveDoctor.ts";

/** The client of an adapter on stdio. */
function onStdio({ child }: Running): DapClient {
  assert.ok(child.stdin && child.stdout);
  return dapClient(Duplex.from({ readable: child.stdout, writable: child.stdin }));
}

async function toBreakpoint(client: DapClient, folder: string): Promise<void> {
  await client.initialize();
  const launched = client.send("launch", { request: "launch", mode: "debug", program: folder });
  await client.event("initialized");
  await client.request("setBreakpoints", {
    source: { path: join(folder, "main.go") },
    breakpoints: [{ line: 6 }],
  });
  await client.request("configurationDone");
  assert.equal((await client.response(launched)).success, true);
  const stopped = await client.event("stopped");
  assert.equal(stopped.body?.["reason"], "breakpoint");
  await client.request("disconnect", { terminateDebuggee: true });
}

describe("delve-doctor dap", () => {
  let hello: LabFolder;
  before(() => warmCache());
  beforeEach(() => {
    hello = makeFolder(helloFiles);
  });
  afterEach(() => {
    assert.deepEqual(leftIn(hello.folder), []);
    hello.remove();
  });

  it("serves a client on stdio to a breakpoint, and ends with it", async () => {
    const running = await start(hello.folder, ["dap", "--dlv", await dlv()]);
    const client = onStdio(running);
    await toBreakpoint(client, hello.folder);
    client.close();
    const { code, stderr } = await running.ended;
    assert.equal(stderr, "");
    assert.equal(code, 0);
  });

  it("listens on loopback, serves one client after another, and ends on SIGTERM", async () => {
    const running = await start(hello.folder, ["dap", "--listen", "127.0.0.1:0", "--dlv", await dlv()]);
    let banner = "";
    running.child.stdout?.on("data", (text: string) => {
      banner += text;
    });
    await running.said(/DAP server listening at: 127\.0\.0\.1:\d+/);
    const port = Number(/:(\d+)\n/.exec(banner)?.[1]);
    for (let round = 0; round < 2; round += 1) {
      const client = dapClient(connect(port, "127.0.0.1"));
      await toBreakpoint(client, hello.folder);
      await client.closed;
    }
    running.child.kill("SIGTERM");
    assert.equal((await running.ended).code, 0);
  });

  it("ends a build that stands still before it ends itself on SIGTERM", async () => {
    const silent = await blackHole();
    const caller = makeFolder(greetingFiles);
    try {
      const env = { GOPROXY: silent.url, GOMODCACHE: join(caller.folder, "modules") };
      const args = ["dap", "--listen", "127.0.0.1:0", "--stall-after", "1500", "--dlv", await dlv()];
      const running = await start(caller.folder, args, env);
      let banner = "";
      running.child.stdout?.on("data", (text: string) => {
        banner += text;
      });
      await running.said(/DAP server listening at: 127\.0\.0\.1:\d+/);
      const client = dapClient(connect(Number(/:(\d+)\n/.exec(banner)?.[1]), "127.0.0.1"));
      await client.initialize();
      client.send("launch", { request: "launch", mode: "debug", program: caller.folder });
      await client.event("output", (body) => body["category"] === "important");
      running.child.kill("SIGTERM");
      assert.equal((await running.ended).code, 0);
      assert.deepEqual(leftIn(caller.folder), []);
    } finally {
      await silent.close();
      caller.remove();
    }
  });

  it("keeps the report of a launch that failed, also where the client is gone at once", async () => {
    hello.write("main.go", "package main\n\nfunc main() { undefinedThing() }\n");
    const running = await start(hello.folder, ["dap", "--dlv", await dlv()]);
    const client = onStdio(running);
    await client.initialize();
    await client.requestFails("launch", { request: "launch", mode: "debug", program: hello.folder });
    client.close();
    assert.equal((await running.ended).code, 0);
    const reports = join(hello.folder, "state", "delve-doctor", "reports");
    const kept = readdirSync(reports).map((name) => readFileSync(join(reports, name), "utf8"));
    assert.equal(kept.length, 1);
    assert.match(kept[0] ?? "", /"outcome":"failed".*"cause":"build-error"/);
  });

  it("tells a stall's cause in the console while the launch goes on, and takes a disconnect", async () => {
    const silent = await blackHole();
    const caller = makeFolder(greetingFiles);
    try {
      const env = { GOPROXY: silent.url, GOMODCACHE: join(caller.folder, "modules") };
      const running = await start(caller.folder, ["dap", "--stall-after", "1500", "--dlv", await dlv()], env);
      const client = onStdio(running);
      await client.initialize();
      client.send("launch", { request: "launch", mode: "debug", program: caller.folder });
      const important = await client.event("output", (body) => body["category"] === "important");
      assert.match(String(important.body?.["output"]), /^go has waited .* Proven on /);
      await client.event("output", (body) => String(body["output"]).includes("Fix (preferred): "));
      await client.request("disconnect", { terminateDebuggee: true });
      client.close();
      assert.equal((await running.ended).code, 0);
      assert.deepEqual(leftIn(caller.folder), []);
    } finally {
      await silent.close();
      caller.remove();
    }
  });

  it("passes dlv's own error on and adds what it came from", async () => {
    hello.write("main.go", "package main\n\nfunc main() { undefinedThing() }\n");
    const running = await start(hello.folder, ["dap", "--dlv", await dlv()]);
    const client = onStdio(running);
    await client.initialize();
    const { message } = await client.requestFails("launch", {
      request: "launch",
      mode: "debug",
      program: hello.folder,
    });
    assert.match(message, /Failed to launch/);
    await client.event("output", (body) => body["category"] === "important");
    await client.request("disconnect");
    client.close();
    assert.equal((await running.ended).code, 0);
  });
});
