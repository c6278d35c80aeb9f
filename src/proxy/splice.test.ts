import assert from "node:assert/strict";
import { PassThrough, Writable } from "node:stream";
import fc from "fast-check";
import { createFramer, encodeFrame, parseFrame } from "./frames.ts";
import { createLane, type LaneOptions } from "./splice.ts";

/** A lane into memory. `sent` is what came out at its end. */
function lane(options: Partial<LaneOptions> = {}) {
  const source = new PassThrough();
  const sent: Buffer[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      sent.push(chunk);
      done();
    },
  });
  const ends: (Error | undefined)[] = [];
  const made = createLane({
    source,
    sink,
    onFrame: () => "forward",
    onEnd: (error) => ends.push(error),
    ...options,
  });
  const push = (bytes: Buffer | string) => source.emit("data", Buffer.from(bytes));
  return { ...made, source, push, ends, out: () => Buffer.concat(sent) };
}

const one = encodeFrame({ seq: 1 });
const two = encodeFrame({ seq: 2, text: "two" });
const own = encodeFrame({ seq: 9, own: true });

describe("a lane", () => {
  it("passes every byte on, cut anywhere, spliced at any moment, in any mode", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sizes, fc.nat(30), fc.constantFrom("never", "skim", "raw"), (cuts, when, mode) => {
        const bytes = Buffer.concat([one, two, one, one, two, two]);
        const there = lane();
        let at = 0;
        for (const [index, size] of [...cuts, bytes.length].entries()) {
          if (index === when && mode !== "never") there.splice(mode === "skim");
          there.push(bytes.subarray(at, at + size));
          at += size;
        }
        assert.equal(Buffer.compare(there.out(), bytes), 0);
      }),
    );
  });

  it("puts our messages between messages only, whatever the cuts, framed and skimmed", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sizes, fc.array(fc.nat(30)), fc.boolean(), (cuts, moments, skimmed) => {
        const bytes = Buffer.concat([one, two, one, two, one]);
        const there = lane();
        if (skimmed) there.splice(true);
        let at = 0;
        for (const [index, size] of [...cuts, bytes.length].entries()) {
          if (moments.includes(index)) there.send(own);
          there.push(bytes.subarray(at, at + size));
          at += size;
        }
        const frames = createFramer().push(there.out()).map(parseFrame);
        assert.ok(frames.every((frame) => frame !== undefined));
        assert.deepEqual(
          frames.flatMap((frame) => (frame["own"] === true ? [] : [frame["seq"]])),
          [1, 2, 1, 2, 1],
        );
        const due = new Set(moments.filter((moment) => moment <= cuts.length)).size;
        assert.equal(frames.length, 5 + due);
      }),
    );
  });

  it("keeps one message back and puts another in its place", () => {
    const there = lane({
      onFrame: (frame) => (parseFrame(frame)?.["seq"] === 1 ? "swallow" : own),
    });
    there.push(Buffer.concat([one, two]));
    assert.deepEqual(there.out(), own);
  });

  it("may be spliced from within a message's tap: the rest of the chunk follows", () => {
    const seen: unknown[] = [];
    const there = lane({
      onFrame: (frame) => {
        seen.push(parseFrame(frame)?.["seq"]);
        there.splice(false);
        return "forward";
      },
    });
    there.push(Buffer.concat([one, two, Buffer.from("not DAP at all")]));
    assert.deepEqual(seen, [1]);
    assert.equal(there.out().toString(), `${one}${two}not DAP at all`);
  });

  it("holds messages for a sink that comes later, in order", () => {
    const source = new PassThrough();
    const sink = new PassThrough();
    const there = createLane({ source, onFrame: () => "forward", onEnd: () => {} });
    source.emit("data", Buffer.concat([one, two]));
    there.join(sink);
    source.emit("data", one);
    assert.deepEqual(sink.read(), Buffer.concat([one, two, one]));
  });

  it("ends with an error on what is not DAP, and passes none of it on", () => {
    const there = lane();
    there.push(one);
    there.push("HTTP/1.1 200 OK\r\n\r\n");
    assert.match(there.ends[0]?.message ?? "", /^not a DAP message/);
    there.push(two);
    assert.deepEqual(there.out(), one);
    assert.equal(there.ends.length, 1);
  });

  it("shows messages without a say in them, until one is none, and passes every byte on, cut anywhere", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sizes, (cuts) => {
        const bytes = Buffer.concat([one, two, Buffer.from("no message\r\n\r\n"), one]);
        const there = lane({ onFrame: () => "swallow" });
        const shown: unknown[] = [];
        there.show((frame) => shown.push(parseFrame(frame)?.["seq"]));
        let at = 0;
        for (const size of [...cuts, bytes.length]) {
          there.push(bytes.subarray(at, at + size));
          at += size;
        }
        assert.equal(Buffer.compare(there.out(), bytes), 0);
        assert.deepEqual(shown, [1, 2]);
        assert.deepEqual(there.ends, []);
      }),
    );
  });

  it("passes on what is not DAP once it is spliced", () => {
    const there = lane();
    there.splice(true);
    there.push("HTTP/1.1 200 OK\r\n\r\n");
    there.push(one);
    assert.equal(there.out().toString(), `HTTP/1.1 200 OK\r\n\r\n${one}`);
  });

  for (const mode of ["framed", "skimmed", "raw"]) {
    it(`does not read on while its sink is full, ${mode}`, async () => {
      const source = new PassThrough();
      let taken = 0;
      const waiting: (() => void)[] = [];
      const sink = new Writable({
        write(chunk: Buffer, _encoding, done) {
          taken += chunk.length;
          waiting.push(done);
        },
      });
      const ended = new Promise<void>((resolve) => {
        const there = createLane({ source, sink, onFrame: () => "forward", onEnd: () => resolve() });
        if (mode !== "framed") there.splice(mode === "skimmed");
      });
      const message = encodeFrame({ text: "x".repeat(30_000) });
      const writes = Array.from({ length: 100 }, () => message);
      const feed = async () => {
        for (const bytes of writes)
          if (!source.write(bytes)) await new Promise((resolve) => source.once("drain", resolve));
        source.end();
      };
      const fed = feed();
      await new Promise(setImmediate);
      assert.ok(sink.writableLength < 10 * message.length, `${sink.writableLength} bytes wait`);
      const drain = setInterval(() => waiting.shift()?.(), 0);
      await Promise.all([fed, ended]);
      while (waiting.length > 0 || sink.writableLength > 0) await new Promise(setImmediate);
      clearInterval(drain);
      assert.equal(taken, 100 * message.length);
    });
  }
});
