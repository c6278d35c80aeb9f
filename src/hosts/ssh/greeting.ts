import { randomBytes } from "node:crypto";
import type { Readable } from "node:stream";
import { say } from "../../core/say.ts";
import type { Channel } from "../channel.ts";
import { within } from "../within.ts";
import { sshFailure } from "./stage.ts";

/** A command line that starts `sh`, and the line that sh then says on stdout and stderr, behind the login shell's noise. */
export interface Hello {
  readonly command: string;
  readonly word: string;
}

/** One that nobody can foresee. It is said in two halves, so that a shell that prints its command line does not say it. */
export function hello(): Hello {
  const [first, second] = [randomBytes(6).toString("hex"), randomBytes(6).toString("hex")];
  // Quotes that bash, fish, csh and sh read alike.
  return {
    command: `sh -c 'echo ${first}"${second}"; echo ${first}"${second}" >&2; exec sh'`,
    word: `${first}${second}`,
  };
}

/**
 * Waits until sh has said hello, and gives the channel with stdout and stderr as they go on behind it. Rejects with an
 * SshFailure of the stage "channel" where the login shell ended before, or did not get there within `ms`; `kill` then
 * ends what hangs there, as far as the way to the host can.
 */
export async function afterHello(
  channel: Channel,
  { word }: Hello,
  host: string,
  ms: number,
  kill: () => void = () => {},
): Promise<Channel> {
  const out = awaitLine(channel.stdout, word);
  const err = awaitLine(channel.stderr, word);
  const late = (): Error =>
    sshFailure(host, "channel", say`the login shell on ${host} did not start sh within ${ms / 1000} s`);
  const over = channel.ended.then(({ code, because }): never => {
    const said = `${err.before()}\n${out.before()}`.trim().split("\n").at(-1) ?? "";
    const how = because ?? say`the login shell ended with status ${String(code)} before it started sh`;
    throw sshFailure(host, "channel", said === "" ? how : `${how}: ${said}`);
  });
  try {
    await within(ms, Promise.race([Promise.all([out.seen, err.seen]), over]), late);
    return channel;
  } catch (error) {
    out.stop();
    err.stop();
    kill();
    channel.close();
    throw error;
  } finally {
    over.catch(() => {});
  }
}

/** A start-up file may print a lot; more than this is not kept while waiting. */
const kept = 64 * 1024;

function awaitLine(
  stream: Readable,
  word: string,
): { readonly seen: Promise<void>; before(): string; stop(): void } {
  let text = Buffer.alloc(0);
  let stop = (): void => {};
  const seen = new Promise<void>((resolve) => {
    // Not by "data": a stream that was paused stays so, even for its next reader.
    const onReadable = (): void => {
      for (let chunk: Buffer | null = stream.read(); chunk !== null; chunk = stream.read()) {
        text = Buffer.concat([text, chunk]);
        const at = text.indexOf(`${word}\n`);
        if (at >= 0) {
          stream.off("readable", onReadable);
          const rest = text.subarray(at + word.length + 1);
          if (rest.length > 0) stream.unshift(rest);
          resolve();
          return;
        }
        text = text.subarray(-kept);
      }
    };
    stop = () => {
      stream.off("readable", onReadable);
      stream.resume();
    };
    stream.on("readable", onReadable);
  });
  return { seen, before: () => text.toString("utf8"), stop: () => stop() };
}
