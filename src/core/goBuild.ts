import type { Launch } from "./launch.ts";
import { textOf } from "./launch.ts";

/** The directory in which dlv runs go: Delve changes to `dlvCwd` before it builds (service/dap/server.go). */
export function buildDirectory(launch: Launch): string {
  return textOf(launch, "dlvCwd") || launch.cwd;
}

/** The package or file that is built, as Delve hands it to go. */
export function builtPackage(launch: Pick<Launch, "config">): string {
  return textOf(launch, "program") || ".";
}

/** The words of a launch's `buildFlags`. */
export function buildFlagWords(launch: Pick<Launch, "config">): string[] {
  return flagWords(launch.config["buildFlags"]);
}

/**
 * The words of `buildFlags`. Delve splits a text at spaces and knows single quotes, within which a backslash takes the next
 * character as it is (pkg/config/split.go).
 */
export function flagWords(flags: unknown): string[] {
  if (Array.isArray(flags)) return flags.filter((flag) => typeof flag === "string");
  if (typeof flags !== "string") return [];
  return Array.from(flags.matchAll(/(?:'(?:\\.|[^\\'])*(?:'|$)|[^\s'])+/gs), ([word]) =>
    word.replace(/'((?:\\.|[^\\'])*)(?:'|$)/gs, (_, quoted: string) => quoted.replace(/\\(.)/gs, "$1")),
  );
}

/**
 * The words after `go` of the build that Delve runs for a launch (pkg/gobuild/gobuild.go): the flags of a text come after
 * Delve's own, but for a -C that leads them; those of a list come before. `extra` goes where any flag may be: behind the verb
 * and that -C. In mode "test" a -C comes behind -c, which go refuses; so it does when Delve builds.
 */
export function delveGoArgs(
  launch: Pick<Launch, "config" | "mode">,
  output: string,
  extra: readonly string[] = [],
): string[] {
  const words = flagWords(launch.config["buildFlags"]);
  const [first = ""] = words;
  const directory = words.splice(0, first === "-C" && words.length > 1 ? 2 : first.startsWith("-C=") ? 1 : 0);
  const verb = launch.mode === "test" ? ["test", "-c"] : ["build"];
  const own = ["-o", output, "-gcflags", "all=-N -l"];
  const flags = Array.isArray(launch.config["buildFlags"]) ? [...words, ...own] : [...own, ...words];
  return [...verb, ...directory, ...extra, ...flags, builtPackage(launch)];
}

/** The name of a go flag without its dashes and value, or undefined for a word that is no flag. */
export function flagName(word: string): string | undefined {
  return /^--?([\w-]+)(?:=|$)/.exec(word)?.[1];
}

/**
 * The build flags whose names `keep` accepts, each with its value. A flag without "=" takes the next word as its value
 * unless that is a flag itself.
 */
function pickFlags(words: readonly string[], keep: (name: string) => boolean): string[] {
  const kept: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const next = words[index + 1];
    const name = flagName(word);
    const takesNext = !word.includes("=") && next !== undefined && flagName(next) === undefined;
    if (name !== undefined && keep(name)) kept.push(word, ...(takesNext ? [next] : []));
    if (takesNext) index += 1;
  }
  return kept;
}

/** The build flags that decide which packages and modules a build is made of. */
export function loadFlags(launch: Pick<Launch, "config">): string[] {
  return pickFlags(buildFlagWords(launch), (name) => ["tags", "mod", "modfile", "overlay"].includes(name));
}

/** Flags whose value may itself look like a flag. */
const lists = ["ldflags", "gcflags"];

/** The words without one flag, and without its value where that is a word of its own. */
export function withoutFlag<T>(words: readonly T[], name: string): T[] {
  return words.filter((word, index) => {
    const before = words[index - 1];
    const own = typeof word === "string" ? flagName(word) : undefined;
    const bare = typeof before === "string" && !before.includes("=") && flagName(before) === name;
    return own !== name && !(bare && (own === undefined || lists.includes(name)));
  });
}

/** `buildFlags` with one flag set: in the form, text or list, that the user chose, and in place of an older value. */
export function withBuildFlag(launch: Launch, flag: string): string | readonly string[] {
  const flags = launch.config["buildFlags"];
  const name = flagName(flag) ?? "";
  if (Array.isArray(flags)) return [...withoutFlag(flags, name), flag];
  if (typeof flags !== "string" || flags.trim() === "") return flag;
  return `${withoutFlag(flags.split(/\s+/), name).join(" ")} ${flag}`.trim();
}
