import assert from "node:assert/strict";
import { duplexPair } from "node:stream";
import fc from "fast-check";
import { until } from "../../test/lab/proxied.ts";
import { createFramer, encodeFrame, parseFrame } from "./frames.ts";
import { keptAlive } from "./keepAlive.ts";

const event = encodeFrame({ seq: 0, type: "event", event: "stopped", body: { text: "x".repeat(300) } });

/** A kept stream, the far end that plays dlv, and what each end has got. */
function kept(everyMs: number) {
  const [near, far] = duplexPair();
  const { stream, silence } = keptAlive(near, everyMs);
  const client: Buffer[] = [];
  const asked: Record<string, unknown>[] = [];
  const framer = createFramer();
  let toldDlv = 0;
  stream.on("data", (chunk: Buffer) => client.push(chunk));
  far.on("data", (chunk: Buffer) => {
    toldDlv += chunk.length;
    for (const frame of framer.push(chunk)) asked.push(parseFrame(frame) ?? {});
  });
  const refusal = (seq: unknown) =>
    encodeFrame({ seq: 0, type: "response", request_seq: seq, success: false, command: "cancel" });
  return {
    stream,
    far,
    silence,
    asked,
    refusal,
    toldDlv: () => toldDlv,
    told: () => Buffer.concat(client),
    end: () => {
      stream.destroy();
      far.destroy();
    },
  };
}

describe("a stream that is kept alive", () => {
  it("asks in a silence and keeps the answer, wherever it is cut and whatever comes around it", async () => {
    const line = kept(8);
    line.far.write(event);
    await until("a keep-alive", () => line.asked.length > 0);
    const [{ command, seq } = { command: "", seq: 0 }] = line.asked;
    assert.equal(command, "cancel");
    const answer = Buffer.concat([event, line.refusal(seq), event]);
    for (let at = 0; at < answer.length; at += 7) line.far.write(answer.subarray(at, at + 7));
    await until("all but the answer", () => line.told().length === 3 * event.length);
    assert.deepEqual(line.told(), Buffer.concat([event, event, event]));
    line.end();
  });

  it("says nothing before Delve has, within a message, or when it is off", async () => {
    const [dumb, cut, off] = [kept(8), kept(8), kept(0)];
    const request = encodeFrame({ seq: 1, type: "request", command: "continue" });
    cut.far.write(event);
    cut.stream.write(request.subarray(0, 20));
    off.far.write(event);
    const other = kept(8);
    other.far.write(event);
    await until("three keep-alives elsewhere", () => other.asked.length > 2);
    assert.deepEqual([dumb.toldDlv(), cut.toldDlv(), off.toldDlv()], [0, 20, 0]);
    cut.stream.write(request.subarray(20));
    await until("one after the message", () => cut.asked.length > 1);
    assert.equal(cut.asked[0]?.["command"], "continue");
    for (const one of [dumb, cut, off, other]) one.end();
  });

  it("passes what is not DAP as it came, and is silent from then on", async () => {
    const line = kept(8);
    line.far.write(event);
    await until("a keep-alive", () => line.asked.length > 0);
    const noise = Buffer.from("panic: what a day\n\ngoroutine 1 [running]\n");
    line.far.write(Buffer.concat([event.subarray(0, 30), event.subarray(30), noise]));
    line.far.write(noise);
    const all = Buffer.concat([event, event, noise, noise]);
    await until("everything", () => line.told().length === all.length);
    assert.deepEqual(line.told(), all);
    const before = line.asked.length;
    const other = kept(8);
    other.far.write(event);
    await until("three keep-alives elsewhere", () => other.asked.length > 2);
    assert.equal(line.asked.length, before);
    for (const one of [line, other]) one.end();
  });

  it("measures who was silent, and passes the end on after the last byte", async () => {
    const line = kept(0);
    line.far.write(event);
    await until("the event", () => line.told().length === event.length);
    line.stream.write(event);
    await until("a silence", () => line.silence().unansweredMs > 30);
    assert.ok(line.silence().quietMs < line.silence().silentMs);
    const closed = new Promise((resolve) => line.stream.once("close", resolve));
    line.far.end(event);
    await closed;
    assert.deepEqual(line.told(), Buffer.concat([event, event]));
    line.end();
  });

  it("loses no byte in either direction, however they are cut", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.constantFrom(0, 4), async (cuts, everyMs) => {
        const line = kept(everyMs);
        const bytes = Buffer.concat(Array.from({ length: 6 }, () => event));
        let at = 0;
        for (const size of [...cuts, bytes.length]) {
          line.far.write(bytes.subarray(at, at + size));
          line.stream.write(bytes.subarray(at, at + size));
          at += size;
        }
        const got = () => line.asked.filter((one) => one["command"] === undefined).length;
        await until("all", () => line.told().length === bytes.length && got() === 6);
        assert.deepEqual(line.told(), bytes);
        line.end();
      }),
      { numRuns: 40 },
    );
  });
});
