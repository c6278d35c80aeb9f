import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { dapClient } from "../../test/dap/client.ts";
import { goEnv, hello, module } from "../../test/lab/go.ts";
import { inFolder, until } from "../../test/lab/proxied.ts";
import { skip } from "../../test/lab/skip.ts";
import { dlv } from "../../test/lab/tools.ts";
import { proxyConnection } from "./connection.ts";
import { deferred } from "./deferred.ts";
import { listen } from "./listen.ts";
import { planDlv } from "./plan.ts";
import { isAlive } from "./tree.ts";

/** A listener whose clients are only counted; the test says when one leaves. */
async function counting() {
  const clients: { socket: Socket; leave: () => void }[] = [];
  const listener = await listen((socket) => {
    const leaving = deferred<void>();
    clients.push({ socket, leave: leaving.resolve });
    return { leaving: leaving.promise, close: () => socket.destroy() };
  });
  return { listener, clients };
}

describe("a listener", () => {
  it("serves one client, and tells a second one why not", async () => {
    const { listener, clients } = await counting();
    const first = connect(listener.port, "127.0.0.1");
    await until("the first client", () => clients.length === 1);
    const second = dapClient(connect(listener.port, "127.0.0.1"));
    const refused = await second.requestFails("initialize");
    assert.equal(refused.message, "this debug session has a client already");
    await second.event("terminated");
    await second.closed;
    assert.equal(clients.length, 1);
    first.destroy();
    listener.close();
  });

  it("takes the next client when the first one leaves, though its socket is still open", async () => {
    const { listener, clients } = await counting();
    const first = connect(listener.port, "127.0.0.1");
    await until("the first client", () => clients.length === 1);
    const second = connect(listener.port, "127.0.0.1");
    await once(second, "connect");
    clients[0]?.leave();
    await until("the second client", () => clients.length === 2);
    for (const socket of [first, second]) socket.destroy();
    listener.close();
  });

  it("drops a client of another user", async function () {
    if (process.getuid?.() !== 0 || process.platform !== "linux")
      skip(this, "only root on Linux can run a client as another user");
    const { listener, clients } = await counting();
    const script = `require("net").connect(${listener.port}, "127.0.0.1").on("close", () => process.exit(7)).resume()`;
    const child = spawn(process.execPath, ["-e", script], { uid: 65_534, gid: 65_534, cwd: "/" });
    const [code] = await once(child, "exit");
    assert.equal(code, 7, "its connection was closed");
    assert.equal(clients.length, 0);
    listener.close();
  });

  it("serves nobody who has gone again, since nobody can tell whose that was, and then who stays", async function () {
    if (process.platform !== "linux") skip(this, "only Linux tells whose a connection is");
    const { listener, clients } = await counting();
    // Meanwhile nothing is accepted here: what was sent lies there when the connection is looked at. Kernels before 6.17 show
    // such a socket as root's, whoever has closed it.
    const hitAndRun = `const s = require("net").connect(${listener.port}, "127.0.0.1", () => s.write("x", () => process.exit(7)))`;
    const { status } = spawnSync(process.execPath, ["-e", hitAndRun]);
    assert.equal(status, 7);
    const own = connect(listener.port, "127.0.0.1");
    await until("the own client", () => clients.length > 0);
    assert.deepEqual(
      clients.map(({ socket }) => socket.remotePort),
      [own.localPort],
    );
    own.destroy();
    listener.close();
  });

  it("is at one address only, and not at the one of IPv6", async () => {
    const { listener } = await counting();
    const other = connect(listener.port, "::1");
    const [error] = await once(other, "error");
    assert.match(String(error), /ECONNREFUSED|EADDRNOTAVAIL|EAFNOSUPPORT/);
    listener.close();
  });

  it("lives through a restart: the next connection gets a fresh dlv", () =>
    inFolder(async (folder) => {
      await module(folder, { "main.go": hello });
      const config = { request: "launch", mode: "debug", program: folder, __buildDir: folder };
      const [command, env] = [await dlv(), await goEnv()];
      const pids: number[] = [];
      const done: Promise<void>[] = [];
      const listener = await listen((socket) => {
        const proxy = proxyConnection(socket, {
          plan: () => planDlv(config, { folder, dlv: command, env }),
          record: (happening) => {
            if (happening.kind === "spawned") pids.push(happening.pid);
          },
        });
        done.push(proxy.done);
        return proxy;
      });
      for (const round of [1, 2, 3]) {
        const socket = connect(listener.port, "127.0.0.1");
        const client = dapClient(socket);
        await client.initialize();
        const launch = client.send("launch", config);
        await client.event("initialized");
        await client.request("setBreakpoints", {
          source: { path: join(folder, "main.go") },
          breakpoints: [{ line: 7 }],
        });
        await client.request("configurationDone");
        await client.response(launch);
        await client.event("stopped");
        assert.equal(new Set(pids).size, round);
        // As VS Code does: the next connection may come before this socket is closed.
        await client.request("disconnect", { restart: round < 3 });
        setTimeout(() => client.close(), 200);
      }
      await Promise.all(done);
      listener.close();
      for (const pid of pids) assert.equal(isAlive(pid), false);
    }));
});
