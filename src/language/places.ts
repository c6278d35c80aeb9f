import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readText } from "../config/text.ts";
import { type Kind, kindOf } from "./kind.ts";

/** A file that was read, and what it is to us. `shown` is its path as the answers have it. */
export interface Place {
  readonly file: string;
  readonly shown: string;
  readonly kind: Kind;
  readonly text: string;
}

/** Files that could be read, and those that could not; the message completes "FILE …". */
export interface Places {
  readonly read: readonly Place[];
  readonly unread: readonly { readonly file: string; readonly message: string }[];
}

/** What whoever asks for files knows of them. */
export interface Asked {
  /** The path of a file as the answers have it. */
  shown(file: string): string;
  /** What a file is. Throws where it is nothing of ours. */
  kind(file: string, text: string): Kind;
  /** What is said of a file that is not there; undefined where that is no matter. */
  readonly missing?: string;
}

/**
 * The paths of all files of a folder in which a Go launch may be configured, whether they are there or not. Pods stand in
 * files of any name, which nobody can list. Rejects with the system's error where the folder cannot be read.
 */
export async function filesIn(folder: string): Promise<string[]> {
  const top = await readdir(folder);
  const container = await readdir(join(folder, ".devcontainer")).catch((): string[] => []);
  const names = [
    ...["launch.json", "tasks.json", "settings.json"].map((name) => join(".vscode", name)),
    ...top.sort(),
    ...container
      .sort()
      .flatMap((name) => [join(".devcontainer", name), join(".devcontainer", name, "devcontainer.json")]),
  ];
  return names.map((name) => join(folder, name)).filter((file) => kindOf(file) !== undefined);
}

/** Reads files, each once. What `kind` throws ends it; a file that cannot be read is an answer. */
export async function readPlaces(files: readonly string[], { shown, kind, missing }: Asked): Promise<Places> {
  const read: Place[] = [];
  const unread: { file: string; message: string }[] = [];
  for (const file of new Set(files)) {
    const text = await readText(file).catch((error: unknown) => {
      unread.push({ file: shown(file), message: error instanceof Error ? error.message : String(error) });
      return null;
    });
    if (text === undefined && missing !== undefined) unread.push({ file: shown(file), message: missing });
    if (typeof text === "string") read.push({ file, shown: shown(file), kind: kind(file, text), text });
  }
  return { read, unread };
}
