import assert from "node:assert/strict";
import { join } from "node:path";
import type { DapClient } from "../../test/dap/client.ts";
import { buildProgram, type Headless, startHeadless } from "../../test/lab/headless.ts";
import { makeFolder, warmCache } from "../../test/lab/module.ts";
import { proxied, until } from "../../test/lab/proxied.ts";

/** Prints for ever: a program that can be looked at while it runs. */
const files = {
  "go.mod": "module example.com/ticks\n\ngo 1.25\n",
  "main.go":
    'package main\n\nimport (\n\t"fmt"\n\t"time"\n)\n\nfunc main() {\n\tfor i := 0; ; i++ {\n\t\tfmt.Println(i)\n\t\ttime.Sleep(50 * time.Millisecond)\n\t}\n}\n',
};

describe("a real Delve that is kept alive", function () {
  this.timeout(180_000);
  const lab = makeFolder(files);
  const servers: Headless[] = [];
  const clients: DapClient[] = [];
  let program = "";

  before(async () => {
    await warmCache();
    program = await buildProgram(lab);
  });
  afterEach(async () => {
    for (const one of clients.splice(0)) one.close();
    for (const one of servers.splice(0)) await one.end();
  });
  after(() => lab.remove());

  async function attach(keepAliveMs: number) {
    const server = await startHeadless(program, lab.folder);
    servers.push(server);
    const session = proxied(server.config(), { folder: lab.folder }, { keepAliveMs });
    const { client } = session;
    clients.push(client);
    await client.initialize();
    const attached = client.send("attach", { mode: "remote", stopOnEntry: false });
    await client.event("initialized");
    await client.request("setBreakpoints", {
      source: { path: join(lab.folder, "main.go") },
      breakpoints: [{ line: 10 }],
    });
    await client.request("configurationDone");
    await client.response(attached);
    await client.event("stopped");
    return { ...session, server };
  }

  /** Lets time pass without a word from the client; gives the number of messages it got in it. */
  async function think(client: DapClient, ms: number): Promise<number> {
    const before = client.received.length;
    const since = performance.now();
    await until("a while", () => performance.now() - since > ms, ms + 60_000);
    return client.received.length - before;
  }

  it("hears nothing of it at a stop nor while the program runs, and goes on as before", async () => {
    const { client, proxy, seen } = await attach(100);
    assert.equal(await think(client, 1500), 0);
    const { seq, body } = await client.request("threads");
    assert.ok(Array.isArray(body?.["threads"]));
    // Delve numbers what it sends: the numbers that are missing are the answers that were kept back.
    const heard = client.received.filter((one) => one.seq < seq).length;
    assert.ok(seq - heard > 4, client.transcript());
    await client.request("setBreakpoints", {
      source: { path: join(lab.folder, "main.go") },
      breakpoints: [],
    });
    await client.request("continue", { threadId: 1 });
    assert.equal(await think(client, 1500), 0);
    await client.request("pause", { threadId: 1 });
    await client.event("stopped");
    assert.doesNotMatch(client.transcript(), /Unable to process|not yet implemented/i);
    await client.request("disconnect", { terminateDebuggee: true });
    await proxy.done;
    assert.deepEqual(
      seen("link").map(({ what }) => what),
      ["stream"],
    );
  });

  it("tells how silent the connection was when its server ends, and says it in the console", async () => {
    const { client, proxy, seen, server } = await attach(0);
    await think(client, 500);
    await server.end();
    await proxy.done;
    const dropped = seen("link").find((one) => one.what === "dropped");
    assert.ok(dropped?.what === "dropped", client.transcript());
    assert.ok(dropped.quietMs >= 400, `${dropped.quietMs} ms`);
    assert.deepEqual([dropped.unansweredMs, dropped.keepAliveMs], [0, 0]);
    assert.match(
      client.printed(),
      /The connection to Delve was (closed|reset) after \d+\.\d s without a byte/,
    );
    await client.event("terminated");
  });
});
