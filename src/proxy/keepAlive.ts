import { Duplex } from "node:stream";
import { numberOf } from "../core/json.ts";
import { createQuiet, type Silence } from "../core/quiet.ts";
import { createBoundaries, encodeFrame, type Frame, parseFrame } from "./frames.ts";

/** How often (ms) a silent DAP stream is kept alive: the shortest idle limits of load balancers are 30 s. */
export const keepAliveMs = 20_000;
/** How often (ms) it is looked at, at least: a sleep of the machine shows by it. */
const tickMs = 5000;
/** Requests of ours count from here; a client's, from 1, never get there. */
const firstSeq = 2_000_000_000;
/** How a client asks Delve to go. The words cannot stand inside a JSON string, where quotes are escaped. */
const leave = /"command"\s*:\s*"(?:disconnect|terminate)"/;
/** Delve's answer to a request of ours, and a client's request to go, are shorter than this (bytes). */
const mostBytes = 4096;

/** A stream to Delve that is kept alive, and how silent it is. */
export interface KeptAlive {
  readonly stream: Duplex;
  silence(): Silence;
  /** True once the client has asked Delve to go: the end is then no surprise. */
  leaving(): boolean;
}

/**
 * Wraps a stream to a Delve that somebody else runs, so that what lies between (a load balancer, a kubelet, a NAT) sees
 * traffic while a person thinks. After `everyMs` without a byte, and between two messages, Delve is sent a `cancel` that
 * names nothing. DAP allows it at any time, and Delve answers with an error, whether the program runs, is stopped or is
 * not there yet, without touching it (service/dap/server.go, handleRequest; Delve 1.22 to 1.27). A `threads` would be no
 * such thing: at a stop Delve reads goroutines for it and may print. The answer is kept from the client. All other bytes
 * pass as they came; only while an answer is due are messages put together. `everyMs` 0 sends nothing and only measures.
 */
export function keptAlive(inner: Duplex, everyMs: number): KeptAlive {
  const toDlv = createBoundaries();
  const fromDlv = createBoundaries();
  const quiet = createQuiet(tickMs);
  const due = new Set<number>();
  let pieces: Buffer[] = [];
  let size = 0;
  let seq = firstSeq;
  let last = performance.now();
  let spoken = false;
  let leaving = false;
  /** False once a message could not be told from the next: then nothing may be put in between. */
  let sound = true;
  let drained = () => {};

  const send = (bytes: Buffer) => {
    last = performance.now();
    quiet.sent();
    return inner.write(bytes);
  };
  const stream = new Duplex({
    allowHalfOpen: false,
    read: () => inner.resume(),
    write(chunk: Buffer, _encoding, done) {
      try {
        if (sound) toDlv.skim(chunk);
      } catch {
        sound = false;
      }
      leaving ||= chunk.length <= mostBytes && leave.test(chunk.toString("latin1"));
      if (send(chunk)) done();
      else drained = done;
    },
    final: (done) => void (inner.destroyed ? done() : inner.end(() => done())),
    destroy(error, done) {
      clearInterval(timer);
      inner.destroy();
      done(error);
    },
  });

  const pass = (bytes: Buffer) => {
    if (bytes.length > 0 && !stream.push(bytes)) inner.pause();
  };
  const giveBack = () => {
    const held = pieces;
    pieces = [];
    size = 0;
    for (const piece of held) pass(piece);
  };
  const isOurs = () => {
    const frame: Frame = { pieces, bodyAt: fromDlv.headerSize(), size };
    const message = size > mostBytes ? undefined : parseFrame(frame);
    return message?.["type"] === "response" && due.delete(numberOf(message["request_seq"]));
  };
  const hear = (chunk: Buffer) => {
    let at = 0;
    try {
      while (sound && at < chunk.length && (due.size > 0 || pieces.length > 0)) {
        const to = fromDlv.advance(chunk, at);
        pieces.push(chunk.subarray(at, to));
        size += to - at;
        at = to;
        if (!fromDlv.between()) continue;
        if (isOurs()) pieces = [];
        giveBack();
      }
      if (sound) fromDlv.skim(at === 0 ? chunk : chunk.subarray(at));
    } catch {
      // Whoever reads the stream says what is wrong with it.
      sound = false;
      giveBack();
    }
    pass(chunk.subarray(at));
  };
  const tick = () => {
    quiet.tick();
    if (everyMs === 0 || performance.now() - last < everyMs) return;
    if (!sound || !spoken || !toDlv.between() || !fromDlv.between() || !inner.writable) return;
    due.add(seq);
    send(encodeFrame({ seq, type: "request", command: "cancel", arguments: {} }));
    seq += 1;
  };
  const timer = setInterval(tick, everyMs === 0 ? tickMs : Math.min(tickMs, everyMs / 4)).unref();

  inner.on("data", (chunk: Buffer) => {
    last = performance.now();
    quiet.heard();
    spoken = true;
    hear(chunk);
  });
  inner.on("drain", () => drained());
  inner.once("end", () => {
    giveBack();
    stream.push(null);
  });
  inner.once("error", (error) => stream.destroy(error));
  inner.once("close", () => {
    drained();
    // What came before an orderly end is still to be read.
    if (!inner.readableEnded) stream.destroy();
  });
  inner.pause();
  return { stream, silence: quiet.now, leaving: () => leaving };
}
