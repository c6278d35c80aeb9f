import assert from "node:assert/strict";
import { duplexPair } from "node:stream";
import fc from "fast-check";
import { createFramer, encodeFrame, parseFrame, parseLimit } from "./frames.ts";
import { guard } from "./guard.ts";
import { topLevel } from "./topLevel.ts";

/** What a client gets of these bytes, in chunks of `step`, and how the stream ended. */
async function through(bytes: Buffer, step = bytes.length): Promise<{ out: Buffer; error?: Error }> {
  const [dlv, far] = duplexPair();
  const guarded = guard(dlv);
  const out: Buffer[] = [];
  guarded.on("data", (chunk: Buffer) => out.push(chunk));
  const ended = new Promise<Error | undefined>((resolve) => {
    guarded.once("error", resolve);
    guarded.once("end", () => resolve(undefined));
  });
  far.on("error", () => {});
  for (let at = 0; at < bytes.length; at += step) far.write(bytes.subarray(at, at + step));
  far.end();
  const error = await ended;
  dlv.destroy();
  return { out: Buffer.concat(out), ...(error && { error }) };
}

async function messages(...all: readonly object[]): Promise<unknown[]> {
  const { out } = await through(Buffer.concat(all.map((one) => encodeFrame(one))));
  return createFramer()
    .push(out)
    .map((frame) => parseFrame(frame));
}

const stopped = { seq: 1, type: "event", event: "stopped", body: { reason: "entry" } };

/** A message of more than a megabyte whose telling part comes last, where no look at its head finds it. */
const large = (more: string) =>
  Buffer.from(`{"seq":1,"arguments":{"args":["${"x".repeat(parseLimit)}"]},${more}}`);
const framed = (body: Buffer) => Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);

describe("what a dlv of somebody else's may say", () => {
  it("passes what Delve says, byte for byte", async () => {
    const all = [
      { seq: 0, type: "response", request_seq: 1, command: "initialize", success: true, body: { a: 1 } },
      stopped,
      { seq: 0, type: "event", event: "output", body: { category: "stdout", output: "[a](command:b)\n" } },
      { seq: 0, type: "event", event: "terminated", body: {} },
    ];
    const bytes = Buffer.concat(all.map((one) => encodeFrame(one)));
    for (const step of [1, 7, bytes.length]) assert.deepEqual((await through(bytes, step)).out, bytes);
  });

  it("lets none of its requests through, which the editor would run here", async () => {
    const run = {
      type: "request",
      command: "runInTerminal",
      arguments: { kind: "integrated", args: ["id"] },
    };
    const debug = { type: "request", command: "startDebugging", arguments: { configuration: {} } };
    const escaped = Buffer.from('{"seq":1,"\\u0074ype":"\\u0072equest","command":"runInTerminal"}');
    const { out } = await through(Buffer.concat([encodeFrame(run), encodeFrame(debug), framed(escaped)]));
    assert.equal(out.length, 0);
    assert.deepEqual(await messages(run, stopped), [stopped]);
  });

  it("ends the stream before the client has all of a large request", async () => {
    for (const more of [
      '"type":"request","command":"runInTerminal"',
      '"\\u0074\\u0079pe":"\\u0072equest"',
      '"type":"event","event":"stopped","type":"request"',
      '"type":"event","event":"progressStart"',
      '"type":"response","success":false',
    ]) {
      const bytes = framed(large(more));
      for (const step of [bytes.length, 100_000]) {
        const { out, error } = await through(bytes, step);
        assert.match(error?.message ?? "", /^not a DAP message: one of more than 1048576 bytes with /, more);
        assert.ok(out.length < bytes.length, more);
      }
    }
  });

  it("passes a large response as it came", async () => {
    const body = large('"type":"response","request_seq":3,"success":true,"body":{"type":"request"}');
    const bytes = Buffer.concat([framed(body), encodeFrame(stopped)]);
    for (const step of [65_536, bytes.length]) assert.deepEqual((await through(bytes, step)).out, bytes);
  });

  it("leaves an error its words, and no button and no link", async () => {
    const [told] = await messages({
      ...{ seq: 0, type: "response", request_seq: 3, command: "evaluate", success: false },
      message: "no [x](command:workbench.action.reloadWindow)",
      body: {
        error: {
          id: 2009,
          format: "{one}{two} in {more}",
          variables: { one: "[Fix it]", two: "(command:workbench.action.terminal.new)" },
          showUser: true,
          url: "command:workbench.action.terminal.new",
          urlLabel: "Fix it",
          sendTelemetry: true,
        },
        other: 1,
      },
    });
    assert.deepEqual(told, {
      ...{ seq: 0, type: "response", request_seq: 3, command: "evaluate", success: false },
      message: "no [x] (command:workbench.action.reloadWindow)",
      body: {
        error: {
          id: 2009,
          format: "{text}",
          variables: { text: "[Fix it] (command:workbench.action.terminal.new) in {more}" },
          showUser: true,
        },
      },
    });
  });

  it("keeps events to itself on which a client acts", async () => {
    const event = (name: string, body: object) => ({ type: "event", event: name, body });
    const told = await messages(
      event("progressStart", { progressId: "1", title: "[x](command:y)" }),
      event("output", { category: "important", output: "!" }),
      event("output", { category: "telemetry", output: "!" }),
      event("terminated", { restart: { evil: true } }),
      { type: "noise" },
    );
    assert.deepEqual(told, [
      event("output", { category: "console", output: "!" }),
      event("output", { category: "console", output: "!" }),
      event("terminated", {}),
    ]);
  });

  it("writes header blocks anew, so that a client reads the same messages", async () => {
    // VS Code knows no small letters here, and would look for the next header block inside the body.
    const hidden = 'Content-Length: 18\\r\\n\\r\\n{"type":"request"}';
    const body = JSON.stringify({ ...stopped, hidden });
    const odd = `X: 1\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    assert.equal(
      (await through(Buffer.from(odd))).out.toString(),
      `Content-Length: ${body.length}\r\n\r\n${body}`,
    );
  });

  it("drops what is no JSON object", async () => {
    const bodies = ["[]", '"x"', "", "{", '\ufeff{"type":"request"}'];
    const { out } = await through(Buffer.concat(bodies.map((body) => framed(Buffer.from(body)))));
    assert.equal(out.length, 0);
  });

  it("finds in a large message what a parser finds", () => {
    const key = fc.oneof(fc.constantFrom("type", "success", "event"), fc.string());
    const object = fc.dictionary(key, fc.oneof(fc.constantFrom("request", false, true), fc.jsonValue()));
    fc.assert(
      fc.property(object, fc.nat(3), fc.integer({ min: 1, max: 9 }), (value, indent, step) => {
        const text = JSON.stringify(value, null, indent);
        const seen = new Map<string, unknown>();
        const reader = topLevel((name, one) => seen.set(name, one));
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
        const parsed = JSON.parse(text) as Readonly<Record<string, unknown>>;
        for (const [name, one] of Object.entries(parsed)) {
          const short =
            Buffer.byteLength(JSON.stringify(one) ?? "") < 200 && JSON.stringify(name).length < 200;
          if (short && (typeof one === "string" || one === false)) assert.equal(seen.get(name), one, text);
        }
      }),
      { numRuns: 300 },
    );
  });
});
