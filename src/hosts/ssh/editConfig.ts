import { say } from "../../core/say.ts";
import { type ConfigLine, readConfigLine } from "./configLine.ts";
import { matchesPatterns } from "./hostPatterns.ts";

/** The text with the option set, or why it was left alone (one line). */
export type ConfigEdit = { readonly text: string } | { readonly refused: string };

/** Options whose lines add up: a further line would not replace the first. */
const addingUp =
  /^(host|match|include|identityfile|certificatefile|(local|remote|dynamic)forward|sendenv|setenv)$/i;

/** One line of the file. `raw` has its line end. */
interface Line {
  readonly raw: string;
  readonly read: ConfigLine | undefined;
}

/** The lines under one Host or Match line, which is at `from`; before the first of them there is a part for all hosts. */
interface Block {
  readonly from: number;
  readonly to: number;
  readonly kind: "all" | "host" | "match";
  readonly patterns: readonly string[];
}

/**
 * Sets an option for one alias in the text of ~/.ssh/config and leaves every other byte as it is. In OpenSSH the first
 * value wins, so the line goes where it is first: into a block of that alias alone where nothing before it sets the
 * option, else into a new block before the first that would win. The new lines take the file's indent, separator, line
 * ends and spelling. An Include before that place may still set the option: `ssh -G` tells.
 */
export function withSshOption(text: string, alias: string, key: string, value: string): ConfigEdit {
  const refused = refusal(alias, key, value);
  if (refused !== undefined) return { refused };
  const lines = linesOf(text);
  const blocks = blocksOf(lines);
  const applies = (block: Block) => block.kind !== "host" || matchesPatterns(alias, block.patterns);
  const own = blocks.find((block) => block.kind === "host" && block.patterns.join("\n") === alias);
  const style = styleOf(lines, blocks, own, key);
  const option = `${style.indent}${style.key}${style.separator}${value}`;

  const first = blocks.filter(applies).flatMap((block) => {
    const at = settingIn(lines, block, key);
    return at < 0 ? [] : [{ block, at }];
  })[0];

  if (first !== undefined && (own === undefined || first.block.from <= own.from)) {
    const line = lines[first.at];
    const same = line?.read?.args.length === 1 && line.read.args[0] === value;
    // Whether a Match applies is not known here, so its value does not count as set.
    if (same && first.block.kind !== "match") return { text };
    if (first.block === own) return { text: replaced(lines, first.at, value) };
    return { text: withBlock(lines, first.block, alias, option, style) };
  }
  if (own !== undefined) return { text: inserted(lines, lastOption(lines, own) + 1, [option], style) };
  const before = blocks.find((block) => block.kind !== "all" && applies(block));
  return { text: withBlock(lines, before, alias, option, style) };
}

function refusal(alias: string, key: string, value: string): string | undefined {
  if (!/^[^\s"'\\*?!,#=@-][^\s"'\\*?!,#=@]*$/.test(alias))
    return say`${alias || say`no name`} is not the alias of one host`;
  if (!/^[A-Za-z0-9]+$/.test(key) || addingUp.test(key)) return say`${key} is not an option with one value`;
  return /^[^\s\p{Cc}"'\\#]+$/u.test(value)
    ? undefined
    : say`${key} cannot have this value: it is not one word`;
}

function linesOf(text: string): Line[] {
  const raws = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return raws.map((raw) => ({ raw, read: readConfigLine(raw.replace(/\r?\n$/, "")) }));
}

function blocksOf(lines: readonly Line[]): Block[] {
  const heads = lines.flatMap(({ read }, at) => (/^(host|match)$/i.test(read?.keyword ?? "") ? [at] : []));
  return [-1, ...heads].map((from, index): Block => {
    const to = heads[index] ?? lines.length;
    const read = lines[from]?.read;
    if (read === undefined) return { from, to, kind: "all", patterns: [] };
    const kind = read.keyword.toLowerCase() === "host" ? "host" : "match";
    return { from, to, kind, patterns: read.args };
  });
}

function settingIn(lines: readonly Line[], { from, to }: Block, key: string): number {
  const wanted = key.toLowerCase();
  return lines.findIndex(({ read }, at) => at > from && at < to && read?.keyword.toLowerCase() === wanted);
}

/** The last line of a block that says something: what follows it may belong to the next block. */
function lastOption(lines: readonly Line[], { from, to }: Block): number {
  for (let at = to - 1; at > from; at -= 1) if (lines[at]?.read !== undefined) return at;
  return from;
}

function replaced(lines: readonly Line[], at: number, written: string): string {
  return lines
    .map(({ raw, read }, index) => {
      if (index !== at || read === undefined) return raw;
      const { indent, keyword, separator } = read;
      const head = `${indent}${keyword}${separator || " "}`;
      const behind = raw.slice(indent.length + keyword.length + separator.length + read.value.length);
      return `${head}${written}${behind}`;
    })
    .join("");
}

/** Puts a block for the alias before another, above the comment that belongs to that; at the end where there is none. */
function withBlock(
  lines: readonly Line[],
  before: Block | undefined,
  alias: string,
  option: string,
  style: Style,
): string {
  const head = `${style.host}${alias}`;
  if (before === undefined) {
    const apart = lines.length === 0 || lines.at(-1)?.raw.trim() === "" ? [] : [""];
    return inserted(lines, lines.length, [...apart, head, option], style);
  }
  // What stood before the first block was for all hosts, and still is.
  if (before.kind === "all") return inserted(lines, 0, [head, option, "", `${style.host}*`], style);
  let at = before.from;
  while (/^\s*#/.test(lines[at - 1]?.raw ?? "")) at -= 1;
  return inserted(lines, at, [head, option, ""], style);
}

/** A file that has no line end behind its last line gets none. */
function inserted(lines: readonly Line[], at: number, added: readonly string[], { end }: Style): string {
  const raws = lines.map(({ raw }) => raw);
  const before = raws.slice(0, at).join("");
  if (before !== "" && !before.endsWith("\n")) return `${before}${end}${added.join(end)}`;
  return `${before}${added.map((line) => `${line}${end}`).join("")}${raws.slice(at).join("")}`;
}

/** How the file writes its lines. */
interface Style {
  readonly key: string;
  /** "Host " as it stands before the names. */
  readonly host: string;
  readonly indent: string;
  readonly separator: string;
  readonly end: string;
}

function styleOf(
  lines: readonly Line[],
  blocks: readonly Block[],
  own: Block | undefined,
  key: string,
): Style {
  const inBlocks = [...(own === undefined ? [] : [own]), ...blocks].filter(({ kind }) => kind !== "all");
  const options = inBlocks.flatMap(({ from, to }) =>
    lines.slice(from + 1, to).flatMap(({ read }) => read ?? []),
  );
  const like = options[0];
  const host = lines.find(({ read }) => read?.keyword.toLowerCase() === "host")?.read;
  const isLower = options.length > 0 && options.every(({ keyword }) => keyword === keyword.toLowerCase());
  return {
    key: isLower ? key.toLowerCase() : key,
    host: `${host?.keyword ?? "Host"}${separatorLike(host)}`,
    indent: like === undefined || /[^ \t]/.test(like.indent) ? "    " : like.indent,
    separator: separatorLike(like),
    end: /\r?\n/.exec(lines[0]?.raw ?? "")?.[0] ?? "\n",
  };
}

/** Columns that somebody aligned are not continued. */
function separatorLike(like: ConfigLine | undefined): string {
  const separator = like?.separator ?? " ";
  return separator.includes("=") || separator === "\t" ? separator : " ";
}
