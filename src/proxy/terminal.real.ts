import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { needDebian } from "../../scripts/setup/debian.ts";
import type { Json, ReverseHandler } from "../../test/dap/client.ts";
import { goEnv, hello, module } from "../../test/lab/go.ts";
import { inFolder, proxied, until } from "../../test/lab/proxied.ts";
import { dlv } from "../../test/lab/tools.ts";
import { planDlv } from "./plan.ts";
import { runInTerminal } from "./terminal.ts";
import { isAlive } from "./tree.ts";

/** Runs what it is asked to, as a terminal would, with these variables besides; and keeps the processes. */
function terminal(env: NodeJS.ProcessEnv, children: ChildProcess[]): ReverseHandler {
  return async (args: Json) => {
    const [command = "", ...rest] = (args["args"] ?? []) as string[];
    const more = (args["env"] ?? {}) as NodeJS.ProcessEnv;
    const child = spawn(command, rest, {
      cwd: String(args["cwd"]),
      env: { ...env, ...more },
      stdio: "ignore",
    });
    child.on("error", () => {});
    children.push(child);
    return { processId: child.pid ?? 0 };
  };
}

/**
 * Dials back as dlv does and sends its socket to itself, so that no process has it open: what /proc looks like where
 * dlv is another user's. At the end of its input it takes the socket out again and exits with 0 if it was closed.
 */
const unseen = `
import socket, sys
near, far = socket.socketpair()
dlv = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
socket.send_fds(near, [b"x"], [dlv.fileno()])
dlv.close()
open(sys.argv[2], "w").close()
sys.stdin.read()
fd = socket.recv_fds(far, 1, 1)[1][0]
dlv = socket.socket(fileno=fd)
dlv.settimeout(20)
sys.exit(0 if dlv.recv(1) == b"" else 1)
`;

describe("dlv in the client's terminal", () => {
  const children: ChildProcess[] = [];
  before(() => needDebian("python3"));
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  const debugs = (kind: "integrated" | "external") => () =>
    inFolder(async (folder) => {
      await module(folder, { "main.go": hello });
      const env = await goEnv();
      const config = {
        name: "hello",
        request: "launch",
        mode: "debug",
        program: folder,
        console: `${kind}Terminal`,
        __buildDir: folder,
      };
      const reverse = { runInTerminal: terminal(env, children) };
      const { client, proxy, seen } = proxied(config, { folder, dlv: await dlv(), env }, {}, reverse);
      await client.initialize();
      const launch = client.send("launch", config);
      await client.event("initialized");
      const source = { path: join(folder, "main.go") };
      await client.request("setBreakpoints", { source, breakpoints: [{ line: 7 }] });
      await client.request("configurationDone");
      await client.response(launch);
      await client.event("stopped");
      const pid = children[0]?.pid ?? 0;
      assert.equal(proxy.pid(), pid, "the dlv that dialled back is known");
      assert.equal(seen("spawned")[0]?.pid, pid);
      const asked = client.received.find(({ command }) => command === "runInTerminal");
      assert.equal(asked?.arguments?.["kind"], kind);
      assert.equal(asked?.arguments?.["title"], "Go Debug Terminal (hello)");
      await client.request("disconnect", {});
      client.close();
      await proxy.done;
      assert.equal(isAlive(pid), false);
      assert.deepEqual(readdirSync(folder).sort(), ["go.mod", "main.go"]);
    });

  it("dials back from the integrated terminal and debugs to a breakpoint", debugs("integrated"));
  it("dials back from the external terminal and debugs to a breakpoint", debugs("external"));

  it("is ended by cancel, and the terminal's other processes are not", () =>
    inFolder(async (folder) => {
      await mkdir(join(folder, "tmp"));
      await module(folder, { "main.go": hello });
      const cold = { GOCACHE: join(folder, "cache"), GOTMPDIR: join(folder, "tmp") };
      const env = await goEnv(cold);
      const config = { request: "launch", mode: "debug", program: folder, console: "externalTerminal" };
      const reverse = { runInTerminal: terminal(env, children) };
      const { client, proxy } = proxied(
        { ...config, __buildDir: folder },
        { folder, dlv: await dlv(), env },
        {},
        reverse,
      );
      await client.initialize();
      const neighbour = spawn("sleep", ["60"]);
      children.push(neighbour);
      client.send("launch", config);
      await until("the build", () => readdirSync(join(folder, "tmp")).length > 0);
      proxy.cancel("test");
      client.close();
      await proxy.done;
      assert.equal(isAlive(children[0]?.pid ?? 0), false);
      assert.equal(isAlive(neighbour.pid ?? 0), true);
      await until(
        "no leftovers",
        () => !readdirSync(folder).some((name) => name.startsWith("__debug_bin")),
        5000,
      );
    }));

  it("loses its client on cancel where its pid is not to be seen", () =>
    inFolder(async (folder) => {
      const ready = join(folder, "ready");
      const plan = planDlv(
        { request: "launch", mode: "exec", console: "integratedTerminal" },
        { folder, dlv: "dlv", env: {} },
      );
      assert.ok(plan.kind === "terminal");
      let dialled: ChildProcess | undefined;
      const reach = await runInTerminal(
        plan,
        async (_, args) => {
          const port = /:(\d+)"/.exec(JSON.stringify(args))?.[1] ?? "";
          dialled = spawn("python3", ["-c", unseen, port, ready], { stdio: ["pipe", "ignore", "inherit"] });
          children.push(dialled);
          // Nothing is accepted before the socket is out of sight, because the event loop stands still.
          const wait = new Int32Array(new SharedArrayBuffer(4));
          const limit = performance.now() + 20_000;
          while (!existsSync(ready) && performance.now() < limit) Atomics.wait(wait, 0, 0, 10);
          const answer = { seq: 1, type: "response", request_seq: 1, command: "runInTerminal" };
          return { ...answer, success: true, body: { processId: dialled.pid } };
        },
        () => {},
      );
      await reach.socket;
      assert.equal(reach.pid(), undefined);
      await reach.kill();
      const code = new Promise((resolve) => dialled?.once("exit", resolve));
      dialled?.stdin?.end();
      assert.equal(await code, 0);
    }));

  it("cannot be had from a client that opens none, or that fails to", () =>
    inFolder(async (folder) => {
      const config = { request: "launch", mode: "exec", console: "integratedTerminal", __buildDir: folder };
      const none = proxied(config, { folder });
      const { message } = await none.client.requestFails("initialize", {}, 5000);
      assert.equal(message, "console and asRoot need a terminal, and this client opens none");
      none.client.close();
      const fails = proxied(config, { folder }, {}, { runInTerminal: async () => new Error("no shell") });
      const args = { supportsRunInTerminalRequest: true };
      const failed = await fails.client.requestFails("initialize", args, 5000);
      assert.equal(failed.message, "the client could not run dlv in its terminal: no shell");
      fails.client.close();
      await Promise.all([none.proxy.done, fails.proxy.done]);
    }));

  // The sudo of this test is a script that notes its call and runs the rest: a real one would ask for a password. It
  // proves that dlv is run through sudo and dials back, not that sudo lets anybody become root.
  it("runs as root through sudo", () =>
    inFolder(async (folder) => {
      const bin = join(folder, "bin");
      await mkdir(bin);
      await writeFile(join(bin, "sudo"), `#!/bin/sh\necho "$@" > ${join(folder, "called")}\nexec "$@"\n`);
      await chmod(join(bin, "sudo"), 0o755);
      const path = process.env["PATH"];
      process.env["PATH"] = `${bin}:${path}`;
      try {
        const config = { request: "launch", mode: "exec", program: "/no/such", asRoot: true };
        const reverse = { runInTerminal: terminal(process.env, children) };
        const { client, proxy } = proxied(config, { folder, dlv: await dlv() }, {}, reverse);
        await client.initialize();
        const { message } = await client.requestFails("launch", config);
        assert.equal(message, "Failed to launch");
        assert.match(
          await readFile(join(folder, "called"), "utf8"),
          /dlv dap --client-addr=127\.0\.0\.1:\d+\n$/,
        );
        await client.request("disconnect", {});
        client.close();
        await proxy.done;
      } finally {
        process.env["PATH"] = path;
      }
    }));
});
