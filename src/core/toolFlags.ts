import { flagName } from "./goBuild.ts";

/** Flags of the compiler and the linker that go build does not have itself: it refuses them (Go 1.26). */
const ofTools = ["N", "l", "m", "S", "B", "s", "w", "X", "linkmode", "extldflags", "extld"];

/** Those of them that no go command has, so that it refuses them in GOFLAGS as well. */
const ofToolsAlone = ["N", "l", "S", "s", "X"];

/** Flags whose value, in the next word, may be one of them. */
const lists = ["ldflags", "gcflags", "asmflags", "gccgoflags"];

/**
 * The first word that is a flag of the compiler or the linker on its own, as -l in `-gcflags=all=-N -l` without quotes;
 * undefined where there is none. `words` are those that go gets.
 */
export function strayToolFlag(words: readonly string[]): string | undefined {
  return words.find((word, index) => {
    const before = words[index - 1] ?? "";
    const isValue = !before.includes("=") && lists.includes(flagName(before) ?? "");
    return !isValue && ofTools.includes(flagName(word) ?? "");
  });
}

/** True for a word of GOFLAGS that is a flag of the compiler or the linker, and of no go command. */
export function isToolFlag(word: string): boolean {
  return ofToolsAlone.includes(flagName(word) ?? "");
}
