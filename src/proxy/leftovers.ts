import { type Dirent, existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { lstat, rm } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDebuggee, type Sample } from "../core/process.ts";
import type { Built } from "./plan.ts";
import { signal } from "./tree.ts";

/** os.CreateTemp(".", "__debug_bin") of Delve adds digits; Delve before 1.21 adds none. */
const debugBinary = /^__debug_bin\d*(?:\.exe)?$/;
/** The programs that a go command runs in its $WORK. What else names such a directory need not have made it. */
const goTools = new Set(["go", "compile", "link", "asm", "cgo", "vet"]);
/** $WORK of a go command, as its children's arguments name it. */
const workDir = /(?:^|[\s"'=])(\/[^\s"'=]*?\/go-build\d+)(?=\/)/;

/** How much (ms) a timestamp of the file system may lag the clock: one tick of the kernel, and some. */
const tickMs = 20;

/** How long (ms) a go command may take to run its next tool; between two tools nothing tells where its $WORK is. */
const betweenToolsMs = 250;

/** The flag that has go keep its $WORK (go help build). */
const keepWork = /^--?work(?:=(?:1|t|true))?$/i;

/** The files that a tree was seen to write to. `keepsWork`: a go command was told to keep its work directory. */
export interface Traces {
  readonly binaries: Set<string>;
  readonly workDirs: Set<string>;
  keepsWork: boolean;
}

export function noTraces(): Traces {
  return { binaries: new Set(), workDirs: new Set(), keepsWork: false };
}

/** True for a go command and for what it runs to build. */
export function isGoTool(pid: number): boolean {
  return goTools.has(basename(exeOf(pid)));
}

/** Notes which files a process is writing or running, by its arguments. Call it before the process is ended. */
export function trace(pid: number, traces: Traces): void {
  const exe = exeOf(pid);
  const words = [...fieldsOf(pid, "cmdline"), exe];
  for (const word of words)
    if (isAbsolute(word) && debugBinary.test(basename(word))) traces.binaries.add(word);
  if (!isGoTool(pid)) return;
  const environ = fieldsOf(pid, "environ");
  const flags = environ.flatMap((field) => /^GOFLAGS=(.*)$/s.exec(field)?.[1]?.split(/\s+/) ?? []);
  if (basename(exe) === "go" && [...words, ...flags].some((word) => keepWork.test(word)))
    traces.keepsWork = true;
  const temps = tempDirs(environ);
  for (const word of words) {
    const dir = workDir.exec(word)?.[1];
    if (dir !== undefined && temps.includes(dirname(dir))) traces.workDirs.add(dir);
  }
}

/**
 * Notes the work directory of a go command that is about to be ended. An interrupted go may leave it behind, and only
 * its tools name it, so a go that runs none at this moment is given a moment to run the next one, and is woken for that
 * where it is stopped. `pids` is asked again and again for the tree.
 */
export async function traceBuild(pids: () => readonly number[], traces: Traces): Promise<void> {
  const end = performance.now() + betweenToolsMs;
  for (;;) {
    const tree = pids();
    for (const pid of tree) trace(pid, traces);
    const builds = tree.filter((pid) => basename(exeOf(pid)) === "go");
    if (builds.length === 0 || knowsBuild(traces) || performance.now() > end) return;
    for (const pid of builds) signal(pid, "SIGCONT");
    await sleep(5);
  }
}

/**
 * Notes the work directory of a build that goes on, from a sample of its tree: once a go command was killed (the kernel was
 * out of memory) nothing names it any more. What the debugged program runs is its own affair.
 */
export function traceSample({ processes }: Sample, traces: Traces): void {
  if (knowsBuild(traces) || processes.some(isDebuggee)) return;
  for (const { pid, name } of processes) if (goTools.has(name)) trace(pid, traces);
}

/** True where a work directory is known that is still there: Delve may have built before, and go removed that one. */
function knowsBuild({ workDirs }: Traces): boolean {
  return [...workDirs].some((dir) => existsSync(dir));
}

/** Where a go command with this environment makes its $WORK: os.MkdirTemp in GOTMPDIR, else os.TempDir. */
function tempDirs(environ: readonly string[]): string[] {
  const set = environ.flatMap((field) => /^(?:GOTMPDIR|TMPDIR)=(.+)$/s.exec(field)?.[1] ?? []);
  return [...set, "/tmp"].map((dir) => resolve(dir));
}

/**
 * When this was called, in ms of the epoch as the clock has it whenever that is asked: to a clock that was set back meanwhile,
 * new files are older than the moment was.
 */
export function thisMoment(): () => number {
  const wall = Date.now();
  const began = performance.now();
  return () => Math.min(wall, Date.now() - (performance.now() - began));
}

/**
 * Removes what a killed build leaves: the binary that dlv had built (Delve removes it when it ends by itself), and the
 * temporary directories of the killed go commands. Only what is newer than the launch (`since`, ms of the epoch) and was
 * traced to the tree, or is a binary that nobody uses; a binary of another dlv in the same directory stays.
 */
export async function removeLeftovers(
  built: Built | undefined,
  since: number,
  traces: Traces,
): Promise<void> {
  if (!traces.keepsWork) for (const dir of traces.workDirs) await removeBornSince(dir, since);
  if (built === undefined) return;
  if (built.output !== undefined) {
    await removeNewer(built.output, since);
    return;
  }
  const traced = [...traces.binaries].filter((path) => dirname(path) === built.dir);
  for (const path of traced.length > 0 ? traced : unused(built.dir)) await removeNewer(path, since);
}

/** A file system that keeps no times of birth says 0. */
async function removeBornSince(dir: string, since: number): Promise<void> {
  try {
    const { birthtimeMs, ctimeMs } = await lstat(dir);
    if ((birthtimeMs || ctimeMs) < since - tickMs) return;
    // A compiler that the kernel has not ended yet may still write to it.
    await rm(dir, { recursive: true, force: true, maxRetries: 10 });
  } catch {
    // The go command removed it.
  }
}

async function removeNewer(path: string, since: number): Promise<void> {
  try {
    const { mtimeMs } = await lstat(path);
    if (mtimeMs >= since - tickMs) await rm(path, { force: true });
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

function fieldsOf(pid: number, file: "cmdline" | "environ"): string[] {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8").split("\0");
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
