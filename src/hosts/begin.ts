import { PassThrough, type Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { say } from "../core/say.ts";
import type { Channel, Transport } from "./channel.ts";
import { within } from "./within.ts";

/** How long (ms) a login shell may take before it starts sh: some load a version manager and a prompt first. */
const startMs = 20_000;

/** How long (ms) what was printed may lag behind the end of what printed it. */
const lastWordsMs = 1000;

/** A script that has said that it runs. What the login shell printed before is gone from both streams. */
export interface Begun extends Channel {
  /** The word behind the mark. */
  readonly word: string;
}

/**
 * Runs a POSIX sh script that prints a line of `mark` and a word on both streams before anything else. Rejects with one
 * line where the login shell ends or hangs instead: what it printed last is in it.
 */
export async function begin(
  transport: Transport,
  script: string,
  mark: string,
  limitMs = startMs,
): Promise<Begun> {
  const channel = await transport.shell();
  channel.stdin.on("error", () => {});
  channel.stdin.write(script);
  const [out, err] = [afterMark(channel.stdout, mark), afterMark(channel.stderr, mark)];
  const began = Promise.all([out.word, err.word]).then(([first]) => first);
  const ended = channel.ended.then(async ({ code, because }) => {
    // A script that ends at once has said its word; it is only not read yet.
    await Promise.race([Promise.all([out.over, err.over]), sleep(lastWordsMs)]);
    await new Promise(setImmediate);
    const last = err.noise().trim().split("\n").at(-1) || out.noise().trim().split("\n").at(-1);
    const how = because ?? say`ended with exit code ${String(code)}`;
    throw new Error(say`the login shell on ${transport.name} did not start sh: ${last || how}`);
  });
  const late = say`the login shell on ${transport.name} did not start sh within ${limitMs / 1000} s`;
  try {
    const word = await within(limitMs, Promise.race([began, ended]), () => new Error(late));
    return { ...channel, stdout: out.rest, stderr: err.rest, word };
  } catch (error) {
    channel.close();
    throw error;
  }
}

/** The most (bytes) of what a login shell prints that is kept to explain its end. */
const noiseBytes = 16 * 1024;

/** Cuts a stream behind the line with the mark; bytes stay bytes. */
function afterMark(stream: Readable, mark: string) {
  const rest = new PassThrough();
  const needle = Buffer.from(`${mark} `);
  let seen = Buffer.alloc(0);
  const word = new Promise<string>((resolve) => {
    const onData = (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk]);
      const at = seen.indexOf(needle);
      const end = at < 0 ? -1 : seen.indexOf("\n", at);
      if (end < 0) {
        // A word is short; a host that goes on behind its mark has none.
        if (seen.length > noiseBytes) seen = seen.subarray(-noiseBytes);
        return;
      }
      stream.off("data", onData);
      const behind = seen.subarray(end + 1);
      if (behind.length > 0) rest.write(behind);
      stream.pipe(rest);
      resolve(seen.subarray(at + needle.length, end).toString());
    };
    stream.on("data", onData);
    stream.on("error", () => rest.end());
    stream.once("end", () => rest.end());
  });
  const over = new Promise<void>((resolve) => stream.once("close", resolve).once("end", resolve));
  return { rest, word, over, noise: () => seen.toString() };
}
