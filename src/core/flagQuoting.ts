import { flagName } from "./goBuild.ts";

/** The flags of go build (go help build), by which the end of another flag's value is told. */
const known = new Set(
  "C a n p race msan asan cover covermode coverpkg v work x asmflags buildmode buildvcs compiler gccgoflags gcflags installsuffix json ldflags linkshared mod modcacherw modfile overlay pgo pkgdir tags trimpath toolexec o".split(
    " ",
  ),
);

/** Flags whose value is a list of another tool's flags. */
const lists = new Set(["ldflags", "gcflags", "asmflags", "gccgoflags"]);

/**
 * The words that somebody meant who wrote `buildFlags` as a shell would read them: double quotes quote too, what follows
 * -ldflags belongs to it, tags in a row are one list, and an item of a list may hold a flag and its value. What comes out
 * is a guess: go is to be asked whether it takes it.
 */
export function meantWords(flags: unknown): string[] {
  if (Array.isArray(flags))
    return flags.flatMap((flag) => (typeof flag === "string" ? [meantItem(flag)] : []));
  if (typeof flags !== "string") return [];
  return gather(
    Array.from(flags.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g), ([word]) =>
      word.replace(/'([^']*)'|"([^"]*)"/g, (_, single?: string, double?: string) => single ?? double ?? ""),
    ),
  );
}

/** An item "-tags a" becomes "-tags=a", and quotes around the whole value go: no shell takes them off. */
function meantItem(item: string): string {
  const joined = item.trim().replace(/^(--?[\w-]+)\s+/, "$1=");
  return joined.replace(/^(--?[\w-]+=)(["'])([\s\S]*)\2$/, "$1$3");
}

function gather(words: readonly string[]): string[] {
  const gathered: string[] = [];
  for (const word of words) {
    const last = gathered.at(-1) ?? "";
    const open = flagName(last) ?? "";
    const isFlag = known.has(flagName(word) ?? "");
    // A flag and its first value may be two words; what comes after that is joined to it.
    const separator = last === `-${open}` || last === `--${open}` ? "=" : lists.has(open) ? " " : ",";
    const takes = separator === "=" ? takesValue(open) : lists.has(open) || open === "tags";
    if (!isFlag && takes && (lists.has(open) || !word.startsWith("-")))
      gathered[gathered.length - 1] = `${last}${separator}${word}`;
    else gathered.push(word);
  }
  return gathered;
}

/** go's boolean flags take a value only after "=". */
function takesValue(name: string): boolean {
  const switches = [
    "a",
    "n",
    "race",
    "msan",
    "asan",
    "cover",
    "v",
    "work",
    "x",
    "linkshared",
    "trimpath",
    "json",
  ];
  return known.has(name) && ![...switches, "modcacherw", "buildvcs"].includes(name);
}

/** Words as one text that Delve splits into them again, or as they are where one holds a single quote. */
export function asBuildFlags(words: readonly string[], form: "text" | "list"): string | readonly string[] {
  if (form === "list" || words.some((word) => word.includes("'"))) return words;
  return words.map((word) => (/\s/.test(word) ? `'${word}'` : word)).join(" ");
}
