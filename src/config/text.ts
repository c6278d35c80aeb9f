import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { say } from "../core/say.ts";

/** The largest file that is read as a configuration, in bytes. */
export const largest = 16 * 1024 * 1024;

/** The byte order mark that some editors write in front of UTF-8. */
const bom = "\uFEFF";

/** Splits off a byte order mark: what JSON is parsed from, and what an edit must put back. */
export function splitBom(text: string): { readonly mark: string; readonly body: string } {
  return text.startsWith(bom) ? { mark: bom, body: text.slice(1) } : { mark: "", body: text };
}

/**
 * Reads a text file without loss: encoding the text gives the file's bytes again, a byte order mark included. Undefined
 * where there is no such file. Throws an Error whose message completes "FILE …" where the file is something else.
 */
export async function readText(file: string): Promise<string | undefined> {
  try {
    // O_NONBLOCK: opening a FIFO that nobody writes to would wait for ever.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = await handle.stat();
      if (!found.isFile()) throw new Error(say`is not a regular file`);
      if (found.size > largest)
        throw new Error(say`is larger than ${largest / 1024 / 1024} MB; no configuration is`);
      return decode(await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (code !== undefined) throw new Error(unreadable(code));
    throw error;
  }
}

/** What a person can do about an error of the file system. */
function unreadable(code: string): string {
  if (code === "EACCES") return say`cannot be read (${code}); let this user read it`;
  if (code === "ELOOP")
    return say`cannot be read (${code}); its symbolic links lead back to themselves, point them at a file`;
  return say`cannot be read (${code})`;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Error(say`is not UTF-8 text; save it as UTF-8`);
  }
}

/** The errno name of an error from node:fs or of a process that could not be started, or undefined. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" && /^E[A-Z0-9]+$/.test(error.code) ? error.code : undefined;
}
