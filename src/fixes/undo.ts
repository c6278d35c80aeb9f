import { isAbsolute, relative, sep } from "node:path";
import { readText } from "../config/text.ts";
import type { Host, HostName } from "../core/host.ts";
import { say } from "../core/say.ts";
import { type Applied, applyChange } from "./apply.ts";
import type { Change } from "./change.ts";
import { type Entry, forget, hash, lineHashes, placeOf, remembered, type TextEntry } from "./journal.ts";
import { unsplice } from "./splice.ts";

/**
 * What taking the last fix back comes to, before anything is done. `lost` are the lines that were written since the fix and
 * that an undo would take along.
 */
export type Undo =
  | { readonly kind: "nothing" }
  | {
      readonly kind: "refused";
      readonly entry: Entry;
      readonly because: string;
      readonly lost: readonly string[];
    }
  | { readonly kind: "ready"; readonly entry: Entry; readonly change: Change };

/** What became of an undo. */
export type Undone =
  | Exclude<Undo, { kind: "ready" }>
  | { readonly kind: "done"; readonly entry: Entry; readonly applied: Applied };

/** The last fix that was made in one of these folders; a command may have run in the folder's place on another host. */
export async function lastIn(directory: string, folders: readonly string[]): Promise<Entry | undefined> {
  const all = await remembered(directory);
  return all.findLast((one) => folders.some((folder) => isInside(placeOf(one), folder)));
}

/**
 * Works out how to take the last fix back: a change like any other, to be previewed and applied. With `folders` it is the
 * last of those that were made inside one of them.
 */
export async function undoOf(directory: string, host: HostName, folders?: readonly string[]): Promise<Undo> {
  const entry =
    folders === undefined ? (await remembered(directory)).at(-1) : await lastIn(directory, folders);
  if (entry === undefined) return { kind: "nothing" };
  if (entry.kind === "text") return undoText(entry);
  const { argv, cwd, undo, needsRoot } = entry;
  if (entry.host.kind !== host.kind || entry.host.name !== host.name) {
    const because = say`it was run on ${entry.host.name} (${entry.host.kind}), and this is ${host.name} (${host.kind})`;
    return { kind: "refused", entry, because, lost: [] };
  }
  return { kind: "ready", entry, change: { kind: "command", argv: undo, cwd, undo: argv, needsRoot } };
}

/**
 * Takes the last fix back and remembers that it is. A command that needs root comes back to be typed into a terminal; the
 * shell then calls `forget` once the machine shows the old value.
 */
export async function undoLast(directory: string, host: Host): Promise<Undone> {
  const undo = await undoOf(directory, host);
  if (undo.kind !== "ready") return undo;
  const applied = await applyChange(undo.change, host);
  if (applied.kind === "applied") await forget(directory, undo.entry.id);
  return { kind: "done", entry: undo.entry, applied };
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function undoText(entry: TextEntry): Promise<Undo> {
  const { file, created, splice } = entry;
  const refused = (because: string, lost: readonly string[] = []): Undo => ({
    kind: "refused",
    entry,
    because,
    lost,
  });
  let now: string | undefined;
  try {
    now = await readText(file);
  } catch (error) {
    return refused(`${file} ${error instanceof Error ? error.message : String(error)}`);
  }
  if (now === undefined) return refused(say`${file} is gone`);
  if (hash(now) !== entry.after) {
    const because = say`${file} was edited since; take the fix back by hand, or these edits would be lost`;
    return refused(because, linesSince(now, entry));
  }
  const before = unsplice(now, splice);
  if (hash(before) !== entry.before) return refused(say`the record of what ${file} was is damaged`);
  return {
    kind: "ready",
    entry,
    change: { kind: "text", file, before: now, after: created ? null : before },
  };
}

function linesSince(now: string, { lines }: TextEntry): string[] {
  if (lines.length === 0) return [];
  const known = new Set(lines);
  const hashes = lineHashes(now);
  return now.split("\n").filter((_, index) => !known.has(hashes[index] ?? ""));
}
