import { checkUnfinished, contentLength, maxHeader, notDap, notDapText } from "./header.ts";

/** Bodies above this size (bytes) are passed on without being parsed. */
export const parseLimit = 1024 * 1024;

/** How much (bytes) of a body shows its kind: Delve writes seq, type, event and category first. */
const headLength = 160;

const none = Buffer.alloc(0);
const blankLine = Buffer.from("\r\n\r\n");
/** How Delve and every editor we know begin a header block, to the byte, and how many digits then make sense. */
const usualBegin = Buffer.from("Content-Length: ");
const usualDigits = 9;
/** How every body ends: a message is a JSON object. */
const closingBrace = 0x7d;

/** One message as it came: its exact bytes in pieces, none of them copied. `bodyAt` is the header block's size. */
export interface Frame {
  readonly pieces: readonly Buffer[];
  readonly bodyAt: number;
  readonly size: number;
}

/**
 * Finds where messages end in a byte stream, and keeps nothing but the header block it is in.
 *
 * `advance` walks `chunk` from `from` and returns the offset just behind the current message, or the chunk's length
 * where the message goes on. It throws an Error that says what is wrong with a header; the stream is then lost.
 */
export interface Boundaries {
  advance(chunk: Buffer, from: number): number;
  /**
   * Goes over a whole chunk and returns the offset just behind the last message that ends in it, -1 where none does. It
   * looks at the chunk's first and last header blocks alone, however many messages lie between. Throws as `advance` does.
   */
  skim(chunk: Buffer): number;
  /** True between two messages: only there may other messages be put in. */
  between(): boolean;
  /** The size in bytes of the newest header block, blank line included. */
  headerSize(): number;
  /** How many bytes of the message's body are still to come; 0 in its header block. */
  left(): number;
}

export function createBoundaries(): Boundaries {
  let header: Buffer = none;
  let headerSize = 0;
  let left = 0;

  const startBody = (text: string, size: number) => {
    if (size > maxHeader) throw notDap(`a header block of ${size} bytes`);
    left = contentLength(text);
    headerSize = size;
    header = none;
  };
  const skipBody = (chunk: Buffer, from: number) => {
    const taken = Math.min(left, chunk.length - from);
    left -= taken;
    return from + taken;
  };

  /** Reads the usual header block from its bytes, many times as fast as any other; false where it is not that. */
  const startUsualBody = (chunk: Buffer, from: number): boolean => {
    for (let at = 0; at < usualBegin.length; at += 1) if (chunk[from + at] !== usualBegin[at]) return false;
    const digits = from + usualBegin.length;
    let at = digits;
    let length = 0;
    for (; at < digits + usualDigits; at += 1) {
      const digit = (chunk[at] ?? 0) - 48;
      if (digit < 0 || digit > 9) break;
      length = length * 10 + digit;
    }
    if (at === digits) return false;
    for (let end = 0; end < blankLine.length; end += 1) if (chunk[at + end] !== blankLine[end]) return false;
    left = length;
    headerSize = at + blankLine.length - from;
    return true;
  };

  const advance = (chunk: Buffer, from: number): number => {
    if (left > 0) return skipBody(chunk, from);
    if (header.length === 0) {
      if (startUsualBody(chunk, from)) return skipBody(chunk, from + headerSize);
      const end = chunk.indexOf(blankLine, from);
      if (end >= 0) {
        startBody(chunk.toString("latin1", from, end), end + blankLine.length - from);
        return skipBody(chunk, end + blankLine.length);
      }
    }
    const before = header.length;
    const joined = Buffer.concat([header, chunk.subarray(from, from + maxHeader + blankLine.length)]);
    const end = joined.indexOf(blankLine, Math.max(0, before - blankLine.length));
    if (end >= 0) {
      startBody(joined.toString("latin1", 0, end), end + blankLine.length);
      return skipBody(chunk, from + end + blankLine.length - before);
    }
    checkUnfinished(joined);
    header = joined;
    return chunk.length;
  };
  const between = () => left === 0 && header.length === 0;

  return {
    advance,
    between,
    headerSize: () => headerSize,
    left: () => left,
    skim(chunk) {
      let last = -1;
      let leapt = false;
      for (let from = 0; from < chunk.length; ) {
        from = advance(chunk, from);
        if (!between()) continue;
        last = from;
        if (leapt || from === chunk.length) continue;
        leapt = true;
        const begin = lastMessage(chunk, from);
        if (begin >= 0) last = from = begin;
      }
      return last;
    },
  };
}

/**
 * Where the last header block of a chunk begins, behind `from`, searched for from its end, -1 where it cannot be told: behind the brace
 * that ends a body, `Content-Length`, digits, a blank line. Nothing within a JSON text looks so: in a string a line end
 * is escaped, and outside of strings no such word stands behind a brace.
 */
function lastMessage(chunk: Buffer, from: number): number {
  const end = chunk.lastIndexOf(blankLine);
  let at = end - 1;
  while (at > from && isDigit(chunk[at])) at -= 1;
  const begin = at + 1 - usualBegin.length;
  if (at === end - 1 || begin <= from || chunk[begin - 1] !== closingBrace) return -1;
  return chunk.compare(usualBegin, 0, usualBegin.length, begin, at + 1) === 0 ? begin : -1;
}

/** True for the byte of a decimal digit. */
export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 48 && byte <= 57;
}

/** Cuts a byte stream into messages. `push` throws as `advance` does; `rest` gives the bytes not handed out yet. */
export interface Framer {
  push(chunk: Buffer): Frame[];
  rest(): readonly Buffer[];
}

export function createFramer(boundaries: Boundaries = createBoundaries()): Framer {
  let pieces: Buffer[] = [];
  let size = 0;
  return {
    rest: () => pieces,
    push(chunk) {
      const frames: Frame[] = [];
      let from = 0;
      while (from < chunk.length) {
        const to = boundaries.advance(chunk, from);
        pieces.push(chunk.subarray(from, to));
        size += to - from;
        from = to;
        if (!boundaries.between()) continue;
        frames.push({ pieces, bodyAt: boundaries.headerSize(), size });
        pieces = [];
        size = 0;
      }
      return frames;
    },
  };
}

/** Parses a message's body. Undefined where it is too big to be looked at or not a JSON object. */
export function parseFrame(frame: Frame): Readonly<Record<string, unknown>> | undefined {
  if (frame.size > parseLimit) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.concat(frame.pieces).toString("utf8", frame.bodyAt));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The first characters of a message's body, read without parsing it: enough to tell what kind of message it is. */
export function headOf({ pieces, bodyAt }: Frame): string {
  let head = "";
  // Delve may write the header block alone, so that it comes as a piece of its own.
  for (let index = 0, skip = bodyAt; index < pieces.length && head.length < headLength; index += 1) {
    const piece = pieces[index];
    head += piece?.toString("latin1", skip, skip + headLength - head.length) ?? "";
    skip = Math.max(0, skip - (piece?.length ?? 0));
  }
  return head;
}

/** A message as bytes, framed. */
export function encodeFrame(message: object): Buffer {
  const body = JSON.stringify(message);
  return Buffer.from(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for an error about a stream that is not DAP, as against one of the connection. */
export function isNotDap(error: Error | undefined): boolean {
  return error?.message.startsWith(notDapText) === true;
}
