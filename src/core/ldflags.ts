/** The -s and -w of a text of go flags, both forms of writing included, and the text without them. */
export interface Stripping {
  /** "-s", "-w" or both, as found. */
  readonly found: readonly string[];
  /** The flags without them; undefined where nothing is left. */
  readonly kept: string | undefined;
}

/**
 * Finds the linker flags that drop debug information (`-ldflags="-s -w"`) in a text of go flags. Quotes of either kind,
 * around the flag (GOFLAGS) or around its value (`buildFlags`), are kept as they were written.
 */
export function findStripping(flags: string): Stripping {
  const words = flags.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const found: string[] = [];
  const kept: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? "";
    const [, quote = "", name, value] = /^(['"]?)(--?ldflags)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (name === undefined) {
      kept.push(word);
      continue;
    }
    const apart = value === undefined;
    const given = apart ? (words[++index] ?? "") : value;
    const inside = quote !== "" && given.endsWith(quote) ? given.slice(0, -1) : given;
    const drop = without(inside);
    found.push(...drop.found);
    const rest = drop.found.length === 0 ? inside : drop.kept;
    if (rest === "") continue;
    const end = quote !== "" && given.endsWith(quote) ? quote : "";
    kept.push(apart ? `${word} ${rest}` : `${quote}${name}=${rest}${end}`);
  }
  return { found: [...new Set(found)], kept: kept.length === 0 ? undefined : kept.join(" ") };
}

/** The words of one -ldflags value, in their own quotes or bare, without -s and -w. "" when none is left. */
function without(value: string): { readonly found: string[]; readonly kept: string } {
  const [, quote = "", inner = ""] = /^(['"]?)([\s\S]*?)\1$/.exec(value) ?? [];
  // A pattern may stand in front: -ldflags=all=-s -w.
  const [, pattern = "", list = ""] = /^([^\s=-][^\s=]*=)?([\s\S]*)$/.exec(inner) ?? [];
  const words = list.split(/\s+/).filter((word) => word !== "");
  const strips = (word: string) => /^--?[sw](=(true|1|t|T|TRUE|True))?$/.test(word);
  const rest = words.filter((word) => !strips(word));
  return {
    found: words.filter(strips).map((word) => word.replace(/^--?(.).*/, "-$1")),
    kept: rest.length === 0 ? "" : `${quote}${pattern}${rest.join(" ")}${quote}`,
  };
}
