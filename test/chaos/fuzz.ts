import assert from "node:assert/strict";
import { type Duplex, duplexPair } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import fc from "fast-check";
import { planned } from "../../src/core/launch.ts";
import { firstUsual } from "../../src/core/usual.ts";
import { localHost } from "../../src/hosts/local.ts";
import { createFramer, encodeFrame, parseFrame } from "../../src/proxy/frames.ts";
import { openSession } from "../../src/session/session.ts";
import { chunked, mutate, mutations, type Piece, streamOf } from "./frames.ts";

/** How many sessions run at once: one that is refused is kept some seconds, for its client to go. */
const atOnce = 100;
/** How far a launch is when the odd bytes come. */
const moments = ["launching", "over"] as const;

/** What was run, and what came of it. */
export interface Fuzzed {
  readonly cases: number;
  readonly seed: number;
  /** Cases in which every byte went on as it came, and the session with it. */
  readonly passed: number;
  /** Cases that ended with one line that says what is wrong with the stream. */
  readonly refused: number;
  /** Cases in which something of ours failed: the session went on, and its log says why. */
  readonly bypassed: number;
  /** What those logs said, each once. */
  readonly reasons: readonly string[];
}

interface Case {
  readonly moment: (typeof moments)[number];
  readonly side: "client" | "dlv";
  /** True for a dlv that this machine has started; what another one says is filtered (src/proxy/guard.ts). */
  readonly ours: boolean;
  readonly pieces: readonly Piece[];
  readonly changes: readonly { at: number; how: string; byte: number }[];
  readonly cuts: readonly number[];
}

const cases = (side: Case["side"]): fc.Arbitrary<Case> =>
  fc.record({
    moment: fc.constantFrom(...moments),
    side: fc.constant(side),
    ours: fc.boolean(),
    pieces: streamOf(side),
    changes: fc.oneof(fc.constant([]), mutations),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }),
  });

/**
 * Puts so many odd streams through a session, half of them a client's and half of them Delve's, and asserts of each what must
 * hold of all. A failure names its seed and its case.
 */
export async function fuzz(count: number, seed: number): Promise<Fuzzed> {
  const sum = { passed: 0, refused: 0, bypassed: 0 };
  const reasons = new Set<string>();
  const crashes: unknown[] = [];
  const crash = (error: unknown) => crashes.push(error);
  process.on("uncaughtException", crash).on("unhandledRejection", crash);
  try {
    for (const side of ["client", "dlv"] as const) {
      const list = fc.sample(cases(side), { numRuns: Math.ceil(count / 2), seed });
      for (let begun = 0; begun < list.length; begun += atOnce)
        await Promise.all(
          list.slice(begun, begun + atOnce).map(async (one, index) => {
            const ended = await play(one).catch((error: unknown) => error);
            const failed = ended instanceof Error ? ended : crashes[0];
            if (failed !== undefined)
              throw new Error(told(one, `seed ${seed}, case ${begun + index}`, failed));
            const { end, bypassed } = ended as Awaited<ReturnType<typeof play>>;
            sum[end] += 1;
            if (bypassed.length > 0) sum.bypassed += 1;
            for (const reason of bypassed) reasons.add(reason);
          }),
        );
    }
  } finally {
    process.removeListener("uncaughtException", crash).removeListener("unhandledRejection", crash);
  }
  return { cases: sum.passed + sum.refused, seed, ...sum, reasons: [...reasons] };
}

/** What failed, and how to have it again: bytes by the thousand would tell nobody more. */
function told({ pieces, ...one }: Case, where: string, failed: unknown): string {
  const what = { ...one, pieces: pieces.map((piece) => `${piece.what} (${piece.bytes.length} bytes)`) };
  return `${where}: ${JSON.stringify(what)}\n${failed instanceof Error ? failed.stack : String(failed)}`;
}

/** One session: a sound conversation, then the odd stream of one side, then the client goes. */
async function play({ moment, side, ours, pieces, changes, cuts }: Case) {
  const [client, server] = duplexPair();
  const [dlv, far] = duplexPair();
  const config = { name: "fuzz", request: "launch", mode: "exec", program: "/bin/true" };
  const session = openSession(server, {
    planned: planned(config, "/"),
    host: localHost,
    usual: firstUsual,
    sample: () => ({ processes: [] }),
    reach: async () => ({
      ...(ours && { ours }),
      socket: Promise.resolve(far),
      died: new Promise(() => {}),
      pid: () => undefined,
      kill: async () => void far.destroy(),
      finish: async () => void far.destroy(),
    }),
  });
  const [atDlv, atClient] = [collect(dlv), collect(client)];
  const request = (seq: number, command: string) =>
    void client.write(encodeFrame({ seq, type: "request", command, arguments: { ...config } }));
  const answer = (seq: number, command: string) =>
    void dlv.write(encodeFrame({ seq, type: "response", request_seq: seq, command, success: true }));
  request(1, "initialize");
  request(2, "launch");
  await until(() => messages(atDlv()).length === 2);
  answer(1, "initialize");
  if (moment === "over") {
    answer(2, "launch");
    dlv.write(encodeFrame({ seq: 3, type: "event", event: "stopped", body: { reason: "entry" } }));
  }
  await until(() => messages(atClient()).length === (moment === "over" ? 3 : 1));

  const [from, to, out] = side === "client" ? [client, dlv, atDlv] : [dlv, client, atClient];
  const before = out().length;
  const sent = mutate(Buffer.concat(pieces.map(({ bytes }) => bytes)), changes);
  const whole = changes.length === 0 && pieces.every((piece) => piece.sound);
  for (const chunk of chunked(sent, cuts)) {
    if (from.writable) from.write(chunk);
    await turn();
  }
  await quiet(() => out().length);
  const got = out().subarray(before);
  const refusal = session.events.flatMap((event) =>
    event.kind === "output" && event.text.includes("not a DAP message") ? [event.text] : [],
  );
  if (whole) assert.deepEqual(refusal, [], "a stream whose messages all end is not refused");
  assert.ok(refusal.length <= 1, `one line says why: ${JSON.stringify(refusal)}`);
  if (ours || side === "client") checkPassed(sent, got, side, whole);
  client.end();
  client.destroy();
  await session.done;
  to.destroy();
  const bypassed = session.events.flatMap((event) => (event.kind === "bypassed" ? [event.because] : []));
  return { end: refusal.length > 0 ? ("refused" as const) : ("passed" as const), bypassed };
}

/**
 * What came out is what went in, in order: nothing but whole messages is missing from it (those that are for us), and nothing but
 * whole messages of ours is in it besides. `all` where every byte must have come out.
 */
function checkPassed(sent: Buffer, got: Buffer, side: Case["side"], all: boolean): void {
  if (all) {
    assert.equal(Buffer.compare(got, sent), 0, "every byte went on as it came");
    return;
  }
  let at = 0;
  for (const frame of split(got)) {
    const found = sent.indexOf(frame, at);
    if (found >= 0) at = found + frame.length;
    else
      assert.ok(
        side === "dlv" && isOwn(frame),
        `this was never sent: ${frame.toString("latin1").slice(0, 200)}`,
      );
  }
}

/** Whole messages, and the rest. */
function split(bytes: Buffer): Buffer[] {
  const framer = createFramer();
  const frames: Buffer[] = [];
  try {
    frames.push(...framer.push(bytes).map(({ pieces }) => Buffer.concat(pieces)));
  } catch {
    // What runs raw need not be in messages: it is looked for as it is.
    return [bytes];
  }
  const rest = Buffer.concat(framer.rest());
  return rest.length > 0 ? [...frames, rest] : frames;
}

function isOwn(frame: Buffer): boolean {
  return messages(frame).some(
    (one) => one["type"] === "response" || ["terminated", "output"].includes(String(one["event"])),
  );
}

function messages(bytes: Buffer): Readonly<Record<string, unknown>>[] {
  return createFramer()
    .push(bytes)
    .flatMap((frame) => {
      const message = parseFrame(frame);
      return message === undefined ? [] : [message];
    });
}

function collect(stream: Duplex): () => Buffer {
  const chunks: Buffer[] = [];
  stream.on("error", () => {});
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks);
}

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + 20_000;
  while (!holds()) {
    assert.ok(performance.now() < end, "the conversation before");
    await turn();
  }
}

/** Waits until no more comes out: everything here is in memory, so a few turns of the loop are enough. */
async function quiet(size: () => number): Promise<void> {
  for (let last = -1, same = 0; same < 4; ) {
    await turn();
    same = size() === last ? same + 1 : 0;
    last = size();
  }
}
