import { readdir } from "node:fs/promises";
import { basename, isAbsolute, join, relative, resolve, sep } from "node:path";
import { readText } from "../config/text.ts";
import { type Kind, kindOf, yamlKind } from "../language/kind.ts";
import { Stop, status, usage } from "./stop.ts";

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

/** Every file of a folder in which a Go launch may be configured. Pods stand in files of any name, which must be named. */
export async function placesIn(folder: string): Promise<Places> {
  const list = (inside: string) => readdir(join(folder, inside)).catch((): string[] => []);
  const top = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new Stop(status.impossible, `--folder ${folder} cannot be read (${error.code})`);
  });
  const container = await list(".devcontainer");
  const names = [
    ...["launch.json", "tasks.json", "settings.json"].map((name) => join(".vscode", name)),
    ...top.sort(),
    ...container
      .sort()
      .flatMap((name) => [join(".devcontainer", name), join(".devcontainer", name, "devcontainer.json")]),
  ];
  return readAll(
    names.map((name) => join(folder, name)).filter((file) => kindOf(file) !== undefined),
    () => undefined,
  );
}

/** Exactly these files. Throws wrong usage where one is nothing that configures a Go launch. */
export function placesNamed(words: readonly string[]): Promise<Places> {
  return readAll(
    words.map((word) => resolve(word)),
    () => "is not there",
  );
}

async function readAll(files: readonly string[], missing: () => string | undefined): Promise<Places> {
  const read: Place[] = [];
  const unread: { file: string; message: string }[] = [];
  for (const file of new Set(files)) {
    const shown = shownPath(file);
    try {
      const text = await readText(file);
      const message = text === undefined ? missing() : undefined;
      if (message !== undefined) unread.push({ file: shown, message });
      if (text !== undefined) read.push({ file, shown, kind: kindNamed(file, text), text });
    } catch (error) {
      if (error instanceof Stop) throw error;
      unread.push({ file: shown, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { read, unread };
}

const byName: Readonly<Record<string, Kind>> = {
  "launch.json": "launch",
  "tasks.json": "tasks",
  "settings.json": "settings",
};

/** Who names a file knows what it is, wherever it lies; a YAML file of any name shows in its text what it describes. */
function kindNamed(file: string, text: string): Kind {
  const name = basename(file);
  const kind = kindOf(file) ?? (Object.hasOwn(byName, name) ? byName[name] : yamlKind(name, text));
  if (kind !== undefined) return kind;
  throw usage(
    `${shownPath(file)} is no file that configures a Go launch; there are launch.json, tasks.json, settings.json, *.code-workspace, devcontainer.json, compose files and Kubernetes manifests`,
  );
}

/** Relative to the current directory, with / between the parts, and absolute outside it. */
function shownPath(file: string): string {
  const way = relative(process.cwd(), file);
  const outside = way === "" || way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
  return (outside ? file : way).split(sep).join("/");
}
