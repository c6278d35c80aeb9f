import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { type SlowRelay, slowRelay } from "./slowRelay.ts";

describe("a slow relay", () => {
  let server: Server;
  let relay: SlowRelay;
  let client: Socket;

  before(async () => {
    server = createServer((socket) => {
      socket.on("error", () => {});
      socket.pipe(socket);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    relay = await slowRelay(typeof address === "object" && address !== null ? address.port : 0, {
      delayMs: 0,
    });
    client = connect(relay.port, relay.host);
    await once(client, "connect");
  });
  after(async () => {
    client.destroy();
    await relay.close();
    server.close();
  });

  async function echo(text: string): Promise<number> {
    const begun = performance.now();
    client.write(text);
    let came = "";
    while (came.length < text.length) {
      const [chunk] = (await once(client, "data")) as [Buffer];
      came += chunk.toString();
    }
    assert.equal(came, text);
    return performance.now() - begun;
  }

  it("delays each way", async () => {
    relay.weather.delayMs = 100;
    const ms = await echo("hello");
    relay.weather.delayMs = 0;
    assert.ok(ms >= 199, `${ms} ms`);
  });

  it("drips", async () => {
    relay.weather.bytesPerSecond = 10_000;
    const ms = await echo("x".repeat(2000));
    relay.weather.bytesPerSecond = undefined;
    assert.ok(ms >= 199, `${ms} ms`);
  });

  it("is silent when cut, and loses nothing when healed", async () => {
    relay.cut();
    const before = relay.sent();
    const answer = echo("still there?");
    const first = await Promise.race([
      answer,
      new Promise((resolve) => setTimeout(() => resolve("silence"), 200)),
    ]);
    assert.equal(first, "silence");
    assert.equal(client.destroyed, false);
    assert.equal(relay.sent() - before, "still there?".length);
    relay.heal();
    await answer;
  });
});
