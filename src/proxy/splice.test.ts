import assert from "node:assert/strict";
import { PassThrough, Writable } from "node:stream";
import fc from "fast-check";
import { lane, one, own, two } from "../../test/dap/lane.ts";
import { encodeFrame, parseFrame } from "./frames.ts";
import { createLane } from "./splice.ts";

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

  it("passes the messages of one chunk on in one piece, around what it keeps back", () => {
    const there = lane({ onFrame: (frame) => (parseFrame(frame)?.["seq"] === 2 ? "swallow" : "forward") });
    there.push(Buffer.concat([one, one, two, one, one, one.subarray(0, 5)]));
    assert.deepEqual(there.sent.map(String), [`${one}${one}`, `${one}${one}`]);
  });

  it("shows messages from the next boundary on, wherever it is told to", () => {
    for (const mode of ["framed", "skimmed"]) {
      const there = lane();
      if (mode === "skimmed") there.splice(true);
      const seen: string[] = [];
      there.push(Buffer.concat([one, two.subarray(0, 30)]));
      there.show((piece) => seen.push(String(piece)));
      there.push(Buffer.concat([two.subarray(30), one]));
      // Of a message that was held all is there to be shown; of one that ran past nothing is.
      assert.equal(seen.join(""), mode === "framed" ? `${two}${one}` : String(one));
      assert.equal(Buffer.compare(there.out(), Buffer.concat([one, two, one])), 0);
    }
  });

  it("does not read on while more waits for a sink than it has patience for", () => {
    const source = new PassThrough();
    const there = createLane({ source, onFrame: () => "forward", onEnd: () => {}, patience: 100 });
    source.emit("data", one);
    assert.equal(source.isPaused(), false);
    source.emit("data", encodeFrame({ text: "x".repeat(100) }));
    assert.equal(source.isPaused(), true);
    there.join(new PassThrough());
    assert.equal(source.isPaused(), false);
  });

  it("makes no frame of a whole message that needs no look, and of all others", () => {
    const looked: unknown[] = [];
    const there = lane({
      passes: (chunk, bodyAt) => chunk.toString("latin1", bodyAt).startsWith('{"seq":1}'),
      onFrame: (frame) => {
        looked.push(parseFrame(frame)?.["seq"]);
        return "forward";
      },
    });
    const stream = Buffer.concat([one, two, one, two, one]);
    there.push(stream.subarray(0, -4));
    there.push(stream.subarray(-4));
    assert.deepEqual(there.out(), stream);
    // The last one came in two chunks.
    assert.deepEqual(looked, [2, 2, 1]);
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
        const shown: string[] = [""];
        there.show((piece, last) => {
          shown.push(`${shown.pop()}${piece}`);
          if (last) shown.push("");
        });
        let at = 0;
        for (const size of [...cuts, bytes.length]) {
          there.push(bytes.subarray(at, at + size));
          at += size;
        }
        assert.equal(Buffer.compare(there.out(), bytes), 0);
        assert.deepEqual(shown.slice(0, 2), [String(one), String(two)]);
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

  it("passes on what is not DAP behind a message whose header block came alone", () => {
    const there = lane();
    there.splice(true);
    const header = one.indexOf("{");
    there.push(one.subarray(0, header));
    there.push(`${one.subarray(header)}HTTP/1.1 200 OK\r\n\r\n`);
    assert.equal(there.out().toString(), `${one}HTTP/1.1 200 OK\r\n\r\n`);
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
