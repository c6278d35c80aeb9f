import assert from "node:assert/strict";
import { PassThrough, Readable, Writable } from "node:stream";
import { begin } from "./begin.ts";
import type { Channel, Ending, Transport } from "./channel.ts";
import { heartbeatOver } from "./heartbeat.ts";
import { eachLine } from "./lines.ts";
import { machineOver } from "./machine.ts";
import { followTree } from "./sampler.ts";

/** How much (bytes) a host that does not end is listened to here: a hundred times what is kept of it. */
const flood = 400 * 1024 * 1024;
const piece = Buffer.alloc(1024 * 1024, "x");

/** A stream that never comes to an end by itself; `sent` counts its bytes. */
function endless(first: (script: string) => string, script: () => string) {
  const sent = { bytes: 0, ended: false };
  let begun = false;
  const stream = new Readable({
    read() {
      if (sent.bytes > flood) return;
      const bytes = begun ? piece : Buffer.from(first(script()));
      begun = true;
      sent.bytes += bytes.length;
      setImmediate(() => this.push(bytes));
    },
    destroy(error, done) {
      sent.ended = true;
      done(error);
    },
  });
  return { stream, sent };
}

/** A transport whose shells answer their script with what `say` makes of its mark, and then for ever. */
function hostile(say: (mark: string) => string) {
  const all: ReturnType<typeof endless>[] = [];
  const transport: Transport = {
    kind: "ssh",
    name: "lab",
    lost: new Promise(() => {}),
    shell() {
      let script = "";
      let written: () => void = () => {};
      const asked = new Promise<void>((resolve) => {
        written = resolve;
      });
      const stdin = new Writable({
        write(chunk: Buffer, _encoding, done) {
          script += chunk.toString();
          written();
          done();
        },
      });
      const mark = () => /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/.exec(script)?.[0] ?? "";
      const one = endless(
        () => say(mark()),
        () => script,
      );
      all.push(one);
      const stdout = new PassThrough();
      const stderr = new PassThrough();
      void asked.then(() => {
        one.stream.pipe(stdout);
        stderr.write(`\n${mark()} hello\n`);
      });
      const channel: Channel = {
        ...{ stdin, stdout, stderr },
        ended: new Promise<Ending>(() => {}),
        close() {
          one.stream.destroy();
          stdout.destroy();
          stderr.destroy();
        },
      };
      return Promise.resolve(channel);
    },
    close: () => Promise.resolve(),
  };
  return { transport, all };
}

function grown(before: number): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers - before;
}

function used(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe("a host that never stops talking", function () {
  this.timeout(60_000);

  it("is given up when it says what it is, and what it said is not kept", async () => {
    const { transport, all } = hostile((mark) => `\n${mark} hello\nsystem Linux\n`);
    const before = used();
    await assert.rejects(
      machineOver(transport, 1500),
      /^Error: lab did not say its PATH and home within 1.5 s$/,
    );
    assert.ok((all[0]?.sent.bytes ?? 0) > 8 * 1024 * 1024);
    assert.ok(grown(before) < 64 * 1024 * 1024, `${grown(before)} bytes more`);
  });

  it("is given up where it has no word behind our own mark", async () => {
    const { transport, all } = hostile((mark) => `\n${mark} `);
    const before = used();
    await assert.rejects(
      begin(
        transport,
        "echo 01234567-89ab-cdef-0123-456789abcdef\n",
        "01234567-89ab-cdef-0123-456789abcdef",
        1500,
      ),
      /did not start sh within 1.5 s$/,
    );
    assert.ok((all[0]?.sent.bytes ?? 0) > 1024 * 1024);
    assert.ok(grown(before) < 64 * 1024 * 1024, `${grown(before)} bytes more`);
  });

  it("gives no sample in a line without an end, and its channel is closed", async () => {
    const { transport, all } = hostile((mark) => `\n${mark} tree\ns 1 `);
    const machine = { script: (text: string, mark: string) => begin(transport, text, mark) };
    const { sample, stop } = followTree(machine, 1);
    const closed = () => all[0]?.sent.ended === true;
    for (let tries = 0; tries < 400 && !closed(); tries += 1)
      await new Promise((done) => setTimeout(done, 25));
    assert.ok(closed());
    assert.deepEqual(sample(), { processes: [] });
    assert.ok((all[0]?.sent.bytes ?? 0) < 64 * 1024 * 1024);
    stop();
  });

  it("is no echo", async () => {
    const stdout = new PassThrough();
    const { beat } = heartbeatOver({ stdin: new PassThrough(), stdout });
    stdout.write("x".repeat(100_000));
    assert.equal(await beat(50), undefined);
    assert.ok(stdout.destroyed);
  });

  it("has its lines told as long as they are lines", () => {
    const stream = new PassThrough();
    const told: string[] = [];
    let floods = 0;
    eachLine(
      stream,
      10,
      (line) => told.push(line),
      () => (floods += 1),
    );
    const text = Buffer.from("one\né\n\n");
    stream.emit("data", text.subarray(0, 5));
    stream.emit("data", text.subarray(5));
    stream.emit("data", Buffer.from("x".repeat(11)));
    stream.emit("data", Buffer.from("\nlate\n"));
    assert.deepEqual([told, floods], [["one", "é", ""], 1]);
  });
});
