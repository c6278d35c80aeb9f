import type { JsonEdit, JsonPath } from "./fix.ts";

/** Where the words of a command are written: a list of words, or one text that is split at blanks. */
interface Written {
  readonly at: JsonPath;
  /** The list, or the text. */
  readonly value: readonly string[] | string;
}

/** A dlv that a container starts, as its description has it. */
export interface DlvCommand {
  readonly written: Written;
  /** debug, exec, dap …; undefined where none is written. */
  readonly verb: string | undefined;
  /** The words of dlv behind its name, up to those of the program. */
  readonly words: readonly string[];
  /** Its flags without their dashes; "true" where none is given a value. */
  readonly flags: ReadonlyMap<string, string>;
  /** The container's command is dlv itself: no shell and no other program stands before it. */
  readonly direct: boolean;
  /** A word is a variable, which may hold any flag. */
  readonly opaque: boolean;
}

/** Flags that take a value from the next word, those of all commands (cmd/dlv/cmds/commands.go of Delve 1.27.1). */
const valued = new Set(
  "listen l log-output log-dest api-version init build-flags wd backend redirect r output tty client-addr waitfor waitfor-interval waitfor-duration onprocess p".split(
    " ",
  ),
);

/** A word that may be any other, or a switch that a variable turns. */
const varying = /^\$|^--?(?:headless|continue|accept-multiclient)=.*\$/;

/** Programs that start what follows them. */
const wrappers = /^(?:tini|dumb-init|catatonit|docker-init|su-exec|gosu|sudo|env|nohup|exec)$/;

/** The dlv in a container's command, given as a list of words or as one text; undefined where it starts none, or several. */
export function dlvCommand(value: unknown, at: JsonPath): DlvCommand | undefined {
  const isText = typeof value === "string";
  if (!isText && !Array.isArray(value)) return undefined;
  const words = isText ? plainWords(value) : value.map(String);
  const [shell = "", option = "", script] = words;
  if (!/^(?:ba|da|a)?sh$/.test(baseName(shell)) || !/^-\w*c$/.test(option) || script === undefined)
    return inWords(words, { at, value: isText ? value : words });
  return inScript(script, isText ? { at, value } : { at: [...at, 2], value: script });
}

/** The one dlv of a script; where several are started nobody can tell which is meant. */
function inScript(script: string, written: Written): DlvCommand | undefined {
  const joined = script.replace(/\\\r?\n/g, "  ");
  if (/(?:^|\s)#/.test(joined)) return undefined;
  const commands = joined.split(/&&|\|\||[;&|\n]/).flatMap((part) => {
    const words = plainWords(part);
    const first = words.findIndex((word) => !/^\w+=/.test(word));
    return inWords(words.slice(Math.max(first, 0)), written) ?? [];
  });
  const [one, second] = commands;
  return one === undefined || second !== undefined ? undefined : { ...one, direct: false };
}

function inWords(all: readonly string[], written: Written): DlvCommand | undefined {
  const index = all.findIndex((word) => baseName(word) === "dlv");
  if (index < 0 || (index > 0 && !wrappers.test(baseName(all[0] ?? "")))) return undefined;
  const rest = all.slice(index + 1);
  const end = rest.indexOf("--");
  const words = end < 0 ? rest : rest.slice(0, end);
  const flags = new Map<string, string>();
  const free: string[] = [];
  for (let place = 0; place < words.length; place += 1) {
    const word = words[place] ?? "";
    const [, name, value] = /^--?([\w-]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    if (name === undefined) free.push(word);
    else if (value !== undefined || !valued.has(name)) flags.set(name, value ?? "true");
    else {
      place += 1;
      flags.set(name, words[place] ?? "");
    }
  }
  const opaque = [...all.slice(0, index), ...words].some((word) => varying.test(word));
  return { written, verb: free[0], words, flags, direct: index === 0, opaque };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Splits at blanks, with quotes as a shell takes them. */
function plainWords(text: string): string[] {
  return Array.from(text.matchAll(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g), ([word]) =>
    word.replace(/'([^']*)'|"((?:\\.|[^"\\])*)"/g, (_, one?: string, two?: string) => one ?? two ?? ""),
  );
}

/** True where a flag is given and not switched off. */
export function isOn({ flags }: DlvCommand, flag: string): boolean {
  const value = flags.get(flag);
  return value !== undefined && !/^(?:false|f|0)$/i.test(value);
}

/** The edits that write another word for one of dlv's; none where the word does not stand there just once. */
export function withWord(
  { written: { at, value } }: DlvCommand,
  word: string,
  now: string,
): readonly JsonEdit[] {
  if (typeof value !== "string") {
    const index = value.indexOf(word);
    return index < 0 || index !== value.lastIndexOf(word) ? [] : [{ at: [...at, index], value: now }];
  }
  const parts = value.split(word);
  return parts.length === 2 ? [{ at, value: parts.join(now) }] : [];
}

/** The edits that give dlv more flags, in front of what belongs to its program. */
export function withFlags(command: DlvCommand, flags: readonly string[]): readonly JsonEdit[] {
  const { at, value } = command.written;
  if (typeof value === "string") {
    const { verb = "" } = command;
    const behind = new RegExp(`\\b${verb}(?=\\s|$)`);
    const [before] = value.split(behind);
    if (verb === "" || value.split(behind).length !== 2 || before === undefined) return [];
    return [{ at, value: value.replace(behind, `${verb} ${flags.join(" ")}`) }];
  }
  const end = value.indexOf(
    "--",
    value.findIndex((word) => baseName(word) === "dlv"),
  );
  const cut = end < 0 ? value.length : end;
  const now = [...value.slice(0, cut), ...flags, ...value.slice(cut)];
  return now.flatMap((word, index) => (word === value[index] ? [] : [{ at: [...at, index], value: word }]));
}
