import assert from "node:assert/strict";
import fc from "fast-check";
import { lane, one, own, two } from "../../test/dap/lane.ts";
import { createFramer, encodeFrame, parseFrame, parseLimit } from "./frames.ts";

describe("messages of our own in a lane", () => {
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

  it("puts our messages between messages only, in streams of many, whatever changes meanwhile", () => {
    const steps = fc.constantFrom("send", "skim", "show", "nothing", "nothing", "nothing");
    const sizes = fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), steps), {
      minLength: 1,
      maxLength: 30,
    });
    const texts = fc.array(fc.nat(400), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(sizes, texts, (cuts, lengths) => {
        const messages = lengths.map((length, seq) => encodeFrame({ seq, text: "x".repeat(length) }));
        const bytes = Buffer.concat(messages);
        const there = lane();
        let at = 0;
        let due = 0;
        for (const [size, step] of [...cuts, [bytes.length, "nothing"] as const]) {
          if (step === "send") there.send(own);
          if (step === "send") due += 1;
          if (step === "skim") there.splice(true);
          if (step === "show") there.show(() => {});
          there.push(bytes.subarray(at, at + size));
          at += size;
        }
        const frames = createFramer().push(there.out()).map(parseFrame);
        const theirs = frames.filter((frame) => frame?.["own"] !== true);
        assert.deepEqual(
          theirs.map((frame) => frame?.["seq"]),
          lengths.map((_, seq) => seq),
        );
        assert.equal(frames.length - theirs.length, due);
      }),
    );
  });

  it("looks at no message above the parse limit, and passes its pieces on as they come, with ours behind it", () => {
    const looked: unknown[] = [];
    const there = lane({
      onFrame: (frame) => {
        looked.push(parseFrame(frame)?.["seq"]);
        return "forward";
      },
    });
    const big = encodeFrame({ seq: 3, text: "x".repeat(parseLimit) });
    there.push(Buffer.concat([one, big.subarray(0, 1000)]));
    assert.equal(there.out().length, one.length + 1000);
    there.send(own);
    there.push(big.subarray(1000, -1));
    assert.equal(there.out().length, one.length + big.length - 1);
    assert.equal(there.waiting(), own.length);
    there.push(Buffer.concat([big.subarray(-1), two]));
    assert.equal(Buffer.compare(there.out(), Buffer.concat([one, big, own, two])), 0);
    assert.deepEqual(looked, [1, 2]);
  });

  it("loses nothing of ours that waits behind a message when it is spliced for good", () => {
    const there = lane();
    const big = encodeFrame({ seq: 3, text: "x".repeat(parseLimit) });
    there.push(big.subarray(0, 1000));
    there.send(own);
    there.splice(false);
    there.push(big.subarray(1000));
    there.push(one);
    assert.equal(Buffer.compare(there.out(), Buffer.concat([big, own, one])), 0);
    assert.equal(there.waiting(), 0);
  });

  it("sends ours behind the messages that were judged before it, from within a message's tap", () => {
    const there = lane({
      onFrame: (frame) => {
        if (parseFrame(frame)?.["seq"] === 2) there.send(own);
        return "forward";
      },
    });
    there.push(Buffer.concat([one, one, two, one]));
    assert.deepEqual(there.out(), Buffer.concat([one, one, own, two, one]));
  });

  it("lets a header block that comes alone wait for its body once it is skimmed, and ours with it", () => {
    const there = lane();
    there.splice(true);
    const header = one.indexOf("{");
    there.push(one.subarray(0, header));
    assert.equal(there.out().length, 0);
    there.send(own);
    there.push(Buffer.concat([one.subarray(header), two]));
    assert.equal(Buffer.compare(there.out(), Buffer.concat([one, two, own])), 0);
    there.push(two.subarray(0, header));
    there.source.emit("end");
    assert.equal(Buffer.compare(there.out(), Buffer.concat([one, two, own, two.subarray(0, header)])), 0);
  });
});
