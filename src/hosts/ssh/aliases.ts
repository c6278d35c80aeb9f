import type { Surroundings } from "./target.ts";

/** The host names without wildcards of ~/.ssh/config and the files it includes, in their order, each once. */
export function aliasesOf(_surroundings: Surroundings): Promise<string[]> {
  throw new Error("not written yet");
}

/** Whether some Host line of the user's files names or matches this alias: only then was it meant for us. */
export function isNamed(_alias: string, _surroundings: Surroundings): Promise<boolean> {
  throw new Error("not written yet");
}

/** Those aliases that an OpenSSH pattern list (`web*,!web9`) matches, in their order. */
export function matchAliases(_pattern: string, _aliases: readonly string[]): string[] {
  throw new Error("not written yet");
}
