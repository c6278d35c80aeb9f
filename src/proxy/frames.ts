/** A header block longer than this (bytes) is not DAP. Delve and VS Code send about 25 bytes. */
const maxHeader = 16 * 1024;
/** A longer body (bytes) cannot be meant: no client or adapter sends 2 GB in one message. */
const maxBody = 2 ** 31;
/** Bodies above this size (bytes) are passed on without being parsed. */
const parseLimit = 1024 * 1024;

/** How much (bytes) of a body shows its kind: Delve writes seq, type, event and category first. */
const headLength = 160;

const blankLine = Buffer.from("\r\n\r\n");
/** How Delve and every editor we know begin a header block, to the byte, and how many digits then make sense. */
const usualBegin = Buffer.from("Content-Length: ");
const usualDigits = 9;

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
  /** True between two messages: only there may other messages be put in. */
  between(): boolean;
  /** The size in bytes of the newest header block, blank line included. */
  headerSize(): number;
}

export function createBoundaries(): Boundaries {
  let header: Buffer = Buffer.alloc(0);
  let headerSize = 0;
  let left = 0;

  const startBody = (text: string, size: number) => {
    if (size > maxHeader) throw notDap(`a header block of ${size} bytes`);
    left = contentLength(text);
    headerSize = size;
    header = Buffer.alloc(0);
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

  return {
    between: () => left === 0 && header.length === 0,
    headerSize: () => headerSize,
    advance(chunk, from) {
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
    },
  };
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

function contentLength(header: string): number {
  const usual = /^Content-Length: (\d{1,9})$/.exec(header)?.[1];
  if (usual !== undefined) return Number(usual);
  let length: number | undefined;
  for (const line of header.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon < 0) throw notDap(`the header line ${quote(line)}`);
    if (line.slice(0, colon).trim().toLowerCase() !== "content-length") continue;
    const value = line.slice(colon + 1).trim();
    if (!/^\d+$/.test(value)) throw notDap(`the content length ${quote(value)}`);
    const parsed = Number(value);
    if (parsed >= maxBody) throw notDap(`a content length of ${value} bytes`);
    if (length !== undefined && length !== parsed) throw notDap("two different content lengths");
    length = parsed;
  }
  if (length === undefined) throw notDap(`a header without Content-Length: ${quote(header)}`);
  return length;
}

/** Noise is named when its first line is there, not after 16 kB of it: a peer that waits would never send more. */
function checkUnfinished(header: Buffer) {
  if (header.length > maxHeader) throw notDap(`a header block of more than ${maxHeader} bytes`);
  for (const line of header.toString("latin1").split("\r\n")) {
    // A chunk may end within the blank line, after its carriage return.
    const known = /^[\w-]*\r?$/.test(line) || /^[\w-]+[ \t]*:[^\n]*$/.test(line);
    if (!known) throw notDap(`the header line ${quote(line)}`);
  }
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

/** True for an error about a stream that is not DAP, as against one of the connection. */
export function isNotDap(error: Error | undefined): boolean {
  return error?.message.startsWith("not a DAP message") === true;
}

function notDap(what: string): Error {
  return new Error(`not a DAP message: ${what}`);
}
