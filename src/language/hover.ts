import { findNodeAtOffset, getNodePath, type Node } from "jsonc-parser";
import { parseJsonc } from "../config/jsonc.ts";
import { splitBom } from "../config/text.ts";
import type { Config } from "../core/config.ts";
import { isOlderDelve } from "../core/delveReleases.ts";
import { anyOf } from "../core/lists.ts";
import { say } from "../core/say.ts";
import type { World } from "../core/world.ts";
import { type Attribute, attributeOf } from "../rules/attributes/table.ts";
import type { Document, Stretch } from "./document.ts";
import { placeOf } from "./place.ts";

/** What is shown of a stretch of the text. */
export interface Hover extends Stretch {
  readonly markdown: string;
}

/** Attributes whose value is a path that is more than it says: their variables are replaced in what is shown. */
const paths: readonly string[] = [
  "program",
  "cwd",
  "dlvCwd",
  "output",
  "envFile",
  "coreFilePath",
  "traceDirPath",
  "stdinFrom",
  "stdoutTo",
  "stderrTo",
];

function nameOf(reader: Attribute["reader"]): string {
  if (reader === "golang.go") return say`the Go extension`;
  return { vscode: "VS Code", delve: "Delve", "delve-doctor": "Delve Doctor" }[reader];
}

/** What an attribute of a Go configuration does, or one of its values; undefined for everything else. */
export function hoverAt(document: Document, offset: number, world: World): Hover | undefined {
  if (document.kind === "compose" || document.kind === "pod") return undefined;
  const { mark, body } = splitBom(document.text);
  const { root } = parseJsonc(body);
  const node = root && findNodeAtOffset(root, offset - mark.length);
  if (node === undefined || node.type === "object" || node.type === "array") return undefined;
  const place = placeOf(document, getNodePath(node));
  if (place?.in !== "configuration") return undefined;
  const attribute = attributeOf(String(place.path[0]));
  if (attribute === undefined) return undefined;
  const start = node.offset + mark.length;
  return {
    start,
    end: start + node.length,
    markdown: [...valueLines(node, attribute, world), ...attributeLines(attribute, place.config, world)].join(
      "\n\n",
    ),
  };
}

function attributeLines(attribute: Attribute, config: Config, world: World): string[] {
  const { name, types, says, values, deprecated } = attribute;
  const request = config["request"];
  const taken = (values ?? []).filter(
    ({ of }) => of === undefined || (request !== "launch" && request !== "attach") || of === request,
  );
  const listed = taken.map(({ value, says: what }) => `- \`${value}\`: ${what()}`);
  return [
    `**${name}** (${anyOf(types.map(typeWords))})`,
    ...(deprecated === undefined ? [] : [say`Out of use: ${deprecated()}`]),
    says(),
    ...(listed.length === 0 ? [] : [listed.join("\n")]),
    `*${readBy(attribute)}*`,
    ...tooOld(attribute, config, world),
  ];
}

function typeWords(type: Attribute["types"][number]): string {
  if (type === "string[]") return say`list of strings`;
  if (type === "pairs") return say`list of { from, to }`;
  return type === "variables" ? say`object of strings` : type;
}

function readBy({ reader, requests, modes, since, adapter }: Attribute): string {
  const who = nameOf(reader);
  const listed = (modes ?? []).join(", ");
  const parts = [
    since === undefined ? say`Read by ${who}` : say`Read by ${who} since ${since}`,
    requests.length > 1
      ? undefined
      : requests.includes("attach")
        ? say`in an attach only`
        : say`in a launch only`,
    modes === undefined
      ? undefined
      : modes.length > 1
        ? say`in the modes ${listed}`
        : say`in the mode ${listed}`,
    adapter === "legacy" ? say`with the legacy adapter only` : undefined,
  ];
  return say`${parts.filter((part) => part !== undefined).join(", ")}.`;
}

function tooOld({ since }: Attribute, config: Config, world: World): string[] {
  const delve = since === undefined ? undefined : world.delve(config);
  if (delve === undefined || since === undefined || !isOlderDelve(delve, since)) return [];
  return [say`The dlv of this configuration is ${delve} and ignores it.`];
}

/** What a value stands for, where the mouse is on one and there is more to say of it than the attribute says. */
function valueLines(node: Node, { name, values }: Attribute, world: World): string[] {
  const isKey = node.parent?.type === "property" && node.parent.children?.[0] === node;
  if (isKey) return [];
  const known = values?.find(({ value }) => value === node.value);
  if (known !== undefined) return [say`\`${known.value}\`: ${known.says()}.`];
  if (!paths.includes(name) || typeof node.value !== "string" || !node.value.includes("${")) return [];
  const expanded = world.expand(node.value);
  return expanded === undefined || /[`\n]/.test(expanded) ? [] : [`\`${expanded}\``];
}
