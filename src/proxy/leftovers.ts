import { type Dirent, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { lstat, rm } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import type { Built } from "./plan.ts";

/** os.CreateTemp(".", "__debug_bin") of Delve adds digits; Delve before 1.21 adds none. */
const debugBinary = /^__debug_bin\d*(?:\.exe)?$/;
/** $WORK of a go command, as its children's arguments name it. */
const workDir = /(?:^|[\s"'=])(\/[^\s"'=]*?\/go-build\d+)(?=\/)/;

/** The files that a tree was seen to write to. */
export interface Traces {
  readonly binaries: Set<string>;
  readonly workDirs: Set<string>;
}

export function noTraces(): Traces {
  return { binaries: new Set(), workDirs: new Set() };
}

/** Notes which files a process is writing or running, by its arguments. Call it before the process is ended. */
export function trace(pid: number, traces: Traces): void {
  for (const word of [...argvOf(pid), exeOf(pid)]) {
    if (isAbsolute(word) && debugBinary.test(basename(word))) traces.binaries.add(word);
    const dir = workDir.exec(word)?.[1];
    if (dir !== undefined) traces.workDirs.add(dir);
  }
}

/**
 * Removes what a killed build leaves: the binary that dlv had built (Delve removes it when it ends by itself), and the
 * temporary directories of the killed go commands. Only files that were traced to the tree or are newer than the launch
 * (`since`, ms of the epoch) and used by nobody else; a binary of another dlv in the same directory stays.
 */
export async function removeLeftovers(
  built: Built | undefined,
  since: number,
  traces: Traces,
): Promise<void> {
  for (const dir of traces.workDirs) await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  if (built === undefined) return;
  if (built.output !== undefined) {
    await removeNewer(built.output, since);
    return;
  }
  const traced = [...traces.binaries].filter((path) => dirname(path) === built.dir);
  for (const path of traced.length > 0 ? traced : unused(built.dir)) await removeNewer(path, since);
}

/** A timestamp of the file system may lag the clock by one tick of the kernel. */
async function removeNewer(path: string, since: number): Promise<void> {
  try {
    const { mtimeMs } = await lstat(path);
    if (mtimeMs >= since - 20) await rm(path, { force: true });
  } catch {
    // It was never written, or Delve removed it.
  }
}

function unused(dir: string): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
  const found = entries
    .filter((entry) => entry.isFile() && debugBinary.test(entry.name))
    .map(({ name }) => join(dir, name));
  if (found.length === 0) return [];
  const used = noTraces();
  for (const name of readdirSync("/proc")) if (/^\d+$/.test(name)) trace(Number(name), used);
  return found.filter((path) => !used.binaries.has(path));
}

function argvOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}

function exeOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return "";
  }
}
