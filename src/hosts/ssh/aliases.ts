import { say } from "../../core/say.ts";
import { readConfigLine } from "./configLine.ts";
import { isWild, matchesPatterns } from "./hostPatterns.ts";
import { configPaths, includedPaths, maxDepth, readConfig } from "./include.ts";
import type { Surroundings } from "./target.ts";

/** How many aliases a line names at most. */
const mostNamed = 20;

/** The host names without wildcards of ~/.ssh/config and the files it includes, in their order, each once. */
export async function aliasesOf(surroundings: Surroundings): Promise<string[]> {
  const patterns = (await hostLines(surroundings)).flat();
  return [...new Set(patterns.filter((pattern) => !isWild(pattern)))];
}

/** All that Host lines name, patterns with wildcards as they are written; `*` alone names nobody. */
export async function namesOf(surroundings: Surroundings): Promise<string[]> {
  const names = (await hostLines(surroundings)).flat();
  return [...new Set(names.filter((name) => name !== "*" && !name.startsWith("!")))];
}

/**
 * Whether a Host line of the user's files, other than a mere `Host *`, speaks of this alias: ssh resolves any word, so
 * only this tells a misspelled alias from a host that is down.
 */
export async function isNamed(alias: string, surroundings: Surroundings): Promise<boolean> {
  const lines = await hostLines(surroundings);
  return lines.some((patterns) => !patterns.includes("*") && matchesPatterns(alias, patterns));
}

/** Those aliases that an OpenSSH pattern list (`web*,!web9`) matches, in their order. */
export function matchAliases(pattern: string, aliases: readonly string[]): string[] {
  const patterns = pattern.split(",").filter(Boolean);
  return aliases.filter((alias) => matchesPatterns(alias, patterns));
}

/** The aliases there are, as the end of a line that says which one there is not. */
export function aliasesInWords(aliases: readonly string[]): string {
  if (aliases.length === 0) return say`~/.ssh/config names none`;
  const named = aliases.slice(0, mostNamed).join(", ");
  return aliases.length > mostNamed
    ? say`~/.ssh/config has ${named} and ${aliases.length - mostNamed} more`
    : say`~/.ssh/config has ${named}`;
}

/** The patterns of each Host line. Conditions around an Include are not looked at. */
async function hostLines(surroundings: Surroundings): Promise<string[][]> {
  const [path] = configPaths(surroundings);
  return path === undefined ? [] : hostLinesOf(path, surroundings, 0);
}

async function hostLinesOf(path: string, surroundings: Surroundings, depth: number): Promise<string[][]> {
  const text = depth > maxDepth ? undefined : await readConfig(path);
  const found: string[][] = [];
  for (const raw of text?.split(/\r?\n/) ?? []) {
    const line = readConfigLine(raw);
    const keyword = line?.keyword.toLowerCase();
    if (line !== undefined && keyword === "host") found.push([...line.args]);
    if (line === undefined || keyword !== "include") continue;
    for (const inner of await includedPaths(line.args, path, surroundings))
      found.push(...(await hostLinesOf(inner, surroundings, depth + 1)));
  }
  return found;
}
