import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { lastBuild, lastBuildOf } from "../causes/lastBuild.ts";
import { readText } from "../config/text.ts";
import { saidOf } from "../core/behind.ts";
import type { Host } from "../core/host.ts";
import { type Launch, learnedAs, type Planned } from "../core/launch.ts";
import { remember, type Timing } from "../core/usual.ts";
import { askOne } from "../examine/ask.ts";
import { writeText } from "../fixes/write.ts";
import type { Report } from "../report/report.ts";
import type { Choice } from "./choose.ts";

/** How many launch logs are kept, and how large (bytes) one may grow. */
const keptLogs = 20;
const logBytes = 8 * 1024 * 1024;

/** Of how many folders, configurations and programs something is remembered. */
const keptFiles = 200;

/** Where the command line keeps what it learns (XDG Base Directory Specification). Only this user reads it. */
export function stateFolder(): string {
  return join(process.env["XDG_STATE_HOME"] || join(homedir(), ".local", "state"), "delve-doctor");
}

/** The last report of a folder, and the launch it is about. */
export interface Kept {
  readonly choice: Omit<Choice, "env">;
  readonly report: Report;
}

/** The remembered phase times of a configuration, oldest first; none where they cannot be read. */
export async function timingsOf(planned: Planned): Promise<readonly Timing[]> {
  const value = await readJson(timingsFile(planned));
  return Array.isArray(value)
    ? value.filter((one): one is Timing => typeof one === "object" && one !== null)
    : [];
}

/** Remembers a launch that came to its goal. */
export async function rememberTiming(launch: Launch): Promise<void> {
  const timings = remember(await timingsOf(launch), launch.timeline);
  await writeAmong(timingsFile(launch), timings);
}

/** A launch with what its last one was built from, where that is remembered: only of this machine. */
export async function withLastBuild(planned: Planned, host: Host): Promise<Planned> {
  if (host.kind !== "local") return planned;
  const before = lastBuildOf(await readJson(buildFile(planned)));
  return { ...planned, ...(before !== undefined && { before }) };
}

/** Remembers what a launch that came to its goal was built from. A warm one of a known configuration is not asked about. */
export async function rememberBuild(launch: Launch, host: Host): Promise<void> {
  if (host.kind !== "local") return;
  const build = await lastBuild(launch, Date.now(), (one) => askOne(host, launch, one));
  if (build !== undefined) await writeAmong(buildFile(launch), build);
}

/** Keeps the last report of a folder for `delve-doctor fix`. */
export async function keepReport({ env: _, ...choice }: Choice, report: Report): Promise<void> {
  await writeAmong(reportFile(choice.folder), { choice, report });
}

/** The last report of a folder; undefined where there is none. */
export async function keptReport(folder: string): Promise<Kept | undefined> {
  const value = await readJson(reportFile(folder));
  return isKept(value) ? value : undefined;
}

/** What the person said is behind an address; undefined where they were not asked yet. */
export async function keptHost(address: string): Promise<string | undefined> {
  return saidOf(await readJson(hostsFile()), address);
}

/** Keeps what the person said is behind an address. */
export async function keepHost(address: string, said: string): Promise<void> {
  const hosts = await readJson(hostsFile());
  await writeJson(hostsFile(), { ...(typeof hosts === "object" ? hosts : {}), [address]: said });
}

/** A file for the events of one launch: whole lines are added until it is full. */
export interface EventLog {
  readonly file?: string;
  write(line: string): void;
  close(): void;
}

/** Opens a new log and removes the oldest. Where none can be written the launch goes on without. */
export function openLog(): EventLog {
  try {
    const folder = join(stateFolder(), "launches");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const logs = readdirSync(folder)
      .filter((name) => name.endsWith(".jsonl"))
      .sort();
    for (const old of logs.slice(0, Math.max(0, logs.length + 1 - keptLogs)))
      rmSync(join(folder, old), { force: true });
    const file = join(folder, `${new Date().toISOString().replaceAll(":", "-")}-${process.pid}.jsonl`);
    return { file, ...bounded(openSync(file, "wx", 0o600)) };
  } catch {
    return { write() {}, close() {} };
  }
}

function bounded(fd: number): Omit<EventLog, "file"> {
  let room = logBytes;
  return {
    write(line) {
      room -= Buffer.byteLength(line);
      if (room <= 0) return;
      try {
        writeSync(fd, line);
      } catch {
        // A full disk must not end the launch that may be failing for that very reason.
        room = 0;
      }
    },
    close: () => closeSync(fd),
  };
}

function timingsFile(planned: Planned): string {
  return join(stateFolder(), "timings", `${short(learnedAs(planned))}.json`);
}

function buildFile(planned: Planned): string {
  return join(stateFolder(), "builds", `${short(learnedAs(planned))}.json`);
}

function reportFile(folder: string): string {
  return join(stateFolder(), "reports", `${short(folder)}.json`);
}

function hostsFile(): string {
  return join(stateFolder(), "hosts.json");
}

function short(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 24);
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse((await readText(file)) ?? "null");
  } catch {
    return undefined;
  }
}

/** Writes one of many files of a kind, and removes those that were written longest ago. */
async function writeAmong(file: string, value: unknown): Promise<void> {
  await writeJson(file, value);
  try {
    const folder = dirname(file);
    const files = (await readdir(folder)).map((name) => join(folder, name));
    if (files.length <= keptFiles) return;
    const times = await Promise.all(files.map(async (one) => ({ one, at: (await stat(one)).mtimeMs })));
    const newestFirst = times.sort((a, b) => b.at - a.at);
    await Promise.all(newestFirst.slice(keptFiles).map(({ one }) => rm(one, { force: true })));
  } catch {
    // Another launch may be doing the same.
  }
}

/** What cannot be kept is only not remembered: no launch fails of it. */
async function writeJson(file: string, value: unknown): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeText(file, `${JSON.stringify(value)}\n`, 0o600);
  } catch {
    // The next launch finds nothing remembered, as the first one did.
  }
}

function isKept(value: unknown): value is Kept {
  return typeof value === "object" && value !== null && "choice" in value && "report" in value;
}
