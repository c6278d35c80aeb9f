import type { Config } from "../core/config.ts";
import { say } from "../core/say.ts";
import type { World } from "../core/world.ts";
import { type Attribute, attributeOf, attributes } from "../rules/attributes/table.ts";
import type { Caret } from "./caret.ts";
import type { Supply } from "./completionSources.ts";
import { buildFlags, dlvFlags, variables, variableValues, type Word } from "./flagWords.ts";
import type { Place } from "./place.ts";

/** What the editor does by itself, and can do. */
export interface Wishes {
  /** It proposes attributes and their values by golang.go's schema. */
  readonly builtInJson: boolean;
  readonly snippets: boolean;
}

/** A value or a name that can be written. */
export interface Choice {
  readonly value: string | number | boolean;
  readonly says: string;
  /** What is shown, where that is not the value. */
  readonly label?: string;
  /** What is compared with what is written so far, where that is not the value. */
  readonly search?: string;
  readonly kind?: "process" | "file" | "folder";
  /** The JSON that is inserted, where that is not the value. */
  readonly whole?: string;
  /** What surrounds the value of a name. */
  readonly holds?: readonly [string, string];
}

/** What choices are made of. */
interface Around extends Wishes {
  readonly world: World;
  readonly supply: Supply;
  readonly section: Config | undefined;
  readonly caret: Caret;
}

type InConfiguration = Extract<Place, { in: "configuration" }>;

/** The names that a key can be at a place of a configuration. */
export function namesAt({ path, config, block }: InConfiguration, builtInJson: boolean): Choice[] {
  const [attribute, ...rest] = path;
  if (attribute === "env" && rest.length === 0)
    return variables.map(({ word, says }) => ({ value: word, says: says(), holds: ['"', '"'] }));
  if (builtInJson) return [];
  if (attribute === "delveDoctor" && rest.length === 0)
    return [
      {
        value: "on",
        says: say`the host: ssh:ALIAS, docker:NAME, podman:NAME or kubectl:POD`,
        holds: ['"', '"'],
      },
      { value: "folder", says: say`the workspace folder's absolute path there`, holds: ['"', '"'] },
      { value: "dlv", says: say`the name or path of a dlv there`, holds: ['"', '"'] },
    ];
  if (attribute !== undefined) return [];
  const request = config["request"];
  return attributes
    .filter(({ requests }) => (request !== "launch" && request !== "attach") || requests.includes(request))
    .filter(({ deprecated, adapter }) => deprecated === undefined && adapter !== "legacy")
    .filter(({ name }) => !block || !["windows", "osx", "linux"].includes(name))
    .map(({ name, says, types }) => ({ value: name, says: firstSentence(says()), holds: around(types[0]) }));
}

function around(type: Attribute["types"][number] | undefined): readonly [string, string] {
  if (type === "string") return ['"', '"'];
  if (type === "string[]") return ['["', '"]'];
  if (type === "pairs") return ["[", "]"];
  return type === "object" || type === "variables" ? ["{", "}"] : ["", ""];
}

/** The values that can be written at a place. */
export function choicesAt(place: Place, around: Around): Choice[] {
  if (place.in === "compounds") return compoundChoices(place.path, around);
  if (place.in !== "configuration") return [];
  const [attribute, inner, more] = place.path;
  if (typeof attribute !== "string" || more !== undefined) return nested(place.path);
  const own = special(attribute, inner, place.config, around);
  if (own.length > 0 || around.builtInJson || inner !== undefined) return own;
  const { values, types } = attributeOf(attribute) ?? {};
  if (values !== undefined) return values.map(({ value, says }) => ({ value, says: says() }));
  return types?.[0] === "boolean" ? [true, false].map((value) => ({ value, says: "" })) : [];
}

function special(
  attribute: string,
  inner: string | number | undefined,
  config: Config,
  { world, supply, caret }: Around,
): Choice[] {
  const isOwn = inner === undefined;
  const isListed = typeof inner === "number";
  if (attribute === "delveDoctor" && inner === "on") return hostChoices(world);
  if (attribute === "env") return (variableValues[String(inner)] ?? []).map(choice);
  if (attribute === "dlvFlags") return isListed ? dlvFlags.map(choice) : isOwn ? dlvFlags.map(listed) : [];
  if (attribute === "buildFlags" && (isOwn || isListed))
    return buildFlags.map((one) => flag(one, caret, isOwn));
  if (attribute === "envFile" && (isOwn || isListed))
    return (supply.envFiles ?? []).map((path) => ({ value: inFolder(path), says: "", kind: "file" }));
  if (!isOwn) return [];
  if (attribute === "processId") return processChoices(supply, config);
  if (attribute === "preLaunchTask" || attribute === "postDebugTask") return taskChoices(world);
  if (attribute === "program") return programChoices(supply, config);
  if (attribute === "cwd" || attribute === "dlvCwd") return folders();
  return [];
}

function nested([attribute, , key]: readonly (string | number)[]): Choice[] {
  if (attribute !== "substitutePath" || key !== "from") return [];
  return [{ value: "${workspaceFolder}", says: say`the sources here`, kind: "folder" }];
}

function compoundChoices([, attribute, inner]: readonly (string | number)[], around: Around): Choice[] {
  if (attribute === "preLaunchTask") return taskChoices(around.world);
  if (attribute !== "configurations" || typeof inner !== "number") return [];
  const all = around.section?.["configurations"];
  const names = Array.isArray(all) ? all.map((one: unknown) => nameOf(one)) : [];
  return [...new Set(names)].flatMap((value) => (value === undefined ? [] : [{ value, says: "" }]));
}

function nameOf(entry: unknown): string | undefined {
  if (typeof entry !== "object" || entry === null || !("name" in entry)) return undefined;
  return typeof entry.name === "string" && entry.name !== "" ? entry.name : undefined;
}

function hostChoices(world: World): Choice[] {
  const named = (["ssh", "docker", "podman"] as const).flatMap((kind) =>
    (world.hosts(kind) ?? []).map((name) => ({
      value: `${kind}:${name}`,
      says: kind === "ssh" ? say`of the SSH configuration` : say`a container that runs`,
    })),
  );
  return [...named, { value: "local", says: say`this machine` }];
}

function taskChoices({ tasks = [] }: World): Choice[] {
  const labels = tasks.map(({ label, taskName }) => label ?? taskName);
  const names = new Set(labels.flatMap((one) => (typeof one === "string" && one !== "" ? [one] : [])));
  return [
    ...[...names].map((value) => ({ value, says: say`a task of tasks.json` })),
    { value: "${defaultBuildTask}", says: say`the default build task` },
  ];
}

function processChoices({ processes = [] }: Supply, config: Config): Choice[] {
  if (config["delveDoctor"] !== undefined) return [];
  const ordered = [...processes.filter(({ isGo }) => isGo), ...processes.filter(({ isGo }) => !isGo)];
  return [
    { value: "${command:pickGoProcess}", says: say`VS Code shows a list of the processes of Go` },
    { value: "${command:pickProcess}", says: say`VS Code shows a list of all processes` },
    ...ordered.map(({ pid, command, isGo }) => ({
      value: pid,
      label: `${pid} ${command}`,
      says: isGo ? "Go" : "",
      search: `${pid} ${command.replaceAll('"', "")}`,
      kind: "process" as const,
    })),
  ];
}

const folders = (): Choice[] => [
  { value: "${workspaceFolder}", says: say`the folder of the workspace`, kind: "folder" },
  { value: "${fileDirname}", says: say`the directory of the file in the editor`, kind: "folder" },
];

function programChoices({ packages = [] }: Supply, config: Config): Choice[] {
  const mode = config["mode"] ?? "auto";
  if (config["request"] === "attach" || !["auto", "debug", "test"].includes(String(mode))) return [];
  const wanted = packages.filter(({ isMain, hasTests }) => (mode === "test" ? hasTests : isMain));
  const says = mode === "test" ? say`tests` : "package main";
  return [
    ...wanted.map(({ path }): Choice => ({ value: inFolder(path), says, kind: "folder" })),
    ...folders().filter(({ value }) => !wanted.some(({ path }) => inFolder(path) === value)),
    { value: "${file}", says: say`the file in the editor`, kind: "file" },
  ];
}

function inFolder(path: string): string {
  return path === "" ? "${workspaceFolder}" : `\${workspaceFolder}/${path}`;
}

/** In a text of several flags only the word at the caret is another. */
function flag({ word, says }: Word, { string }: Caret, isText: boolean): Choice {
  if (!isText || string === undefined) return { value: word, says: says() };
  const before = /^[\s\S]*\s|/.exec(string.before)?.[0] ?? "";
  const after = /\s[\s\S]*$|$/.exec(string.after)?.[0] ?? "";
  // What is around it is JSON already, as a person wrote it.
  const whole = `"${before}${word}${after}"`;
  return { value: word, says: says(), whole, search: `${before}${word}` };
}

function choice({ word, says }: Word): Choice {
  return { value: word, says: says() };
}

function listed({ word, says }: Word): Choice {
  return { value: word, says: says(), whole: JSON.stringify([word]) };
}

/** In scripts whose full stop is wide nothing stands between two sentences. */
function firstSentence(text: string): string {
  const first = /^.*?(?:[.:](?=\s|$)|[。：])/.exec(text)?.[0];
  return first?.replace(/:$/, ".").replace(/：$/, "。") ?? text;
}
