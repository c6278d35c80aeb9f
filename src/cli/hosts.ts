import { aliasesInWords, matchAliases } from "../hosts/ssh/aliases.ts";
import { isWild } from "../hosts/ssh/hostPatterns.ts";
import { usage } from "./stop.ts";

/** One host or pattern of a comma list. A word without a kind is left for whoever reads it to refuse. */
interface Part {
  readonly kind: string;
  readonly name: string;
}

/**
 * The hosts that the words of --on name, each once, as given. A word is a comma list; a part without a kind has the one
 * before it, so `ssh:web?,!web3` is a pattern list of OpenSSH and `docker:api,db` are two containers. A pattern stands
 * for those of `aliases` that it matches, in their order. Throws wrong usage where one stands for none.
 */
export async function hostsOf(
  words: readonly string[],
  aliases: () => Promise<readonly string[]>,
): Promise<string[]> {
  const lists = words.map((word) => ({ word, parts: partsOf(word) }));
  const known = lists.some(({ parts }) => parts.some(isPattern)) ? await aliases() : [];
  return [...new Set(lists.flatMap(({ word, parts }) => standFor(word, parts, known)))];
}

function partsOf(word: string): Part[] {
  let kind = "";
  return word.split(",").map((text) => {
    const [, own, name = text] = /^(\w+):(.+)$/s.exec(text) ?? [];
    if (text === "local") return { kind: "", name: text };
    kind = own ?? kind;
    return { kind, name };
  });
}

function isPattern({ kind, name }: Part): boolean {
  return kind === "ssh" && isWild(name);
}

function standFor(word: string, parts: readonly Part[], aliases: readonly string[]): string[] {
  const isNegated = (part: Part) => isPattern(part) && part.name.startsWith("!");
  const negated = parts.filter(isNegated).map(({ name }) => name);
  const found = parts.flatMap((part): string[] => {
    const { kind, name } = part;
    if (isNegated(part)) return [];
    if (kind !== "ssh") return [kind === "" ? name : `${kind}:${name}`];
    // A name without wildcards need not be an alias: ssh resolves any word.
    const candidates = isPattern(part) ? aliases : [name];
    const matched = matchAliases([name, ...negated].join(","), candidates);
    if (matched.length === 0 && isPattern(part))
      throw usage(`--on ${word}: ${name} matches no host; ${aliasesInWords(aliases)}`);
    return matched.map((alias) => `ssh:${alias}`);
  });
  if (found.length === 0) throw usage(`--on ${word} names no host; ${aliasesInWords(aliases)}`);
  return found;
}
