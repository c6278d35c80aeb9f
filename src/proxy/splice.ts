import type { Readable, Writable } from "node:stream";
import { createBoundaries, type Frame, parseLimit } from "./frames.ts";

/** What becomes of one message: passed on as it is, kept back, or these bytes in its place. */
export type Verdict = "forward" | "swallow" | Buffer;

/** Sees a message piece by piece, its header block included; `last` where the message ends with this piece. */
export type Look = (piece: Buffer, last: boolean) => void;

/** One direction of a splice, and the tap on it. */
export interface LaneOptions {
  readonly source: Readable;
  /** May come later, with `join`: until then what is to be passed on is held. */
  readonly sink?: Writable;
  /** Looks at one whole message while the lane is framed. One above the parse limit is passed on without. */
  onFrame(frame: Frame): Verdict;
  /** True for a message that needs no look, told by the bytes of its body, which begin there; spares making a frame. */
  passes?(chunk: Buffer, bodyAt: number): boolean;
  /** The source ended, or (with an error) broke or sent what is not DAP. Called once. */
  onEnd(error?: Error): void;
  /** How many bytes may wait in the sink, or for it, before the source is paused; the sink's own mark when not said. */
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
  /**
   * Only shows messages from the next one on, in pieces that are passed on as they come. The first that is none ends that:
   * bytes then run raw, as what a peer cannot read is for the peer to say.
   */
  show(look: Look): void;
  /** Bytes of our own that wait for a boundary or in the sink. */
  waiting(): number;
}

const none: Buffer = Buffer.alloc(0);

/** Joins a source to a sink message by message, until it is told to let the bytes run. */
export function createLane({ source, onFrame, passes, onEnd, patience = 0, ...options }: LaneOptions): Lane {
  const boundaries = createBoundaries();
  let sink = options.sink;
  let held: Buffer[] = [];
  let heldBytes = 0;
  let mode: "framed" | "shown" | "skimmed" | "raw" = "framed";
  /** What has come of a message that waits for its rest. */
  let pieces: Buffer[] = [];
  let size = 0;
  /** True while a message above the parse limit runs through a framed lane. */
  let running = false;
  let look: Look = () => {};
  /** False until the first boundary after `show`. */
  let aligned = false;
  let queue: Buffer[] = [];
  let ended = false;
  /** The chunk in hand: up to `gone` it is written or kept back, up to `cleared` it may be written. */
  let chunk = none;
  let gone = 0;
  let cleared = 0;

  const ease = () => {
    if (sink === undefined) {
      if (heldBytes > patience) source.pause();
      return;
    }
    if (!sink.writableNeedDrain || sink.writableLength <= patience || source.isPaused()) return;
    source.pause();
    sink.once("drain", () => source.resume());
  };
  const write = (...buffers: readonly Buffer[]) => {
    if (sink === undefined) {
      held.push(...buffers);
      for (const { length } of buffers) heldBytes += length;
    } else if (!sink.destroyed && !sink.writableEnded) {
      if (buffers.length > 1) sink.cork();
      for (const buffer of buffers) sink.write(buffer);
      if (buffers.length > 1) sink.uncork();
    }
    ease();
  };
  /** What may go of the chunk leaves in one system call, as it came. */
  const writeCleared = () => {
    if (cleared > gone) write(chunk.subarray(gone, cleared));
    gone = cleared;
  };
  const flush = () => {
    if (queue.length === 0) return;
    writeCleared();
    const own = queue;
    queue = [];
    write(...own);
  };
  const takePieces = () => {
    const taken = pieces;
    pieces = [];
    size = 0;
    return taken;
  };

  const judge = (to: number) => {
    const frame = { pieces, bodyAt: boundaries.headerSize(), size };
    takePieces();
    const verdict = onFrame(frame);
    if (verdict === "forward" && frame.pieces.length === 1) {
      cleared = to;
      return;
    }
    writeCleared();
    if (verdict === "forward") write(...frame.pieces);
    else if (verdict !== "swallow") write(verdict);
    gone = cleared = to;
  };
  const tap = (from: number): number => {
    const to = boundaries.advance(chunk, from);
    const whole = boundaries.between();
    if (running || (whole && size === 0 && passes?.(chunk, from + boundaries.headerSize()) === true)) {
      cleared = to;
      running = !whole;
      if (whole) flush();
      return to;
    }
    pieces.push(chunk.subarray(from, to));
    size += to - from;
    if (whole) judge(to);
    else if (size + boundaries.left() > parseLimit) {
      running = true;
      writeCleared();
      write(...takePieces());
      gone = cleared = to;
    }
    return to;
  };
  const show = (from: number): number => {
    const to = boundaries.advance(chunk, from);
    const whole = boundaries.between();
    cleared = to;
    if (aligned) look(chunk.subarray(from, to), whole);
    aligned ||= whole;
    if (whole) flush();
    return to;
  };
  /**
   * Delve writes a header block and its body one after the other, so a header block may come alone. It waits for the body:
   * one system call less for us, one wake-up less for the client, and the body is not kept waiting meanwhile.
   */
  const skim = (from: number) => {
    const before = boundaries.between();
    const rest = from === 0 ? chunk : chunk.subarray(from);
    const last = boundaries.skim(rest);
    if (before && last < 0 && rest.length === boundaries.headerSize()) {
      pieces.push(rest);
      return;
    }
    if (pieces.length > 0) chunk = Buffer.concat([...takePieces(), rest]);
    cleared = chunk.length;
    if (last < 0) return;
    cleared += last - rest.length;
    flush();
    cleared = chunk.length;
  };
  const runRaw = () => {
    mode = "raw";
    queue = [];
    write(...takePieces());
    cleared = chunk.length;
  };
  const walk = () => {
    let from = 0;
    while (from < chunk.length && mode === "framed") from = tap(from);
    try {
      while (from < chunk.length && mode === "shown") from = show(from);
      if (from < chunk.length && mode === "skimmed") skim(from);
      else if (mode === "raw") cleared = chunk.length;
    } catch {
      runRaw();
    }
  };
  const end = (error?: Error) => {
    if (ended) return;
    ended = true;
    source.removeListener("data", onData);
    write(...takePieces());
    if (boundaries.between()) flush();
    onEnd(error);
  };
  const onData = (bytes: Buffer) => {
    chunk = bytes;
    gone = cleared = 0;
    let failed: unknown;
    try {
      walk();
    } catch (error) {
      failed = error;
      takePieces();
    }
    writeCleared();
    chunk = none;
    gone = cleared = 0;
    if (failed !== undefined) end(failed instanceof Error ? failed : new Error(String(failed)));
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
      source.resume();
      if (waited.length > 0) write(...waited);
    },
    send(bytes) {
      if (mode === "raw") return;
      if (mode === "framed" ? running : !boundaries.between()) {
        queue.push(bytes);
        return;
      }
      writeCleared();
      write(bytes);
    },
    splice(keepBoundaries) {
      // What waits for a boundary still has to find it.
      mode = keepBoundaries || queue.length > 0 ? "skimmed" : "raw";
      running = false;
      write(...takePieces());
    },
    show(to) {
      if (mode === "raw") return;
      const begun = takePieces();
      mode = "shown";
      running = false;
      look = to;
      aligned = begun.length > 0 || boundaries.between();
      write(...begun);
      for (const piece of begun) look(piece, false);
    },
    waiting: () => (sink?.writableLength ?? 0) + queue.reduce((sum, bytes) => sum + bytes.length, 0),
  };
}
