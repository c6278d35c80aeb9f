import { readdir, readFile } from "node:fs/promises";
import { isAbsolute, join, parse, sep } from "node:path";
import { isWild, matchesPattern } from "./hostPatterns.ts";
import type { Surroundings } from "./target.ts";

/** As deep as OpenSSH follows an Include. */
export const maxDepth = 16;

/** A configuration is small; what is larger is something else. Bytes. */
const maxBytes = 1_000_000;

/** The user's configuration and the system's, in the order in which they count: the first value wins. */
export function configPaths({ configFile, home, env, platform }: Surroundings): string[] {
  if (configFile !== undefined) return [configFile];
  const system =
    platform === "win32" ? join(env["ProgramData"] ?? "C:\\ProgramData", "ssh") : join(sep, "etc", "ssh");
  return [userConfig(home), join(system, "ssh_config")];
}

function userConfig(home: string): string {
  return join(home, ".ssh", "config");
}

/** A configuration file's text; undefined where there is none, it is not ours to read, or is no text of that kind. */
export async function readConfig(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes === undefined || bytes.length > maxBytes ? undefined : bytes.toString("utf8");
}

/**
 * The files that the words of an Include name, sorted as glob(7) does; `*` and `?` count, character classes do not.
 * What is not absolute lies in ~/.ssh for the user's own files, else beside the system's.
 */
export async function includedPaths(
  words: readonly string[],
  includer: string,
  surroundings: Surroundings,
): Promise<string[]> {
  const { configFile, home } = surroundings;
  const isUsers = configFile !== undefined || includer.startsWith(join(home, sep));
  const base = isUsers ? join(home, ".ssh") : join(sep, "etc", "ssh");
  const found = words.map((word) => {
    const path = /^~(?=[/\\]|$)/.test(word) ? join(home, word.slice(1)) : word;
    return expandWildcards(isAbsolute(path) ? path : join(base, path));
  });
  return (await Promise.all(found)).flat();
}

async function expandWildcards(path: string): Promise<string[]> {
  const { root } = parse(path);
  let places = [root];
  for (const part of path.slice(root.length).split(/[/\\]/).filter(Boolean)) {
    if (!isWild(part)) {
      places = places.map((place) => join(place, part));
      continue;
    }
    const next = places.map(async (place) => {
      const names = await readdir(place).catch((): string[] => []);
      return names
        .filter((name) => matchesPattern(name, part) && (part.startsWith(".") || !name.startsWith(".")))
        .sort()
        .map((name) => join(place, name));
    });
    places = (await Promise.all(next)).flat();
  }
  return places;
}
