import { encodeFrame } from "../src/proxy/frames.ts";

/** What a program prints in one go, as Delve sends it: 1 KiB of text in an event of its own. */
const event = encodeFrame({
  seq: 0,
  type: "event",
  event: "output",
  body: { category: "stdout", output: `${"0123456789abcde ".repeat(63)}0123456789abcd\n` },
});

/** Some output events, as many as fit into one write of 64 KiB. */
export const batchOf = { bytes: Buffer.concat(Array<Buffer>(56).fill(event)), events: 56 };

/** How many batches make so many bytes on the wire, at least. */
export function batchesFor(bytes: number): number {
  return Math.ceil(bytes / batchOf.bytes.length);
}

/** One output event of about so many bytes, in pieces, because nobody has to hold it: so many of `middle`. */
export function hugeEvent(bytes: number) {
  const [before = "", after = ""] = JSON.stringify({
    ...{ seq: 0, type: "event", event: "output" },
    body: { category: "stdout", output: "|" },
  }).split("|");
  const middle = Buffer.alloc(64 * 1024, "0123456789abcdef");
  const count = Math.ceil(bytes / middle.length);
  const length = before.length + count * middle.length + after.length;
  const begin = Buffer.from(`Content-Length: ${length}\r\n\r\n${before}`);
  const end = Buffer.from(after);
  return { begin, middle, count, end, size: begin.length + count * middle.length + end.length };
}
