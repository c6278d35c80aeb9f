/** A header block longer than this (bytes) is not DAP. Delve and VS Code send about 25 bytes. */
export const maxHeader = 16 * 1024;
/** A longer body (bytes) cannot be meant: no client or adapter sends 2 GB in one message. */
const maxBody = 2 ** 31;
/** How every error about a stream that is not DAP begins. */
export const notDapText = "not a DAP message";

/** The length (bytes) that a header block gives its body. Throws an Error where it gives none that can be meant. */
export function contentLength(header: string): number {
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

/**
 * Throws an Error where what has come of a header block cannot become one. Noise is named when its first line is there,
 * not after 16 kB of it: a peer that waits would never send more.
 */
export function checkUnfinished(header: Buffer) {
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

export function notDap(what: string): Error {
  return new Error(`${notDapText}: ${what}`);
}
