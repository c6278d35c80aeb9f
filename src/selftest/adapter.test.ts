import assert from "node:assert/strict";
import { duplexPair } from "node:stream";
import { encodeFrame } from "../proxy/frames.ts";
import { speak } from "./adapter.ts";

describe("the editor's side of a self-test", () => {
  it("ends with the first bytes that are no DAP, and with every wait", async () => {
    const [near, far] = duplexPair();
    const adapter = speak(near);
    const waits = [
      adapter.request("threads"),
      adapter.event("stopped"),
      adapter.heard(/x/),
      adapter.terminated,
    ];
    far.write(encodeFrame({ seq: 1, type: "event", event: "initialized", body: {} }));
    await adapter.event("initialized");
    far.write("Welcome to build7!\r\n\r\n");
    for (const wait of waits) await assert.rejects(wait, /^Error: the debug session ended before it$/);
    await assert.rejects(adapter.request("threads"));
  });
});
