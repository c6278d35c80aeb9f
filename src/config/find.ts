import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { getNodeValue, type Node } from "jsonc-parser";
import type { Config } from "../core/config.ts";
import type { JsonPath } from "../core/fix.ts";
import { duplicates, type Fault, nodeAt, parseJsonc, position } from "./jsonc.ts";
import { codeOf, readText, splitBom } from "./text.ts";

/** Where a configuration is written: a file, and the path to the configuration inside that file's JSON. */
export interface Source {
  readonly file: string;
  readonly at: JsonPath;
}

/** A configuration as it is written, of whatever debugger type. */
export interface Written {
  readonly name: string;
  readonly type: string;
  readonly config: Config;
  readonly source: Source;
}

/** Configurations that are started together, by name. */
export interface Compound {
  readonly name: string;
  readonly configurations: readonly string[];
  readonly source: Source;
}

/** Something wrong with a file. Line and column count from 1; the message names the fault and the way out. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** All that is written down for a folder, in VS Code's order: the folder, its workspace files, the user. */
export interface Found {
  readonly configurations: readonly Written[];
  readonly compounds: readonly Compound[];
  readonly problems: readonly Problem[];
}

/**
 * Reads the launch configurations of a folder: .vscode/launch.json, the `launch` of each *.code-workspace file in it, and
 * of the user's settings.json where its path is given. What cannot be read becomes a problem; it never throws.
 */
export async function findConfigurations(folder: string, userSettings?: string): Promise<Found> {
  const places: { file: string; under: JsonPath }[] = [
    { file: join(folder, ".vscode", "launch.json"), under: [] },
  ];
  const problems: Problem[] = [];
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".code-workspace")).sort();
    places.push(...names.map((name) => ({ file: join(folder, name), under: ["launch"] })));
  } catch (error) {
    const message = `the folder cannot be read (${codeOf(error) ?? "unknown error"})`;
    problems.push({ file: folder, line: 1, column: 1, message });
  }
  if (userSettings !== undefined) places.push({ file: userSettings, under: ["launch"] });
  const all: Found[] = [{ configurations: [], compounds: [], problems }];
  for (const { file, under } of places) all.push(await readPlace(file, under));
  return {
    configurations: all.flatMap((one) => one.configurations),
    compounds: all.flatMap((one) => one.compounds),
    problems: all.flatMap((one) => one.problems),
  };
}

async function readPlace(file: string, under: JsonPath): Promise<Found> {
  try {
    const text = await readText(file);
    if (text !== undefined) return findIn(text, file, under);
    return { configurations: [], compounds: [], problems: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { configurations: [], compounds: [], problems: [{ file, line: 1, column: 1, message }] };
  }
}

/** Reads the text of one file. `under` is where its launch section stands: [] in launch.json, ["launch"] elsewhere. */
export function findIn(text: string, file: string, under: JsonPath): Found {
  const { body } = splitBom(text);
  const { root, faults } = parseJsonc(body);
  const found = [...faults];
  const say = (node: Pick<Node, "offset">, message: string) => found.push({ offset: node.offset, message });
  const section = under.length === 0 ? root : nodeAt(root, String(under[0]));
  const inSettings = under.length > 0;
  const configurations: Written[] = [];
  const compounds: Compound[] = [];
  if (section !== undefined && section.type !== "object")
    say(
      section,
      `${nameOf(section)} stands where an object with "configurations" belongs; write { … } around it`,
    );
  if (root === undefined && found.length === 0)
    say({ offset: 0 }, 'the file is empty; add a configuration, or write {"configurations": []}');
  if (root !== undefined && inSettings && root.type !== "object")
    say(root, `${nameOf(root)} stands where an object of settings belongs; write { … } around it`);
  if (section?.type === "object") {
    for (const key of duplicates(section))
      say(key, `"${key.value}" is written twice in one object and only the last counts; remove one of them`);
    for (const { name, node, at } of named(section, "configurations", under, say)) {
      const config: Config = getNodeValue(node);
      if (typeof config["type"] !== "string")
        say(node, `configuration "${name}" has no "type"; Go's is "go"`);
      else configurations.push({ name, type: config["type"], config, source: { file, at } });
    }
    for (const { name, node, at } of named(section, "compounds", under, say))
      compounds.push({ name, configurations: members(node), source: { file, at } });
  }
  return { configurations, compounds, problems: problemsOf(file, body, found) };
}

/** The entries of a list that are objects with a name; every other entry is told. */
function named(
  section: Node,
  list: string,
  under: JsonPath,
  say: (node: Node, message: string) => void,
): { name: string; node: Node; at: JsonPath }[] {
  const node = nodeAt(section, list);
  if (node === undefined) return [];
  if (node.type !== "array") {
    say(node, `"${list}" is ${nameOf(node)} and must be an array; write [ … ] around it`);
    return [];
  }
  return (node.children ?? []).flatMap((entry, index) => {
    const name = nodeAt(entry, "name")?.value;
    const at = [...under, list, index];
    if (typeof name === "string" && name !== "") return [{ name, node: entry, at }];
    if (entry.type !== "object") say(entry, `${nameOf(entry)} stands in "${list}" where an object belongs`);
    else say(entry, `an entry of "${list}" has no "name"; give it one, or VS Code cannot start it`);
    return [];
  });
}

function members(compound: Node): string[] {
  return (nodeAt(compound, "configurations")?.children ?? []).flatMap((member) => {
    const name = member.type === "object" ? nodeAt(member, "name")?.value : member.value;
    return typeof name === "string" ? [name] : [];
  });
}

function nameOf(node: Node): string {
  return { array: "an array", object: "an object", null: "null" }[node.type as string] ?? `a ${node.type}`;
}

function problemsOf(file: string, body: string, faults: readonly Fault[]): Problem[] {
  const sorted = [...faults].sort((a, b) => a.offset - b.offset);
  // Behind the first fault the parser guesses; a hundred lines about one missing quote help nobody.
  return sorted.slice(0, 20).map(({ offset, message }) => ({ file, ...position(body, offset), message }));
}
