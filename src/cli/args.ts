import { parseArgs } from "node:util";
import { usage } from "./stop.ts";

/** One option of a verb: `value` names what it takes (a switch takes nothing), `help` says in half a line what it does. */
export interface Option {
  readonly value?: string;
  readonly many?: boolean;
  readonly help: string;
}
export type Options = Readonly<Record<string, Option>>;

/**
 * What a verb takes, for parsing and for its --help. `rest` names the word that is no option; with `manyRest` there may be
 * any number of them.
 */
export interface Grammar {
  readonly verb: string;
  readonly about: string;
  readonly rest?: string;
  readonly manyRest?: true;
  readonly options: Options;
}

/** The words of a command line, sorted. */
export interface Words {
  /** The last value of an option, or undefined. */
  text(option: string): string | undefined;
  /** Every value of an option that may come more than once. */
  texts(option: string): readonly string[];
  /** A whole number above 0, or undefined. */
  number(option: string): number | undefined;
  /** True when the switch was given. */
  on(option: string): boolean;
  readonly rest: readonly string[];
}

/** Sorts the words behind a verb. Throws wrong usage with the word that is wrong; values are not judged here. */
export function parse({ verb, options, rest: restName, manyRest }: Grammar, argv: readonly string[]): Words {
  const types = Object.entries(options).map(([name, { value }]) => {
    return [name, { type: value === undefined ? "boolean" : "string", multiple: true }] as const;
  });
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(types),
    strict: false,
    tokens: true,
  });
  const values = new Map<string, string[]>();
  const rest: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") rest.push(token.value);
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined || !token.rawName.startsWith("--"))
      throw usage(`${token.rawName} is not an option of ${verb}; delve-doctor ${verb} --help lists them`);
    values.set(token.name, [...(values.get(token.name) ?? []), takenBy(token, option)]);
  }
  const tooMany = restName === undefined ? rest[0] : rest[1];
  if (tooMany !== undefined && !manyRest) throw usage(`${tooMany} is one word too many for ${verb}`);
  for (const [name, given] of values)
    if (given.length > 1 && options[name]?.many !== true) throw usage(`--${name} was given more than once`);
  return {
    text: (option) => values.get(option)?.at(-1),
    texts: (option) => values.get(option) ?? [],
    number: (option) => numberOf(option, values.get(option)?.at(-1)),
    on: (option) => values.has(option),
    rest,
  };
}

type OptionToken = {
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
};

function takenBy({ rawName, value, inlineValue }: OptionToken, option: Option): string {
  if (option.value === undefined) {
    if (value !== undefined) throw usage(`${rawName} takes no value, and "${value}" is one`);
    return "";
  }
  // `--config --json` forgot the configuration; it does not name one "--json".
  if (value === undefined || value === "" || (value.startsWith("-") && inlineValue !== true))
    throw usage(`${rawName} needs a value: ${rawName} ${option.value}`);
  return value;
}

function numberOf(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^[1-9]\d{0,9}$/.test(value)) return Number(value);
  throw usage(`--${option} ${value} is not a number of milliseconds above 0`);
}

/** The --help of one verb. */
export function helpText({ verb, about, rest, options }: Grammar): string {
  const rows = Object.entries(options).map(([name, { value, help }]) => {
    return `  ${`--${name}${value === undefined ? "" : ` ${value}`}`.padEnd(30)} ${help}`;
  });
  const words = rest === undefined ? "" : ` ${rest}`;
  return `delve-doctor ${verb}${words} [options]\n\n${about}\n\n${rows.join("\n")}\n`;
}
