import { randomUUID } from "node:crypto";
import { constants, type Stats } from "node:fs";
import {
  access,
  type FileHandle,
  lstat,
  mkdir,
  open,
  readlink,
  realpath,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { codeOf } from "../config/text.ts";
import { say } from "../core/say.ts";

/**
 * Writes a text file whole or not at all: a temporary file beside it, synced, renamed over it. Mode and owner stay, and a
 * symbolic link keeps pointing at the file that is written. null removes the file. `mode` is for a file that is new; one
 * that nobody else may read gets a directory that nobody else may enter. Throws an Error with one line.
 */
export async function writeText(file: string, text: string | null, mode = 0o666): Promise<void> {
  try {
    const real = await follow(file);
    if (text === null) return await rm(real, { force: true });
    const old = await existing(real);
    // A rename would replace a read-only file without asking: what may not be written stays.
    if (old !== undefined) await access(real, constants.W_OK);
    await mkdir(dirname(real), { recursive: true, mode: mode === 0o600 ? 0o700 : 0o777 });
    await replace(real, text, old, mode);
  } catch (error) {
    const code = codeOf(error);
    throw code === undefined ? error : new Error(say`${file} cannot be written (${code})`);
  }
}

async function replace(real: string, text: string, old: Stats | undefined, mode: number): Promise<void> {
  const temporary = join(dirname(real), `.${basename(real)}.${randomUUID()}.tmp`);
  // Until it has its final owner nobody else reads it: it may hold the secrets of an env.
  const handle = await open(temporary, "wx", old === undefined ? mode : 0o600);
  try {
    try {
      if (old !== undefined) await keepOwner(handle, old, real);
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, real);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncDirectory(dirname(real));
}

async function keepOwner(handle: FileHandle, old: Stats, real: string): Promise<void> {
  const now = await handle.stat();
  if (now.uid !== old.uid || now.gid !== old.gid) {
    await handle.chown(old.uid, old.gid).catch(() => {
      throw new Error(say`${real} belongs to somebody else, and writing it would change that`);
    });
  }
  await handle.chmod(old.mode & 0o7777);
}

/** The file behind symbolic links; one that does not exist yet is where its link points. */
async function follow(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
  const link = await lstat(file).catch(() => undefined);
  return link?.isSymbolicLink() ? resolve(dirname(file), await readlink(file)) : file;
}

async function existing(file: string): Promise<Stats | undefined> {
  try {
    return await stat(file);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Makes the rename itself last. Not every file system and platform can; the file is written all the same. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r").catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
