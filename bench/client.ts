import type { Socket } from "node:net";
import { createFramer, encodeFrame, parseFrame } from "../src/proxy/frames.ts";
import { errorOf } from "../src/proxy/observe.ts";

type Json = Readonly<Record<string, unknown>>;
type Message = Json & { readonly body?: Json };

/** The client of both sides. It keeps nothing, so that its own work stays small and the same. */
export interface Client {
  /** Sends a request; resolves with the response, and rejects where it failed. */
  request(command: string, args?: Json): Promise<Message>;
  /** The next event of this name from now on. */
  event(name: string): Promise<Message>;
  /** Takes this many of the bytes that come next without looking at them. */
  skip(bytes: number): Promise<void>;
  /** Stops and goes on reading: what a client does that cannot keep up. */
  pause(): void;
  resume(): void;
  readonly closed: Promise<void>;
}

interface Waiter {
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
}

/** Speaks DAP on a connection, as a client does that cuts the stream into messages and parses each. */
export function dapClient(socket: Socket): Client {
  const framer = createFramer();
  const responses = new Map<number, Waiter>();
  const events = new Map<string, Waiter>();
  let seq = 0;
  let skipping: { left: number; readonly done: () => void } | undefined;

  const take = (message: Message) => {
    if (message["type"] === "event") {
      const name = String(message["event"]);
      events.get(name)?.resolve(message);
      events.delete(name);
      return;
    }
    const to = Number(message["request_seq"]);
    const waiter = responses.get(to);
    responses.delete(to);
    if (message["success"] === true) waiter?.resolve(message);
    else waiter?.reject(new Error(errorOf(message).text));
  };
  const skipped = (chunk: Buffer): Buffer => {
    if (skipping === undefined) return chunk;
    const size = Math.min(skipping.left, chunk.length);
    skipping.left -= size;
    if (skipping.left === 0) {
      skipping.done();
      skipping = undefined;
    }
    return chunk.subarray(size);
  };

  socket.on("data", (chunk: Buffer) => {
    for (const frame of framer.push(skipped(chunk))) {
      const message = parseFrame(frame);
      if (message !== undefined) take(message);
    }
  });
  socket.on("error", () => {});
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => {
      for (const { reject } of [...responses.values(), ...events.values()])
        reject(new Error("the connection was closed"));
      resolve();
    });
  });

  return {
    request(command, args = {}) {
      seq += 1;
      const own = seq;
      socket.write(encodeFrame({ seq, type: "request", command, arguments: args }));
      return new Promise((resolve, reject) => responses.set(own, { resolve, reject }));
    },
    event: (name) => new Promise((resolve, reject) => events.set(name, { resolve, reject })),
    skip: (bytes) =>
      new Promise((done) => {
        skipping = { left: bytes, done };
      }),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    closed,
  };
}

/** initialize and launch, up to where breakpoints are set. */
export async function begin(client: Client, config: Json): Promise<void> {
  await client.request("initialize", {
    clientID: "bench",
    adapterID: "go",
    pathFormat: "path",
    linesStartAt1: true,
    columnsStartAt1: true,
  });
  await Promise.all([client.event("initialized"), client.request("launch", config)]);
}

/** Has the stand-in's program stop, and asks for its goroutines as every editor does: now bytes run. */
export async function stop(client: Client): Promise<void> {
  await Promise.all([client.event("stopped"), client.request("stop")]);
  await client.request("threads");
}
