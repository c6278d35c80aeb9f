import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { DapClient, Json } from "../../test/dap/client.ts";
import { build, goEnv, hello, helloTest, module, server } from "../../test/lab/go.ts";
import { inFolder, type Proxied, proxied, until } from "../../test/lab/proxied.ts";
import { dlv } from "../../test/lab/tools.ts";
import { isAlive } from "./tree.ts";

async function launch(config: Json, folder: string, reverse = {}): Promise<Proxied> {
  const all = { type: "go", name: "test", __buildDir: folder, ...config };
  const there = proxied(all, { folder, dlv: await dlv(), env: await goEnv() }, {}, reverse);
  await there.client.initialize();
  return there;
}

/** Launches up to the breakpoint at `line` of main.go and gives the thread that stopped there. */
async function toBreakpoint(client: DapClient, config: Json, file: string, line: number): Promise<number> {
  const { request, ...args } = config;
  const asked = client.send(String(request), { request, ...args });
  await client.event("initialized");
  await client.request("setBreakpoints", { source: { path: file }, breakpoints: [{ line }] });
  await client.request("configurationDone");
  assert.equal((await client.response(asked)).success, true);
  const stopped = await client.event("stopped");
  assert.equal(stopped.body?.["reason"], "breakpoint");
  return Number(stopped.body?.["threadId"]);
}

async function leave({ client, proxy, seen }: Proxied): Promise<void> {
  await client.request("disconnect", {});
  client.close();
  await proxy.done;
  for (const { pid } of seen("spawned")) assert.equal(isAlive(pid), false, "dlv is gone");
}

function leftovers(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith("__debug_bin"));
}

describe("a launch through the proxy with a real dlv", () => {
  it("debugs to a breakpoint and steps", () =>
    inFolder(async (folder) => {
      await module(folder, { "main.go": hello });
      const config = { request: "launch", mode: "debug", program: folder };
      const there = await launch(config, folder);
      const { client, seen } = there;
      const threadId = await toBreakpoint(client, config, join(folder, "main.go"), 7);
      await there.proxy.over;
      await client.request("next", { threadId });
      const stepped = await client.event("stopped", ({ reason }) => reason === "step");
      assert.equal(stepped.body?.["threadId"], threadId);
      const trace = await client.request("stackTrace", { threadId, startFrame: 0, levels: 1 });
      const [frame] = (trace.body?.["stackFrames"] ?? []) as Json[];
      assert.equal(frame?.["line"], 8);
      await until("the program's words", () => client.printed().includes("hello 1"));
      await client.request("continue", { threadId });
      await client.event("terminated");
      await leave(there);
      assert.deepEqual(leftovers(folder), []);
      const at = `${join(folder, "main.go")}:7`;
      assert.deepEqual(seen("breakpoint"), [{ kind: "breakpoint", at, verified: true }]);
      assert.deepEqual(
        seen("event").map(({ event }) => event),
        ["process", "initialized", "stopped"],
      );
      assert.match(client.printed(), /^Starting: .*dlv dap --listen=127\.0\.0\.1:0 --log-dest=3 from /);
    }));

  it("debugs a test", () =>
    inFolder(async (folder) => {
      await module(folder, { "main.go": hello, "main_test.go": helloTest });
      const config = { request: "launch", mode: "test", program: folder, args: ["-test.v"] };
      const there = await launch(config, folder);
      await toBreakpoint(there.client, config, join(folder, "main_test.go"), 6);
      await leave(there);
      assert.deepEqual(leftovers(folder), []);
    }));

  it("debugs a binary that is there", () =>
    inFolder(async (folder) => {
      await module(folder, { "main.go": hello });
      await build(folder, join(folder, "hello"));
      const config = { request: "launch", mode: "exec", program: join(folder, "hello") };
      const there = await launch(config, folder);
      await toBreakpoint(there.client, config, join(folder, "main.go"), 7);
      await leave(there);
    }));

  it("runs without debugging", () =>
    inFolder(async (folder) => {
      await module(folder, { "main.go": hello });
      const config = { request: "launch", mode: "debug", program: folder, noDebug: true };
      const there = await launch(config, folder);
      await there.client.request("launch", config);
      await there.client.event("terminated");
      await until("the program's words", () => there.client.printed().includes("bye 2"));
      await leave(there);
      assert.deepEqual(leftovers(folder), []);
    }));

  it("passes a build error on, decorated, and answers what follows", () =>
    inFolder(async (folder) => {
      await module(folder, { "main.go": "package main\n\nfunc main() { undefined() }\n" });
      const config = { request: "launch", mode: "debug", program: folder };
      const decorate = (error: object) => ({ id: 1, format: "", ...error, url: "command:x", urlLabel: "X" });
      const env = await goEnv();
      const there = proxied(config, { folder, dlv: await dlv(), env }, { decorate });
      await there.client.initialize();
      const { error } = await there.client.requestFails("launch", config);
      assert.deepEqual([error["id"], error["url"], error["urlLabel"]], [3000, "command:x", "X"]);
      await there.proxy.over;
      const followed = await there.client.requestFails("threads", {}, 5000);
      assert.match(followed.message, /^Failed to launch: Build error/);
      assert.match(
        there.seen("output").find(({ text }) => text.startsWith("Build Error"))?.text ?? "",
        /undefined/,
      );
      await leave(there);
    }));
});

describe("an attach through the proxy with a real dlv", () => {
  let target: ChildProcess | undefined;
  afterEach(() => target?.kill("SIGKILL"));

  it("to a process: it lives on afterwards", () =>
    inFolder(async (folder) => {
      await module(folder, { "main.go": server });
      await build(folder, join(folder, "server"));
      target = spawn(join(folder, "server"));
      const pid = target.pid ?? 0;
      const config = { request: "attach", mode: "local", processId: pid };
      const there = await launch(config, folder);
      await toBreakpoint(there.client, config, join(folder, "main.go"), 7);
      await leave(there);
      assert.equal(isAlive(pid), true, "dlv detached");
    }));

  it("to a dlv that somebody else runs, over the network", () =>
    inFolder(async (folder) => {
      await module(folder, { "main.go": server });
      await build(folder, join(folder, "server"));
      const args = [
        "exec",
        "--headless",
        "--accept-multiclient",
        "--listen=127.0.0.1:0",
        join(folder, "server"),
      ];
      target = spawn(await dlv(), args, { env: await goEnv(), stdio: ["ignore", "pipe", "inherit"] });
      let said = "";
      target.stdout?.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
      await until("the headless dlv", () => /listening at: \S+:\d+\n/.test(said));
      const port = Number(/listening at: \S+:(\d+)/.exec(said)?.[1]);
      const config = { request: "attach", mode: "remote", port };
      const there = await launch(config, folder);
      await toBreakpoint(there.client, config, join(folder, "main.go"), 7);
      assert.equal(there.seen("spawned").length, 0);
      await there.client.request("disconnect", { terminateDebuggee: true });
      there.client.close();
      await there.proxy.done;
    }));

  it("to a port where nobody listens: it says so", () =>
    inFolder(async (folder) => {
      const config = { request: "attach", mode: "remote", port: 9 };
      const { client, proxy } = proxied(config, { folder });
      const failed = await client.requestFails("initialize", {}, 5000);
      assert.equal(failed.message, "no connection to Delve at 127.0.0.1:9: nothing listens there");
      client.close();
      await proxy.done;
    }));
});
