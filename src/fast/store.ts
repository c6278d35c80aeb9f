import { randomUUID } from "node:crypto";
import { constants, lstatSync, type Stats } from "node:fs";
import { copyFile, link, lstat, mkdir, open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { isLinkedByGo } from "./linkedByGo.ts";

/** How many bytes of binaries are kept, and how long (ms) one that is not used. */
const kept = { bytes: 2 * 1024 ** 3, ms: 14 * 24 * 60 * 60 * 1000 };

/** The largest binary (bytes) that is copied where a second name is not to be had: a launch waits for that. */
const copied = 100 * 1024 ** 2;

/**
 * Debug binaries of earlier launches, one for each recipe. A binary is only ever lent to be looked at by go, which
 * replaces it unless it is up to date.
 */
export interface Store {
  /** Puts the binary of a key at a path where nothing is, and says what it is there; undefined where that cannot be. */
  lend(key: string, path: string): Promise<string | undefined>;
  /**
   * Keeps the binary at a path, if go alone made it: true then. What was kept for the key goes, and so does what is over
   * the limits. Rejects where the file system refuses.
   */
  keep(key: string, path: string): Promise<boolean>;
  /** A path in the store's folder that nothing else uses, to build to. The caller removes what is there in the end. */
  aside(): string;
}

/** A store in a folder that only this user may write to; the folder is made when it is first needed. */
export function openStore(folder?: string, limits = kept): Store {
  const place = (name: string) => join(folder ?? keptFolder(), name);
  const aside = () => place(`${randomUUID()}.new`);
  let cleaned = false;
  const clean = async () => removeOld(place(""), limits).catch(() => {});
  return {
    aside,
    async lend(key, path) {
      try {
        await mkdir(place(""), { recursive: true, mode: 0o700 });
        if (!cleaned) void clean();
        cleaned = true;
        // A damaged one would fail every launch from now on.
        if (!(await isPrivate(place(""))) || !(await isLinkedByGo(place(key)))) return undefined;
        await put(place(key), path);
        const { mtime } = await stat(place(key));
        // A copy would not show that the binary was used.
        await utimes(place(key), new Date(), mtime);
        return whatIs(path);
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
      await clean();
      return true;
    },
  };
}

/** Where binaries are kept: the user's cache directory (XDG Base Directory Specification). */
function keptFolder(): string {
  const cache = process.env["XDG_CACHE_HOME"] ?? "";
  return join(isAbsolute(cache) ? cache : join(homedir(), ".cache"), "delve-doctor", "binaries");
}

/** What tells one file from another, whatever becomes of its names; undefined where nothing is. */
export function whatIs(path: string): string | undefined {
  try {
    // The number of an inode is soon given to another file; that one was born later.
    const { dev, ino, birthtimeNs, size } = lstatSync(path, { bigint: true });
    return [dev, ino, birthtimeNs, size].join(" ");
  } catch {
    return undefined;
  }
}

/**
 * Gives `from` the name `to` as well, which is no work; only a small file is copied where they lie on two file systems. Half a
 * copy never has the name: go looks only at a binary's first bytes to see whether it is up to date. Throws where `to` exists.
 */
async function put(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!isAcross(error) || (await stat(from)).size > copied) throw error;
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

/** True for a folder that nobody else can put a binary into. */
async function isPrivate(folder: string): Promise<boolean> {
  const { uid, mode } = await lstat(folder);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
}

/** Removes what was not used for too long, and then what was used least recently until the rest is small enough. */
async function removeOld(folder: string, { bytes, ms }: typeof kept): Promise<void> {
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

async function look(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
}
