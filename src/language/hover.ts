import { findNodeAtOffset, getNodePath, type Node } from "jsonc-parser";
import { parseJsonc } from "../config/jsonc.ts";
import { splitBom } from "../config/text.ts";
import type { Config } from "../core/config.ts";
import { isOlderDelve } from "../core/delveReleases.ts";
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

const readers = {
  vscode: "VS Code",
  "golang.go": "the Go extension",
  delve: "Delve",
  "delve-doctor": "Delve Doctor",
} as const;

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
  const listed = taken.map(({ value, says: what }) => `- \`${value}\`: ${what}`);
  return [
    `**${name}** (${types.map(typeWords).join(" or ")})`,
    ...(deprecated === undefined ? [] : [`Out of use: ${deprecated}`]),
    says,
    ...(listed.length === 0 ? [] : [listed.join("\n")]),
    `*${readBy(attribute)}*`,
    ...tooOld(attribute, config, world),
  ];
}

function typeWords(type: Attribute["types"][number]): string {
  if (type === "string[]") return "list of strings";
  if (type === "pairs") return "list of { from, to }";
  return type === "variables" ? "object of strings" : type;
}

function readBy({ reader, requests, modes, since, adapter }: Attribute): string {
  const [first = "", ...more] = requests;
  const who = `Read by ${readers[reader]}${since === undefined ? "" : ` since ${since}`}`;
  const when = more.length === 0 ? `, in ${first === "attach" ? "an attach" : "a launch"} only` : "";
  const which = modes === undefined ? "" : `, in the mode${modes.length > 1 ? "s" : ""} ${modes.join(", ")}`;
  const how = adapter === "legacy" ? ", with the legacy adapter only" : "";
  return `${who}${when}${which}${how}.`;
}

function tooOld({ since }: Attribute, config: Config, world: World): string[] {
  const delve = since === undefined ? undefined : world.delve(config);
  if (delve === undefined || since === undefined || !isOlderDelve(delve, since)) return [];
  return [`The dlv of this configuration is ${delve} and ignores it.`];
}

/** What a value stands for, where the mouse is on one and there is more to say of it than the attribute says. */
function valueLines(node: Node, { name, values }: Attribute, world: World): string[] {
  const isKey = node.parent?.type === "property" && node.parent.children?.[0] === node;
  if (isKey) return [];
  const known = values?.find(({ value }) => value === node.value);
  if (known !== undefined) return [`\`${known.value}\`: ${known.says}.`];
  if (!paths.includes(name) || typeof node.value !== "string" || !node.value.includes("${")) return [];
  const expanded = world.expand(node.value);
  return expanded === undefined || /[`\n]/.test(expanded) ? [] : [`\`${expanded}\``];
}
