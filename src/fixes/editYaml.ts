import { isDeepStrictEqual } from "node:util";
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { splitBom } from "../config/text.ts";
import type { JsonEdit, JsonPath } from "../core/fix.ts";
import { say } from "../core/say.ts";
import type { Edited } from "./edit.ts";
import { lineStart } from "./layout.ts";
import { renderYaml, type YamlStyle } from "./renderYaml.ts";
import { columnOf, endOf, endOfNode, isEmpty, pairAt, startOf, styleOf } from "./yamlPlaces.ts";

/** One stretch of the text to replace. */
interface Patch {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Thrown where an edit cannot be made safely; its message completes "FILE, …". */
class Refused extends Error {}

/**
 * Edits one document of a YAML stream, counted from 0. The text is patched where the parser says that a node lies, because
 * a stringifier would move comments; every other byte stays. The result is parsed again and must be the old value with
 * just these edits, or it is refused: an anchor that other places share, a merge key, a flow collection that is laid out
 * in an unforeseen way end there.
 */
export function editYaml(text: string, document: number, edits: readonly JsonEdit[]): Edited {
  const { mark, body } = splitBom(text);
  let now = body;
  try {
    for (const edit of edits) now = edited(now, document, edit);
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
  return { text: mark + now };
}

/** The documents of a YAML text as plain values, or the line that says why it cannot be read. */
export function readYaml(
  text: string,
): { readonly values: readonly unknown[] } | { readonly refused: string } {
  const documents = documentsOf(splitBom(text).body);
  return "refused" in documents ? documents : { values: documents.map(plainValue) };
}

function documentsOf(body: string): Document.Parsed[] | { readonly refused: string } {
  const documents = [...parseAllDocuments(body, { merge: true, logLevel: "error" })];
  for (const { errors } of documents) {
    const [error] = errors;
    if (error === undefined) continue;
    const [{ line, col } = { line: 0, col: 0 }] = error.linePos ?? [];
    return {
      refused: say`line ${line}, column ${col}: ${error.message.split("\n")[0]?.replace(/ at line.*/, "") ?? ""}`,
    };
  }
  return documents;
}

/** As plain data without shared parts: what an alias stands for is copied to where it stands. */
function plainValue(document: Document.Parsed): unknown {
  return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 1000 }) ?? null));
}

function edited(body: string, index: number, edit: JsonEdit): string {
  const documents = documentsOf(body);
  if ("refused" in documents) throw new Refused(documents.refused);
  const document = documents[index];
  if (document === undefined) throw new Refused(say`there is no document ${index + 1}`);
  const patch = "value" in edit ? set(body, document, edit.at, edit.value) : remove(body, document, edit.at);
  if (patch === undefined) return body;
  const text = body.slice(0, patch.from) + patch.text + body.slice(patch.to);

  const expected = documents.map(plainValue);
  expected[index] = withEdit(expected[index], edit.at, edit);
  const after = documentsOf(text);
  if ("refused" in after || !isDeepStrictEqual(after.map(plainValue), expected))
    throw new Refused(
      say`the edit would change more than it should; an anchor or an unusual layout is in the way`,
    );
  return text;
}

function withEdit(value: unknown, at: JsonPath, edit: JsonEdit): unknown {
  const [key, ...rest] = at;
  if (key === undefined) return edit.value;
  if (typeof key === "number") {
    const list = Array.isArray(value) ? [...value] : [];
    list[key] = withEdit(list[key], rest, edit);
    return list;
  }
  const { [key]: old, ...others } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (rest.length === 0 && !("value" in edit)) return others;
  return { ...others, [key]: withEdit(old, rest, edit) };
}

function set(body: string, document: Document.Parsed, at: JsonPath, value: unknown): Patch | undefined {
  const style = styleOf(body, document);
  let node: Node | null = document.contents;
  for (const [depth, key] of at.entries()) {
    const rest = nest(at.slice(depth + 1), value);
    if (isMap(node)) {
      const pair = pairAt(node, key);
      if (pair === undefined) return insertPair(body, node, String(key), rest, style);
      if (isEmpty(pair.value)) return fillPair(body, pair, rest, style);
      node = pair.value as Node;
    } else if (isSeq(node) && typeof key === "number") {
      if (key === node.items.length) return insertItem(body, node, rest, style);
      node = (node.items[key] ?? null) as Node | null;
    } else throw new Refused(wrongAt(node, key));
  }
  if (!isScalar(node) || node.range == null)
    throw new Refused(say`a list or an object stands where a value belongs`);
  if (isDeepStrictEqual(node.value, value)) return undefined;
  // A list or an object in the place of a scalar starts on its key's line.
  const form = typeof value === "object" && value !== null ? { ...style, flow: true } : style;
  return { from: node.range[0], to: node.range[1], text: renderYaml(value, form).join(style.eol) };
}

function wrongAt(node: Node | null, key: string | number): string {
  if (isAlias(node)) return say`"${key}" is under the alias *${node.source}; edit its anchor by hand`;
  return node === null
    ? say`nothing stands where "${key}" belongs`
    : say`something else stands where "${key}" belongs`;
}

function nest(at: JsonPath, value: unknown): unknown {
  return at.reduceRight<unknown>(
    (inner, key) => (typeof key === "number" ? [inner] : { [key]: inner }),
    value,
  );
}

function insertPair(body: string, map: YAMLMap, key: string, value: unknown, style: YamlStyle): Patch {
  if (map.flow)
    return insertInFlow(body, map, `${key}: ${renderYaml(value, { ...style, flow: true }).join("")}`);
  const [first] = map.items;
  const last = map.items.at(-1);
  if (first === undefined || last === undefined)
    throw new Refused(say`nothing stands where "${key}" belongs`);
  const column = columnOf(body, startOf(first.key));
  return behind(body, endOf(body, last), renderYaml({ [key]: value }, style), column, style);
}

function insertItem(body: string, list: YAMLSeq, value: unknown, style: YamlStyle): Patch {
  if (list.flow) return insertInFlow(body, list, renderYaml(value, { ...style, flow: true }).join(""));
  const last = list.items.at(-1);
  const column = columnOf(body, startOf(list));
  return behind(body, endOf(body, last), renderYaml([value], style), column, style);
}

/** A key with nothing behind its colon gets its value there. */
function fillPair(body: string, pair: Pair, value: unknown, style: YamlStyle): Patch {
  const colon = body.indexOf(":", endOfNode(pair.key)) + 1;
  const flow = ` ${renderYaml(value, { ...style, flow: true }).join("")}`;
  return { from: colon, to: colon, text: flow };
}

function insertInFlow(body: string, node: YAMLMap | YAMLSeq, text: string): Patch {
  const last = node.items.at(-1);
  const at = last === undefined ? startOf(node) + 1 : endOf(body, last);
  return { from: at, to: at, text: last === undefined ? text : `, ${text}` };
}

/** New lines behind the line on which something ends, its comment included. */
function behind(
  body: string,
  end: number,
  lines: readonly string[],
  column: number,
  style: YamlStyle,
): Patch {
  const rest = /^[^\n\r]*/.exec(body.slice(end))?.[0].length ?? 0;
  const at = /[\n\r]/.test(body[end - 1] ?? "")
    ? end - (/\r?\n$|\r$/.exec(body.slice(0, end))?.[0].length ?? 0)
    : end + rest;
  const indent = " ".repeat(column);
  return { from: at, to: at, text: lines.map((line) => style.eol + indent + line).join("") };
}

function remove(body: string, document: Document.Parsed, at: JsonPath): Patch | undefined {
  let node: Node | null = document.contents;
  for (const key of at.slice(0, -1)) {
    if (isMap(node)) node = (pairAt(node, key)?.value ?? null) as Node | null;
    else if (isSeq(node) && typeof key === "number") node = (node.items[key] ?? null) as Node | null;
    else if (node === null) return undefined;
    else throw new Refused(wrongAt(node, key));
  }
  const key = at.at(-1) ?? "";
  const pair = isMap(node) ? pairAt(node, key) : undefined;
  if (pair === undefined || !isMap(node)) return undefined;
  const from = lineStart(body, startOf(pair.key));
  const alone = body.slice(from, startOf(pair.key)).trim() === "" && !node.flow && node.items.length > 1;
  if (!alone) throw new Refused(say`"${key}" shares its line with something else; remove it by hand`);
  const end = endOf(body, pair);
  const to = /[\n\r]/.test(body[end - 1] ?? "")
    ? end
    : end + (/^[^\n\r]*(?:\r\n|\n|\r)?/.exec(body.slice(end))?.[0].length ?? 0);
  return { from, to, text: "" };
}
