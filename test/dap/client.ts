import type { Duplex } from "node:stream";
import { createFramer, encodeFrame, parseFrame } from "../../src/proxy/frames.ts";

/** How long (ms) a message is waited for where a test does not say; the machine may be busy. */
const patienceMs = 60_000;
/** How many lines of the transcript a failure shows, and how long (characters) each may be. */
const shownLines = 60;
const shownWidth = 300;

/** Any DAP message, loosely typed: tests ask for what they need. */
export interface Message {
  readonly seq: number;
  readonly type: "request" | "response" | "event";
  readonly command?: string;
  readonly event?: string;
  readonly request_seq?: number;
  readonly success?: boolean;
  readonly message?: string;
  readonly arguments?: Json;
  readonly body?: Json;
}
export type Json = Readonly<Record<string, unknown>>;

/** How to answer a reverse request of the adapter: the response's body, or an Error for a failed response. */
export type ReverseHandler = (args: Json) => Promise<Json | Error>;

/**
 * A DAP client in the manner of Expect: every message is kept until it is asked for, in any order, and a message that
 * does not come fails with the whole conversation.
 */
export interface DapClient {
  /** Sends a request and gives its seq. */
  send(command: string, args?: Json): number;
  /** The response to the request with this seq, success or not. */
  response(seq: number, ms?: number): Promise<Message>;
  /** Sends a request and gives its successful response; a failed one is an Error. */
  request(command: string, args?: Json, ms?: number): Promise<Message>;
  /** Sends a request that must fail, and gives its error: `body.error`, with `message`. */
  requestFails(command: string, args?: Json, ms?: number): Promise<{ message: string; error: Json }>;
  /** The next event of this name that was not taken yet, and for which `matches` holds. */
  event(name: string, matches?: (body: Json) => boolean, ms?: number): Promise<Message>;
  /** Everything the console showed so far, all categories. */
  printed(): string;
  /** initialize as VS Code says it. */
  initialize(more?: Json): Promise<Message>;
  /** Resolves when the adapter has closed the connection. */
  readonly closed: Promise<void>;
  /** Every message received, in order. */
  readonly received: readonly Message[];
  transcript(): string;
  close(): void;
}

interface Waiter {
  readonly what: string;
  readonly matches: (message: Message) => boolean;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
}

export function dapClient(stream: Duplex, reverse: Readonly<Record<string, ReverseHandler>> = {}): DapClient {
  const framer = createFramer();
  const received: Message[] = [];
  const untaken: Message[] = [];
  const log: string[] = [];
  const waiters = new Set<Waiter>();
  const begun = performance.now();
  let seq = 0;
  let gone = false;

  const note = (arrow: string, message: object) => {
    const t = Math.round(performance.now() - begun);
    log.push(`${String(t).padStart(6)} ms ${arrow} ${JSON.stringify(message).slice(0, shownWidth)}`);
  };
  const transcript = () => log.slice(-shownLines).join("\n");
  const write = (message: object) => {
    note("->", message);
    stream.write(encodeFrame(message));
  };
  const answer = async (request: Message) => {
    const { command = "", seq: request_seq } = request;
    const handler = reverse[command] ?? (async () => new Error(`this client does no ${command}`));
    const body = await handler(request.arguments ?? {}).catch((error: Error) => error);
    seq += 1;
    const failed = body instanceof Error;
    const told = failed ? { success: false, message: body.message } : { success: true, body };
    write({ seq, type: "response", request_seq, command, ...told });
  };
  const take = (message: Message) => {
    received.push(message);
    note("<-", message);
    if (message.type === "request") {
      void answer(message);
      return;
    }
    for (const waiter of waiters) {
      if (!waiter.matches(message)) continue;
      waiters.delete(waiter);
      waiter.resolve(message);
      return;
    }
    untaken.push(message);
  };
  const wait = (what: string, matches: Waiter["matches"], ms: number): Promise<Message> => {
    const at = untaken.findIndex(matches);
    const [there] = at < 0 ? [] : untaken.splice(at, 1);
    if (there !== undefined) return Promise.resolve(there);
    const failure = (why: string) => new Error(`${what} did not come: ${why}\n${transcript()}`);
    if (gone) return Promise.reject(failure("the connection is closed"));
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        what,
        matches,
        resolve: (message) => {
          clearTimeout(timer);
          resolve(message);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        waiters.delete(waiter);
        reject(failure(`${ms} ms passed`));
      }, ms);
      waiters.add(waiter);
    });
  };

  stream.on("data", (chunk: Buffer) => {
    for (const frame of framer.push(chunk)) {
      const message = parseFrame(frame);
      if (message !== undefined) take(message as unknown as Message);
      else note("<-", { unparsed: frame.size });
    }
  });
  const closed = new Promise<void>((resolve) => {
    const end = () => {
      gone = true;
      resolve();
      for (const { what, reject } of waiters)
        reject(new Error(`${what} did not come: the connection was closed\n${transcript()}`));
      waiters.clear();
    };
    stream.on("error", end);
    stream.once("end", end);
    stream.once("close", end);
  });

  const send = (command: string, args?: Json) => {
    seq += 1;
    write({ seq, type: "request", command, ...(args && { arguments: args }) });
    return seq;
  };
  const response = (to: number, ms = patienceMs) =>
    wait(
      `the response to request ${to}`,
      (message) => message.type === "response" && message.request_seq === to,
      ms,
    );
  const request = async (command: string, args?: Json, ms?: number) => {
    const answered = await response(send(command, args), ms);
    if (answered.success !== true) throw new Error(`${command} failed\n${transcript()}`);
    return answered;
  };

  return {
    send,
    response,
    request,
    async requestFails(command, args, ms) {
      const answered = await response(send(command, args), ms);
      if (answered.success !== false) throw new Error(`${command} should have failed\n${transcript()}`);
      return { message: answered.message ?? "", error: (answered.body?.["error"] ?? {}) as Json };
    },
    event: (name, matches = () => true, ms = patienceMs) =>
      wait(
        `the event ${name}`,
        (message) => message.type === "event" && message.event === name && matches(message.body ?? {}),
        ms,
      ),
    printed: () =>
      received
        .filter(({ event }) => event === "output")
        .map(({ body }) => String(body?.["output"]))
        .join(""),
    initialize: (more) =>
      request("initialize", {
        clientID: "vscode",
        adapterID: "go",
        pathFormat: "path",
        linesStartAt1: true,
        columnsStartAt1: true,
        supportsRunInTerminalRequest: true,
        supportsProgressReporting: true,
        ...more,
      }),
    closed,
    received,
    transcript,
    close: () => stream.end(),
  };
}
