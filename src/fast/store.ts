import { randomUUID } from "node:crypto";
import { constants, linkSync, lstatSync, type Stats } from "node:fs";
import { copyFile, link, mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { isLinkedByGo } from "./linkedByGo.ts";

/** How many bytes of binaries are kept, and how long (ms) one that is not used. */
const kept = { bytes: 4 * 1024 ** 3, ms: 14 * 24 * 60 * 60 * 1000 };

/**
 * Debug binaries of earlier launches, one for each recipe. A binary is only ever lent to be looked at by go, which
 * replaces it unless it is up to date.
 */
export interface Store {
  /** Puts the binary of a key at a path where nothing is, and gives its inode there; undefined where that cannot be. */
  lend(key: string, path: string): Promise<number | undefined>;
  /**
   * Keeps the binary at a path, if go alone made it: true then. What was kept for the key goes, and so does what is over
   * the limits. Rejects where the file system refuses.
   */
  keep(key: string, path: string): Promise<boolean>;
  /** A path in the store's folder that nothing else uses, to build to. The caller removes what is there in the end. */
  aside(): string;
}

/** Where binaries are kept: the user's cache directory (XDG Base Directory Specification). */
function keptFolder(): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "delve-doctor", "binaries");
}

/** A store in a folder that only this user may read; the folder is made when the first binary is kept. */
export function openStore(folder: string = keptFolder(), limits = kept): Store {
  const place = (key: string) => join(folder, key);
  const aside = () => join(folder, `${randomUUID()}.new`);
  return {
    aside,
    async lend(key, path) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await put(place(key), path);
        const { mtime } = await stat(place(key));
        // A copy would not show that the binary was used.
        await utimes(place(key), new Date(), mtime);
        return inodeOf(path);
      } catch {
        return undefined;
      }
    },
    async keep(key, path) {
      const fresh = aside();
      try {
        // First of all: a short program is over, and its binary gone, while it is looked at.
        await put(path, fresh);
        if (!(await isLinkedByGo(fresh))) {
          await rm(place(key), { force: true });
          return false;
        }
        await flush(fresh);
        await rename(fresh, place(key));
      } finally {
        await rm(fresh, { force: true });
      }
      await clean(folder, limits);
      return true;
    },
  };
}

/**
 * Makes `to` the same file as `from`, before it returns; or where they lie on two file systems, and later, a copy. Half a copy never has the name: go
 * looks only at a binary's first bytes to see whether it is up to date. Throws where `to` exists.
 */
async function put(from: string, to: string): Promise<void> {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!isAcross(error)) throw error;
    const half = `${to}-${randomUUID()}`;
    try {
      await copyFile(from, half, constants.COPYFILE_FICLONE);
      await link(half, to);
    } finally {
      await rm(half, { force: true });
    }
  }
}

/** Two file systems, or one that knows no second name for a file, or another user's file (fs.protected_hardlinks). */
function isAcross(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EXDEV" || code === "EPERM" || code === "ENOTSUP" || code === "EMLINK";
}

/** Waits until the bytes are on the disk: after a power failure a name must not lead to half a binary. */
async function flush(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Removes what was not used for too long, and then what was used least recently until the rest is small enough. */
async function clean(folder: string, { bytes, ms }: typeof kept): Promise<void> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => ({ name, stats: await look(join(folder, name)) })),
  );
  // Each lending changes the inode, so its ctime says when a binary was last used.
  const newest = files
    .flatMap(({ name, stats }) =>
      stats === undefined ? [] : [{ name, size: stats.size, used: stats.ctimeMs }],
    )
    .sort((one, other) => other.used - one.used);
  let room = bytes;
  for (const [index, { name, size, used }] of newest.entries()) {
    room -= size;
    if (index > 0 && (room < 0 || used < Date.now() - ms)) await rm(join(folder, name), { force: true });
  }
}

/** The inode of what is at a path; undefined where nothing is. */
export function inodeOf(path: string): number | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.ino;
  } catch {
    return undefined;
  }
}

async function look(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
}
