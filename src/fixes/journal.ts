import { createHash, randomUUID } from "node:crypto";
import { appendFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readText } from "../config/text.ts";
import type { HostName } from "../core/host.ts";
import type { Change } from "./change.ts";
import { type Splice, spliceOf } from "./splice.ts";
import { writeText } from "./write.ts";

/** How many applied fixes are remembered. */
const kept = 50;

interface Common {
  readonly id: string;
  /** When it was applied, as ISO 8601. */
  readonly time: string;
  /** The fix's id. */
  readonly fix: string;
}

/** A text change that was applied: not the file, only what differs, because a file may hold secrets in its env. */
export interface TextEntry extends Common {
  readonly kind: "text";
  readonly file: string;
  /** True where the fix made the file. */
  readonly created: boolean;
  readonly splice: Splice;
  /** SHA-256 of the whole text before and after. */
  readonly before: string;
  readonly after: string;
  /** The start of each line's hash after the fix: tells which lines were written since. */
  readonly lines: readonly string[];
}

/** A command that was run, where, and the command that takes it back. */
export interface CommandEntry extends Common {
  readonly kind: "command";
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly undo: readonly string[];
  readonly needsRoot: boolean;
  readonly host: HostName;
}

export type Entry = TextEntry | CommandEntry;

/** A line of the journal that marks an entry as taken back. */
interface Undone {
  readonly kind: "undone";
  readonly id: string;
}

/**
 * Remembers a change that was applied, so that it can be taken back. `directory` is the user's state directory of this
 * program. Advice and commands without an undo leave nothing to remember.
 */
export async function remember(
  directory: string,
  fix: string,
  change: Change,
  host: HostName,
): Promise<void> {
  const common = { id: randomUUID(), time: new Date().toISOString(), fix };
  if (change.kind === "command" && change.undo !== undefined) {
    const { argv, cwd, undo, needsRoot } = change;
    const at = { kind: host.kind, name: host.name };
    await append(directory, { ...common, kind: "command", argv, cwd, undo, needsRoot, host: at });
  }
  if (change.kind !== "text" || change.after === null) return;
  const { file, before, after } = change;
  await append(directory, {
    ...common,
    kind: "text",
    file,
    created: before === null,
    splice: spliceOf(before ?? "", after),
    before: hash(before ?? ""),
    after: hash(after),
    lines: lineHashes(after),
  });
}

/** The fixes that can be taken back, the last one at the end. */
export async function remembered(directory: string): Promise<readonly Entry[]> {
  return live((await readText(join(directory, "fixes.jsonl"))) ?? "");
}

/** The folder in which a fix was made: its file's, or where its command ran. */
export function placeOf(entry: Entry): string {
  return entry.kind === "text" ? dirname(entry.file) : entry.cwd;
}

/** Marks an entry as taken back. */
export function forget(directory: string, id: string): Promise<void> {
  return append(directory, { kind: "undone", id });
}

async function append(directory: string, line: Entry | Undone): Promise<void> {
  const file = join(directory, "fixes.jsonl");
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const text = (await readText(file)) ?? "";
  // A line that a crash cut off must not swallow this one.
  const gap = text === "" || text.endsWith("\n") ? "" : "\n";
  await appendFile(file, `${gap}${JSON.stringify(line)}\n`, { mode: 0o600 });
  const entries = text.split("\n").length;
  if (entries <= 2 * kept) return;
  const last = live((await readText(file)) ?? "").slice(-kept);
  await writeText(file, last.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
}

/** Reads the journal, leaving out lines that are cut off and entries that were taken back. */
function live(text: string): Entry[] {
  const all = text.split("\n").flatMap((line): (Entry | Undone)[] => {
    try {
      const value: unknown = JSON.parse(line);
      return isLine(value) ? [value] : [];
    } catch {
      return [];
    }
  });
  const undone = new Set(all.flatMap((line) => (line.kind === "undone" ? [line.id] : [])));
  return all.filter((line): line is Entry => line.kind !== "undone" && !undone.has(line.id));
}

function isLine(value: unknown): value is Entry | Undone {
  return typeof value === "object" && value !== null && "kind" in value && "id" in value;
}

/** SHA-256 of a text's UTF-8 bytes, in hexadecimal. */
export function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The start of the hash of each line; none for a file so long that they would outgrow the journal. */
export function lineHashes(text: string): string[] {
  const lines = text.split("\n");
  return lines.length > 5000 ? [] : lines.map((line) => hash(line).slice(0, 8));
}
