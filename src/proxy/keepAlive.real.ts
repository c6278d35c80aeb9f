import assert from "node:assert/strict";
import { type Debugging, debugging } from "../../test/lab/debugging.ts";
import { freePort, serverLab } from "../../test/lab/dlvServer.ts";

describe("a real Delve that is kept alive", function () {
  this.timeout(180_000);
  const lab = serverLab();
  const [stop = { file: "", line: 0 }] = lab.breakpoints;
  const open: Debugging[] = [];

  before(() => lab.prepare());
  afterEach(async () => {
    for (const { client } of open.splice(0)) client.close();
    await lab.endAll();
  });
  after(() => lab.remove());

  async function attach(keepAliveMs: number) {
    const port = await freePort();
    const server = await lab.headless(port, ["--accept-multiclient"]);
    const one = await debugging(lab.attach(port), lab.folder, stop, keepAliveMs);
    open.push(one);
    return { ...one, server };
  }
  const links = ({ session }: Debugging) =>
    session.events.flatMap((event) => (event.kind === "link" ? event : []));

  it("tells the client nothing of it at a stop nor while the program runs, and goes on as before", async () => {
    const there = await attach(100);
    const { client } = there;
    assert.equal(await there.think(1500), 0);
    const { seq, body } = await client.request("threads");
    assert.ok(Array.isArray(body?.["threads"]));
    // Delve numbers what it sends: the numbers that are missing are the answers that were kept back.
    const heard = client.received.filter((one) => one.seq < seq).length;
    assert.ok(seq - heard > 4, client.transcript());
    await client.request("setBreakpoints", { source: { path: stop.file }, breakpoints: [] });
    await client.request("continue", { threadId: 1 });
    assert.equal(await there.think(1500), 0);
    await client.request("pause", { threadId: 1 });
    await client.event("stopped");
    assert.doesNotMatch(client.transcript(), /Unable to process|not yet implemented/i);
    assert.deepEqual((await there.leave()).findings, []);
    assert.deepEqual(
      links(there).map(({ what }) => what),
      ["stream"],
    );
  });

  it("tells how silent the connection was when its server ends, and says it in the console", async () => {
    const there = await attach(0);
    await there.think(500);
    await there.server.end();
    const { findings } = await there.ended();
    const dropped = links(there).find((one) => one.what === "dropped");
    assert.ok(dropped?.what === "dropped", there.client.transcript());
    assert.ok(dropped.quietMs >= 400, `${dropped.quietMs} ms`);
    assert.deepEqual([dropped.unansweredMs, dropped.keepAliveMs], [0, 0]);
    const said = /The connection to Delve was (closed|reset) after \d+\.\d s without a byte/;
    assert.match(there.client.printed(), said);
    await there.client.event("terminated");
    assert.deepEqual(findings, []);
  });
});
