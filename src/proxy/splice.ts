import type { Readable, Writable } from "node:stream";
import { createBoundaries, type Frame } from "./frames.ts";

/** What becomes of one message: passed on as it is, kept back, or these bytes in its place. */
export type Verdict = "forward" | "swallow" | Buffer;

/** One direction of a splice, and the tap on it. */
export interface LaneOptions {
  readonly source: Readable;
  /** May come later, with `join`: until then what is to be passed on is held. */
  readonly sink?: Writable;
  /** Looks at one whole message while the lane is framed. */
  onFrame(frame: Frame): Verdict;
  /** The source ended, or (with an error) broke or sent what is not DAP. Called once. */
  onEnd(error?: Error): void;
  /** How many bytes may wait in the sink before the source is paused; the sink's own mark when not said. */
  readonly patience?: number;
}

export interface Lane {
  /** Gives the lane its sink, and the sink all that was held for it. */
  join(sink: Writable): void;
  /** Puts a message of our own in, at the next boundary between two messages; drops it where bytes run raw. */
  send(bytes: Buffer): void;
  /**
   * Ends the tap: bytes are passed on as they come. With `keepBoundaries` the ends of messages are still followed
   * (headers only, nothing is parsed or held), so that `send` keeps working; without it there is no framing at all.
   */
  splice(keepBoundaries: boolean): void;
  /** Only shows messages from now on, and passes them all. The first that is none ends that: bytes then run raw. */
  show(look: (frame: Frame) => void): void;
  /** Bytes of our own that wait for a boundary or in the sink. */
  waiting(): number;
}

/** Joins a source to a sink message by message, until it is told to let the bytes run. */
export function createLane({ source, onFrame, onEnd, patience = 0, ...options }: LaneOptions): Lane {
  const boundaries = createBoundaries();
  let sink = options.sink;
  let held: Buffer[] = [];
  let mode: "framed" | "skimmed" | "raw" = "framed";
  let pieces: Buffer[] = [];
  let size = 0;
  let queue: Buffer[] = [];
  let ended = false;
  let shownTo: ((frame: Frame) => void) | undefined;

  const write = (buffers: readonly Buffer[]) => {
    if (sink === undefined) {
      held.push(...buffers);
      return;
    }
    if (sink.destroyed || sink.writableEnded) return;
    if (buffers.length > 1) sink.cork();
    for (const buffer of buffers) sink.write(buffer);
    if (buffers.length > 1) sink.uncork();
    if (!sink.writableNeedDrain || sink.writableLength <= patience || source.isPaused()) return;
    source.pause();
    sink.once("drain", () => source.resume());
  };
  const flush = () => {
    const own = queue;
    queue = [];
    write(own);
  };
  const takePieces = () => {
    const held = pieces;
    pieces = [];
    size = 0;
    return held;
  };

  const advance = (chunk: Buffer, from: number): number => {
    try {
      return boundaries.advance(chunk, from);
    } catch (error) {
      if (shownTo === undefined) throw error;
      // Past the launch nobody minds messages: what a peer cannot read is for the peer to say.
      mode = "raw";
      return chunk.length;
    }
  };
  const look = (chunk: Buffer): void => {
    let from = 0;
    while (from < chunk.length) {
      const to = advance(chunk, from);
      pieces.push(chunk.subarray(from, to));
      size += to - from;
      from = to;
      if (mode !== "framed") {
        write(takePieces());
        return;
      }
      if (!boundaries.between()) continue;
      const frame = { pieces, bodyAt: boundaries.headerSize(), size };
      takePieces();
      shownTo?.(frame);
      const verdict = shownTo ? "forward" : onFrame(frame);
      if (verdict === "forward") write(frame.pieces);
      else if (verdict !== "swallow") write([verdict]);
      flush();
      if (mode === "framed") continue;
      pass(chunk.subarray(from));
      return;
    }
  };
  /** The messages of one chunk leave in one system call, as they came. */
  const tap = (chunk: Buffer): void => {
    const out = sink;
    out?.cork();
    try {
      look(chunk);
    } finally {
      out?.uncork();
    }
  };
  const skim = (chunk: Buffer) => {
    let last = -1;
    for (let from = 0; from < chunk.length; ) {
      from = boundaries.advance(chunk, from);
      if (boundaries.between()) last = from;
    }
    if (last < 0 || queue.length === 0) return write([chunk]);
    write([chunk.subarray(0, last)]);
    flush();
    write([chunk.subarray(last)]);
  };
  const pass = (chunk: Buffer): void => {
    if (chunk.length === 0) return;
    if (mode === "framed") tap(chunk);
    else if (mode === "raw") write([chunk]);
    else {
      try {
        skim(chunk);
      } catch {
        mode = "raw";
        write([chunk]);
      }
    }
  };
  const end = (error?: Error) => {
    if (ended) return;
    ended = true;
    source.removeListener("data", onData);
    write(takePieces());
    if (boundaries.between()) flush();
    onEnd(error);
  };
  const onData = (chunk: Buffer) => {
    try {
      pass(chunk);
    } catch (error) {
      takePieces();
      end(error instanceof Error ? error : new Error(String(error)));
    }
  };

  source.on("data", onData);
  source.once("end", () => end());
  source.once("close", () => end());
  source.on("error", (error) => end(error));

  return {
    join(to) {
      sink = to;
      const waited = held;
      held = [];
      if (waited.length > 0) write(waited);
    },
    send(bytes) {
      if (mode === "framed" || (mode === "skimmed" && boundaries.between())) write([bytes]);
      else if (mode === "skimmed") queue.push(bytes);
    },
    splice(keepBoundaries) {
      mode = keepBoundaries ? "skimmed" : "raw";
      write(takePieces());
    },
    show(look) {
      shownTo = look;
    },
    waiting: () => (sink?.writableLength ?? 0) + queue.reduce((sum, bytes) => sum + bytes.length, 0),
  };
}
