import assert from "node:assert/strict";
import { once } from "node:events";
import { type Duplex, PassThrough } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Channel, Ending, Transport } from "./channel.ts";
import { openStream } from "./relay.ts";

/** A host whose relay says that it runs, and does what the test wants after that. */
function host() {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  let end: (ending: Ending) => void = () => {};
  const ended = new Promise<Ending>((resolve) => {
    end = (ending) => {
      stdout.end();
      stderr.end();
      resolve(ending);
    };
  });
  const channel: Channel = { stdin, stdout, stderr, ended, close: () => end({ code: null }) };
  stdin.once("data", (script: Buffer) => {
    const mark = /%s %s\\n' (\S+)/.exec(script.toString())?.[1] ?? "";
    for (const stream of [stdout, stderr]) stream.write(`${mark} socat\n`);
  });
  const transport: Transport = {
    kind: "ssh",
    name: "build7",
    shell: () => Promise.resolve(channel),
    lost: new Promise(() => {}),
    close: () => Promise.resolve(),
  };
  return { transport, stdin, stdout, stderr, end };
}

function closed(stream: Duplex): Promise<unknown> {
  return new Promise((resolve) => stream.once("close", resolve));
}

const to = { host: "::1", port: 2345 };

describe("a stream through a relay", () => {
  it("fails where nothing listens, and nobody need listen for that", async () => {
    const { transport, end } = host();
    const stream = await openStream(transport, to);
    end({ code: 1 });
    await closed(stream);
    assert.equal(stream.errored?.message, "nothing listens on ::1:2345 on build7");
  });

  it("says that it was the connection, where it was", async () => {
    const { transport, end } = host();
    const stream = await openStream(transport, to);
    end({ code: null, because: "build7: the other side ended the connection" });
    await closed(stream);
    assert.equal(stream.errored?.message, "build7: the other side ended the connection");
  });

  it("closes when its program has ended, though what was written waits for it", async () => {
    const { transport, stdout, end } = host();
    const stream = await openStream(transport, to);
    stdout.write("hello");
    assert.equal(String((await once(stream, "data"))[0]), "hello");
    // Nobody reads it.
    stream.write(Buffer.alloc(1_000_000));
    end({ code: 0 });
    await closed(stream);
  });

  it("is not held up by what its program complains of", async () => {
    const { transport, stderr } = host();
    await openStream(transport, to);
    const late = sleep(2000, "late");
    for (let pieces = 0; pieces < 50; pieces += 1)
      if (!stderr.write(Buffer.alloc(100_000)))
        assert.notEqual(await Promise.race([once(stderr, "drain"), late]), "late");
  });
});
