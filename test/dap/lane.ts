import { PassThrough, Writable } from "node:stream";
import { encodeFrame } from "../../src/proxy/frames.ts";
import { createLane, type LaneOptions } from "../../src/proxy/splice.ts";

/** A lane into memory. `sent` is what came out at its end. */
export function lane(options: Partial<LaneOptions> = {}) {
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
  return { ...made, source, sent, push, ends, out: () => Buffer.concat(sent) };
}

export const one = encodeFrame({ seq: 1 });
export const two = encodeFrame({ seq: 2, text: "two" });
export const own = encodeFrame({ seq: 9, own: true });
