import fc from "fast-check";
import { encodeFrame } from "../../src/proxy/frames.ts";

/** A piece of a stream: bytes, and whether a reader of DAP can tell where they end. */
export interface Piece {
  readonly what: string;
  readonly bytes: Buffer;
  readonly sound: boolean;
}

/** How deep (levels) JSON is nested that must break no stack. */
const depths = [50, 5000, 100_000];

/** A body framed in any way. */
function framed(body: string | Buffer, header?: string): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(header ?? `Content-Length: ${bytes.length}\r\n\r\n`), bytes]);
}

/** Where a value of DAP's is expected: all that JSON can hold in its place. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  { weight: 4, arbitrary: fc.constantFrom({ toString: 1 }, { valueOf: 1, toString: null }) },
  fc.constantFrom<unknown>(
    { toString: 1 },
    { valueOf: 1, toString: null },
    [[]],
    -1,
    Number.MAX_VALUE,
    2 ** 53,
    "\ud800",
    "\u0000",
  ),
);

const commands = [
  "initialize",
  "launch",
  "attach",
  "setBreakpoints",
  "setFunctionBreakpoints",
  "configurationDone",
  "threads",
  "next",
];
const events = ["initialized", "output", "process", "thread", "breakpoint", "capabilities", "module"];
const members = [
  "command",
  "command",
  "event",
  "event",
  "body",
  "arguments",
  "seq",
  "request_seq",
  "success",
  "message",
  "__proto__",
  "constructor",
];

/** A message in which single members are not what they should be. */
function spoilt(whole: Readonly<Record<string, unknown>>): fc.Arbitrary<Piece> {
  return fc.record({ member: fc.constantFrom(...members), value: odd }).map(({ member, value }) => {
    const text = JSON.stringify({ ...whole, [member]: 0 }).replace(
      `"${member}":0`,
      `"${member}":${JSON.stringify(value)}`,
    );
    return { what: `a message with an odd ${member}`, bytes: framed(text), sound: true };
  });
}

const asked = fc
  .record({
    seq: fc.integer({ min: 10, max: 1e6 }),
    command: fc.constantFrom(...commands),
    arguments: fc.object(),
  })
  .map((message) => ({ ...message, type: "request" }));
const told = fc
  .record({ seq: fc.nat(), event: fc.constantFrom(...events), body: fc.object() })
  .map((message) => ({ ...message, type: "event" }));

/** Messages that are odd but end where they say: nothing of them may stop a session. */
function sound(side: "client" | "dlv"): fc.Arbitrary<Piece> {
  const whole = side === "client" ? asked : told;
  const body = (what: string) => (bytes: string | Buffer) => ({ what, bytes: framed(bytes), sound: true });
  return fc.oneof(
    whole.map((message): Piece => ({ what: "a message", bytes: encodeFrame(message), sound: true })),
    { weight: 4, arbitrary: whole.chain(spoilt) },
    fc.json().map(body("JSON that is any value")),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => body("a body of bytes")(Buffer.from(bytes))),
    fc
      .string({ unit: "binary" })
      .map((text) =>
        body("lone surrogates")(
          JSON.stringify({ type: "event", event: "output", body: { output: `${text}\udfff` } }),
        ),
      ),
    fc.constantFrom(...depths).map((depth) => body("deep nesting")("[".repeat(depth) + "]".repeat(depth))),
    fc
      .constantFrom(...depths.slice(0, 2))
      .map((depth) =>
        body("deep nesting")(
          `{"seq":77,"type":"${side === "client" ? "request" : "event"}","command":"launch","event":"output","arguments":${'{"a":'.repeat(depth)}1${"}".repeat(depth)}}`,
        ),
      ),
    fc
      .constantFrom(
        "content-length: 2\r\n\r\n",
        "Content-Length:2\r\n\r\n",
        "X-A: b\r\nContent-Length: 2\r\n\r\n",
        "Content-Length: 2\r\nContent-Length: 2\r\n\r\n",
        "Content-Length: 0002\r\n\r\n",
      )
      .map((header) => ({ what: "an unusual header", bytes: framed("{}", header), sound: true })),
  );
}

/** What no reader can find the end of. */
const broken: fc.Arbitrary<Piece> = fc
  .oneof(
    fc.constantFrom(
      "Content-Length: -1\r\n\r\n{}",
      "Content-Length: 99999999999999999999\r\n\r\n{}",
      "Content-Length: 2147483648\r\n\r\n{}",
      "Content-Length: 1e3\r\n\r\n{}",
      "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
      "Content-Length: \r\n\r\n{}",
      "Content-Length: ٢\r\n\r\n{}",
      "Content-Type: text/plain\r\n\r\n{}",
      "\r\n\r\n{}",
      "Content-Length: 2\n\n{}",
      "HTTP/1.1 400 Bad Request\r\n\r\n",
      "SSH-2.0-OpenSSH_9.2\r\n",
      "\u0016\u0003\u0001\u0002\u0000\u0001",
    ),
    fc.string({ minLength: 1, maxLength: 3 }).map((text) => `${text} Content-Length: 2\r\n\r\n{}`),
    fc.constant(`X: ${"y".repeat(40_000)}`),
  )
  .map((text) => ({ what: "a broken header", bytes: Buffer.from(text), sound: false }));

/** A stream of one side: what comes before, sometimes something broken at the end. */
export function streamOf(side: "client" | "dlv"): fc.Arbitrary<readonly Piece[]> {
  return fc
    .tuple(fc.array(sound(side), { maxLength: 6 }), fc.option(broken, { freq: 3 }))
    .map(([pieces, last]) => (last === null ? pieces : [...pieces, last]));
}

/** Cuts, changes or adds single bytes anywhere: [where, what] over the length of the stream. */
export const mutations = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    how: fc.constantFrom("flip", "cut", "double", "insert"),
    byte: fc.nat(255),
  }),
  { maxLength: 4 },
);

/** Applies mutations to bytes. */
export function mutate(bytes: Buffer, changes: readonly { at: number; how: string; byte: number }[]): Buffer {
  let result = bytes;
  for (const { at, how, byte } of changes) {
    const place = Math.floor(at * result.length);
    const [before, after] = [result.subarray(0, place), result.subarray(place)];
    if (how === "insert") result = Buffer.concat([before, Buffer.of(byte), after]);
    else if (how === "cut") result = Buffer.concat([before, after.subarray(1 + (byte % 40))]);
    else if (how === "double") result = Buffer.concat([before, after.subarray(0, byte), after]);
    else result = Buffer.concat([before, Buffer.of(byte), after.subarray(1)]);
  }
  return result;
}

/** Cuts bytes into chunks at the given places of their length. */
export function chunked(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [
    0,
    ...places.map((place) => Math.floor(place * bytes.length)).sort((a, b) => a - b),
    bytes.length,
  ];
  return at
    .slice(1)
    .map((to, index) => bytes.subarray(at[index], to))
    .filter(({ length }) => length > 0);
}
