import assert from "node:assert/strict";
import fc from "fast-check";
import { createBoundaries, createFramer, encodeFrame, parseFrame } from "./frames.ts";

const messages = fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { maxLength: 8 });
const cuts = fc.array(fc.nat(), { maxLength: 12 });

/** Cuts bytes at the given places, wherever they fall. */
function chunksOf(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return at.slice(1).map((to, index) => bytes.subarray(at[index], to));
}

function refusal(text: string): string {
  try {
    createFramer().push(Buffer.from(text));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "taken";
}

describe("frames", () => {
  it("come out as they went in, however the stream is cut", () => {
    fc.assert(
      fc.property(messages, cuts, (sent, places) => {
        const bytes = Buffer.concat(sent.map(encodeFrame));
        const framer = createFramer();
        const frames = chunksOf(bytes, places).flatMap((chunk) => framer.push(chunk));
        assert.deepEqual(
          frames.map(parseFrame),
          sent.map((message) => JSON.parse(JSON.stringify(message))),
        );
        assert.equal(Buffer.compare(Buffer.concat(frames.flatMap(({ pieces }) => pieces)), bytes), 0);
        assert.equal(framer.rest().length, 0);
      }),
    );
  });

  it("keep headers of any kind, byte for byte, even cut between all their bytes", () => {
    const text = 'X-Kind: noise\r\ncontent-LENGTH:  13 \r\nContent-Type: a/b; c\r\n\r\n{"type":"ok"}';
    const framer = createFramer();
    const frames = [...Buffer.from(text)].flatMap((byte) => framer.push(Buffer.of(byte)));
    assert.equal(frames.length, 1);
    assert.equal(Buffer.concat(frames[0]?.pieces ?? []).toString(), text);
    assert.deepEqual(frames[0] && parseFrame(frames[0]), { type: "ok" });
  });

  it("do not copy bodies", () => {
    const bytes = encodeFrame({ text: "x".repeat(100_000) });
    const [frame] = createFramer().push(bytes);
    assert.ok(frame?.pieces.every((piece) => piece.buffer === bytes.buffer));
  });

  it("hold what is not whole yet, for whoever passes it on", () => {
    const bytes = encodeFrame({ seq: 1 });
    const framer = createFramer();
    assert.deepEqual(framer.push(bytes.subarray(0, -1)), []);
    assert.equal(Buffer.concat(framer.rest()).length, bytes.length - 1);
  });

  it("may be empty", () => {
    const [frame] = createFramer().push(Buffer.from("Content-Length: 0\r\n\r\n"));
    assert.equal(frame?.size, 21);
    assert.equal(frame && parseFrame(frame), undefined);
  });

  it("above 1 MB are not parsed, nor is what is not a JSON object", () => {
    const [big] = createFramer().push(encodeFrame({ text: "x".repeat(1024 * 1024) }));
    assert.equal(big && parseFrame(big), undefined);
    const [list] = createFramer().push(Buffer.from("Content-Length: 2\r\n\r\n[]"));
    assert.equal(list && parseFrame(list), undefined);
    const [broken] = createFramer().push(Buffer.from("Content-Length: 2\r\n\r\n{{"));
    assert.equal(broken && parseFrame(broken), undefined);
  });

  const bad: Readonly<Record<string, [string, RegExp]>> = {
    "no length": ["X: 1\r\n\r\n", /a header without Content-Length/],
    "a length in words": ["Content-Length: ten\r\n\r\n", /the content length "ten"/],
    "a negative length": ["Content-Length: -1\r\n\r\n", /the content length "-1"/],
    "2 GB and more": ["Content-Length: 2147483648\r\n\r\n", /a content length of 2147483648 bytes/],
    "two lengths": ["Content-Length: 1\r\nContent-Length: 2\r\n\r\n", /two different content lengths/],
    "a line without colon": ["hello\r\nContent-Length: 1\r\n\r\n", /the header line "hello"/],
    "JSON without a header, at once": ['{"seq":1}', /the header line "\{\\"seq\\":1\}"/],
    "another protocol, at once": ["GET / HTTP/1.1\r\n", /the header line "GET \/ HTTP\/1.1"/],
    "bare newlines, at once": ["Content-Length: 2\n\n{}", /the header line/],
    "a long header": [`X: ${"y".repeat(20_000)}`, /a header block of more than 16384 bytes/],
    "a long header in one piece": [`X: ${"y".repeat(20_000)}\r\n\r\n`, /a header block of \d+ bytes/],
  };
  for (const [what, [text, expected]] of Object.entries(bad))
    it(`refuse ${what}`, () => assert.match(refusal(text), expected));
});

/** Bodies as peers write them: any JSON, text that looks like a header block, blank lines between tokens, nothing. */
const bodies = fc.oneof(
  fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value)),
  fc.constantFrom(
    JSON.stringify({ output: '}Content-Length: 7\r\n\r\n{"a":1}' }),
    '{"a":1}Content-Length: 7\\r\\n\\r\\n',
    '{\r\n\r\n"a":\r\n\r\n1\r\n\r\n}',
    '{"a":1}\r\n\r\n',
    "{}",
    "",
  ),
  fc.nat(300).map((size) => JSON.stringify({ output: "x".repeat(size) })),
);
const headers = fc.constantFrom(
  (size: number) => `Content-Length: ${size}\r\n\r\n`,
  (size: number) => `Content-Length: ${size}\r\nContent-Type: json; charset=utf-8\r\n\r\n`,
  (size: number) => `X-First: 1\r\ncontent-length:${size} \r\n\r\n`,
);
const usual = (size: number) => `Content-Length: ${size}\r\n\r\n`;

describe("a chunk that is skimmed", () => {
  const ends = (stream: string, places: readonly number[], end: string) => {
    const walked = createBoundaries();
    const skimmed = createBoundaries();
    for (const chunk of chunksOf(Buffer.from(`${stream}${end}`), places)) {
      let last = -1;
      for (let from = 0; from < chunk.length; ) {
        from = walked.advance(chunk, from);
        if (walked.between()) last = from;
      }
      assert.equal(skimmed.skim(chunk), last);
      assert.equal(skimmed.between(), walked.between());
      assert.equal(skimmed.left(), walked.left());
    }
  };
  const framed = (body: string, header: (size: number) => string) =>
    `${header(Buffer.byteLength(body))}${body}`;

  it("has its last boundary where walking it finds that, however the stream is cut", () => {
    const stream = fc.array(
      fc.tuple(bodies, fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, headers)),
      {
        maxLength: 30,
      },
    );
    const end = fc.constantFrom(
      "",
      "Content-Len",
      "Content-Length: 12\r\n",
      'Content-Length: 90\r\n\r\n{"a"',
    );
    fc.assert(
      fc.property(stream, cuts, end, (sent, places, rest) =>
        ends(sent.map(([body, header]) => framed(body, header)).join(""), places, rest),
      ),
      { numRuns: 300 },
    );
  });

  it("is not searched where a message fills it", () => {
    const boundaries = createBoundaries();
    const bytes = encodeFrame({ output: "x".repeat(1000) });
    assert.equal(boundaries.skim(bytes.subarray(0, 500)), -1);
    assert.equal(boundaries.left(), bytes.length - 500);
    assert.equal(boundaries.skim(bytes.subarray(500)), bytes.length - 500);
  });

  it("is refused where it begins or ends with what is no message", () => {
    const message = encodeFrame({ seq: 1 });
    for (const noise of ["HTTP/1.1 200 OK\r\n", "{}", "Content-Length: x\r\n\r\n"]) {
      assert.throws(() => createBoundaries().skim(Buffer.from(`${noise}${message}`)), /not a DAP message/);
      assert.throws(
        () => createBoundaries().skim(Buffer.from(`${message}${message}${noise}`)),
        /not a DAP message/,
      );
    }
  });
});
