import { realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, parse, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { usage } from "./stop.ts";

/**
 * The folders that an agent may have looked at: those that the person named with --folder, and those that the client has open.
 * Where there are none of either it is the one that the server was started in, unless that holds everything.
 */
export function allowedFolders(named: readonly string[], rootUris: readonly string[]): string[] {
  const roots = rootUris.flatMap((uri) => pathOf(uri) ?? []);
  const all = [...new Set([...named, ...roots])];
  if (all.length > 0) return all;
  const here = process.cwd();
  return here === parse(here).root || here === homedir() ? [] : [here];
}

/**
 * The folder that a tool is asked about: absolute, or relative to an allowed one; without one, the only one that is allowed.
 * Throws one line where it is none, or lies outside of all that are allowed, symbolic links followed.
 */
export function folderIn(given: string | undefined, allowed: readonly string[]): string {
  const there = allowed.length === 0 ? "none is open here" : `there are ${allowed.join(", ")}`;
  if (given === undefined) {
    const [only] = allowed;
    if (only !== undefined && allowed.length === 1) return checked(only, allowed);
    throw usage(`which folder? ${there}; name one`);
  }
  const candidates = isAbsolute(given) ? [resolve(given)] : allowed.map((base) => resolve(base, given));
  return checked(candidates.find(isFolder) ?? candidates[0] ?? given, allowed);
}

/**
 * A program that a tool is asked about, from its folder, lies in an allowed one as well, whether it is there or not: go and git are
 * asked where it lies. Throws one line where it does not.
 */
export function checkProgram(path: string, allowed: readonly string[]): void {
  let there = path;
  while (statSync(there, { throwIfNoEntry: false }) === undefined && there !== dirname(there))
    there = dirname(there);
  if (isAllowed(there, allowed)) return;
  throw usage(`${path} is outside of the folders that this server may look at; name a program within them`);
}

function isAllowed(path: string, allowed: readonly string[]): boolean {
  const real = realpathSync(path);
  return allowed.filter(isFolder).some((base) => isInside(real, realpathSync(base)));
}

function checked(folder: string, allowed: readonly string[]): string {
  if (!isFolder(folder)) throw usage(`${folder} is not a folder that can be read`);
  if (isAllowed(folder, allowed)) return folder;
  throw usage(
    `${folder} is outside of the folders that this server may look at; a person allows it by opening it in the client, or with delve-doctor mcp --folder ${folder}`,
  );
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** True for a directory that can be seen. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    // A root that is no folder of this machine.
    return undefined;
  }
}
