import { basename, isAbsolute, relative, resolve, sep } from "node:path";
import { type Kind, kindOf, yamlKind } from "../language/kind.ts";
import { filesIn, type Places, readPlaces } from "../language/places.ts";
import { Stop, status, usage } from "./stop.ts";

/** Every file of a folder in which a Go launch may be configured. Pods stand in files of any name, which must be named. */
export async function placesIn(folder: string): Promise<Places> {
  const files = await filesIn(folder).catch((error: NodeJS.ErrnoException) => {
    throw new Stop(status.impossible, `--folder ${folder} cannot be read (${error.code})`);
  });
  return readPlaces(files, { shown: shownPath, kind: kindNamed });
}

/** Exactly these files. Throws wrong usage where one is nothing that configures a Go launch. */
export function placesNamed(words: readonly string[]): Promise<Places> {
  const files = words.map((word) => resolve(word));
  return readPlaces(files, { shown: shownPath, kind: kindNamed, missing: "is not there" });
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
