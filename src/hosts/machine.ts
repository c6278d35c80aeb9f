import { randomUUID } from "node:crypto";
import type { Duplex } from "node:stream";
import { finished } from "node:stream/promises";
import type { Answer, Command, Host, Limits } from "../core/host.ts";
import { say } from "../core/say.ts";
import { type Begun, begin } from "./begin.ts";
import type { Channel, Endpoint, Transport } from "./channel.ts";
import { collect } from "./collect.ts";
import { helloScript, type Profile, readProfile } from "./hello.ts";
import { type Kept, keeperScript, refusals } from "./keeper.ts";
import { openStream } from "./relay.ts";
import { within } from "./within.ts";

/** A program on another host, under a keeper: closing the channel, or losing it, ends it with all it started. */
export interface Running extends Channel {
  /** Its pid on the host. */
  readonly pid: number;
  /** Ends it and all that it started; `ended` settles when nothing is left of it on the host. */
  interrupt(): void;
  /** Says that this side lives, where the keeper waits for that (`deadMs`). */
  beat(): void;
}

/** What is started, without what the machine itself adds: the environment of the user's login shell. */
export type Started = Omit<Kept, "path" | "login">;

/** A machine that is reached through a transport: what the doctor asks, starts and connects to there. */
export interface Machine extends Host, Pick<Transport, "terminal" | "rttMs" | "kept" | "lost" | "close"> {
  readonly profile: Profile;
  /**
   * Starts a program with the environment of the user's login shell. Rejects with an Error whose `code` is "ENOENT" where the
   * program, or its directory, does not exist.
   */
  start(kept: Started): Promise<Running>;
  /** Runs a script that prints its mark first (begin.ts). */
  script(text: string, mark: string): Promise<Begun>;
  /**
   * A stream to a TCP address as the host sees it, through a relay where the host prohibits forwarding; `prohibited` then
   * hears the host's own words. Rejects with one line; a ForwardRefused where nothing listens there.
   */
  connect(to: Endpoint, prohibited?: (words: string) => void): Promise<Duplex>;
}

/** How long (ms) a command that is ended may take to clean up after itself. */
const graceMs = 1000;

/** How much (bytes) a host may say of itself. Most of it is the environment, which Linux limits to 128 kB a variable. */
const helloBytes = 4 * 1024 * 1024;

/** How long (ms) a host may take to say what it is, half of it for its login shell. */
const helloMs = 40_000;

/**
 * Asks the host what it is, and puts everything the doctor does there on top of the transport's shells. Rejects with one
 * line where the host does not say it within `limitMs`.
 */
export async function machineOver(transport: Transport, limitMs = helloMs): Promise<Machine> {
  const { kind, name, lost } = transport;
  const mark = randomUUID();
  const hello = await begin(transport, helloScript(mark, Math.ceil(limitMs / 4000)), mark);
  hello.stdin.end();
  hello.stderr.resume();
  const heard = collect(hello.stdout, helloBytes);
  const late = () => new Error(say`${name} did not say its PATH and home within ${limitMs / 1000} s`);
  await within(limitMs, finished(hello.stdout), late).finally(hello.close);
  const profile = readProfile(heard());
  const { path, login } = profile;

  const start = async (kept: Started): Promise<Running> => {
    const own = randomUUID();
    const begun = await begin(transport, keeperScript({ ...kept, path, login }, own), own);
    if (begun.word in refusals) {
      begun.close();
      throw missing(begun.word as keyof typeof refusals, kept);
    }
    const tell = (line: string) => {
      if (begun.stdin.writable) begun.stdin.write(`${line}\n`);
    };
    return { ...begun, pid: Number(begun.word), interrupt: () => tell("int"), beat: () => tell(".") };
  };

  return {
    kind,
    name,
    profile,
    lost,
    ...(transport.terminal && { terminal: transport.terminal }),
    ...(transport.rttMs && { rttMs: transport.rttMs }),
    ...(transport.kept && { kept: transport.kept }),
    start,
    script: (script, own) => begin(transport, script, own),
    connect: (to, prohibited) => openStream(transport, to, prohibited),
    run: (command, limits) => run(start, command, limits),
    close: transport.close,
  };
}

async function run(start: Machine["start"], command: Command, limits: Limits): Promise<Answer> {
  const { argv, env = {}, ...rest } = command;
  if (argv.length === 0) throw new Error(say`no command was given`);
  const running = await start({ ...rest, argv, env, graceMs });
  let timedOut = false;
  const cutOff = () => {
    timedOut = true;
    running.interrupt();
    // A host that does not even take that is left to its own keeper.
    timer = setTimeout(running.close, 2 * graceMs);
  };
  let timer = setTimeout(cutOff, limits.ms);
  if (limits.signal?.aborted) cutOff();
  limits.signal?.addEventListener("abort", cutOff, { once: true });
  const [stdout, stderr] = [collect(running.stdout, limits.bytes), collect(running.stderr, limits.bytes)];
  const { code, because } = await running.ended;
  clearTimeout(timer);
  limits.signal?.removeEventListener("abort", cutOff);
  if (because !== undefined && !timedOut) throw new Error(because);
  return { code: signalled(code) ? null : code, stdout: stdout(), stderr: stderr(), timedOut };
}

/** A shell says 128 + n of a program that signal n ended. */
function signalled(code: number | null): boolean {
  return code !== null && code > 128 && code < 160;
}

function missing(word: keyof typeof refusals, { argv, cwd }: Started): Error {
  const what = word === "nocwd" ? cwd : argv[0];
  return Object.assign(new Error(refusals[word](what ?? "")), { code: "ENOENT" });
}
