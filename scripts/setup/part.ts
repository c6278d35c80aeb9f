import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { say } from "./run.ts";

/** The folder for everything that is slow to set up: outside the clone, so that every clone shares it. */
function partsFolder(): string {
  return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "delve-doctor-dev");
}

/**
 * The folder of one part, made by `build` when it is not there yet.
 *
 * `name` carries every version that matters, so a part never changes once it stands. `build` fills a folder of its own
 * beside it, which is renamed into place when complete: whoever is killed half-way leaves no half part. A lock keeps a
 * second process waiting instead of doing the same work twice. Throws what `build` throws.
 */
export function part(name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(partsFolder(), name);
  const begun = underway.get(folder);
  if (begun !== undefined) return begun;
  const made = exists(folder) ? Promise.resolve(folder) : make(folder, build);
  underway.set(folder, made);
  // A failed part may be tried again: apt or the network may answer the next time.
  made.catch(() => underway.delete(folder));
  return made;
}

/** Does something that no two processes may do at the same time: who comes second waits. Throws what `work` throws. */
export async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(partsFolder(), { recursive: true });
  const unlock = await lock(join(partsFolder(), name));
  try {
    return await work();
  } finally {
    unlock();
  }
}

/** The lock names a process, so two callers within one process share one promise instead. */
const underway = new Map<string, Promise<string>>();

async function make(folder: string, build: (folder: string) => Promise<void>): Promise<string> {
  mkdirSync(partsFolder(), { recursive: true });
  const unlock = await lock(folder);
  try {
    if (exists(folder)) return folder;
    sweep(folder);
    const building = `${folder}.building-${owner(process.pid)}`;
    mkdirSync(building);
    try {
      await build(building);
      settle(building, folder);
    } finally {
      rmSync(building, { recursive: true, force: true });
    }
  } finally {
    unlock();
  }
  return folder;
}

/** Two builders at once are kept apart by the lock; should it ever fail, the first result stands and is as good. */
function settle(building: string, folder: string): void {
  try {
    renameSync(building, folder);
  } catch (error) {
    if (!exists(folder)) throw error;
  }
}

/** Takes the lock of a part, waiting for a living owner and clearing away a dead one. Returns how to release it. */
async function lock(folder: string): Promise<() => void> {
  const held = `${folder}.lock`;
  const mine = `${held}-${owner(process.pid)}`;
  rmSync(mine, { recursive: true, force: true });
  mkdirSync(mine);
  writeFileSync(join(mine, "owner"), owner(process.pid));
  for (let told = false; ; ) {
    try {
      // A rename onto a folder with something in it fails, so the lock and the name of its owner appear in one step.
      renameSync(mine, held);
      return () => rmSync(held, { recursive: true, force: true });
    } catch (error) {
      if (!isCode(error, "ENOTEMPTY") && !isCode(error, "EEXIST")) throw error;
    }
    const other = readOr(join(held, "owner"), "");
    if (other !== "" && !alive(other)) {
      rmSync(held, { recursive: true, force: true });
    } else {
      if (!told) say(`Waiting for process ${other.split("-")[0]}, which is setting up ${folder} …`);
      told = true;
      await wait(300);
    }
  }
}

/** Removes what killed builders of this part left behind. */
function sweep(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    const path = join(dirname(folder), name);
    for (const stem of [`${folder}.building-`, `${folder}.lock-`]) {
      if (path.startsWith(stem) && !alive(path.slice(stem.length)))
        rmSync(path, { recursive: true, force: true });
    }
  }
}

/** A process and the moment it started (clock ticks since boot, proc(5) field 22): a pid alone is used again. */
function owner(pid: number): string {
  const stat = readOr(`/proc/${pid}/stat`, "");
  const started = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "0";
  return `${pid}-${started}`;
}

function alive(who: string): boolean {
  const pid = Number.parseInt(who, 10);
  return readOr(`/proc/${pid}/stat`, "") !== "" && owner(pid) === who;
}

function exists(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false;
  }
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return otherwise;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
