import { isDeepStrictEqual } from "node:util";
import { applyEdits, type Edit, getNodeValue, type Node } from "jsonc-parser";
import { nodeAt, parseJsonc, position } from "../config/jsonc.ts";
import { splitBom } from "../config/text.ts";
import type { JsonEdit, JsonPath } from "../core/fix.ts";
import { say } from "../core/say.ts";
import {
  indentAt,
  type Layout,
  layoutOf,
  lineStart,
  render,
  skipBlanks,
  skipLineComments,
  skipTrivia,
} from "./layout.ts";

/** The edited text, or the one line that says why a person must edit it. */
export type Edited = { readonly text: string } | { readonly refused: string };

/**
 * Edits JSON with comments. Only what is edited changes: comments, order, commas, indentation, line ends and a byte order
 * mark stay. jsonc-parser's own `modify` would take the comments between a removed property and its neighbour along.
 */
export function editJsonc(text: string, edits: readonly JsonEdit[]): Edited {
  const { mark, body } = splitBom(text);
  let now = body;
  for (const edit of edits) {
    const { root, faults } = parseJsonc(now);
    const [fault] = faults;
    if (fault !== undefined) {
      const { line, column } = position(now, fault.offset);
      return { refused: say`line ${line}, column ${column}: ${fault.message}` };
    }
    const result = "value" in edit ? set(now, root, edit.at, edit.value) : remove(now, root, edit.at);
    if ("refused" in result) return result;
    now = result.text;
  }
  return { text: mark + now };
}

function set(body: string, root: Node | undefined, at: JsonPath, value: unknown): Edited {
  const layout = layoutOf(body);
  if (root === undefined) {
    const gap = body === "" || /[\n\r]$/.test(body) ? "" : layout.eol;
    return { text: body + gap + render(nest(at, value), layout, "") + layout.eol };
  }
  let node = root;
  for (const [depth, key] of at.entries()) {
    if (node.type === "null") return replace(body, node, nest(at.slice(depth), value), layout);
    const wrong = wrongAt(node, key);
    if (wrong !== undefined) return { refused: wrong };
    const next = step(node, key);
    if (next === undefined) return insert(body, node, key, nest(at.slice(depth + 1), value), layout);
    node = next;
  }
  return replace(body, node, value, layout);
}

/** A value inside the objects that a path names. */
function nest(at: JsonPath, value: unknown): unknown {
  return at.reduceRight<unknown>(
    (inner, key) => (typeof key === "number" ? [inner] : { [key]: inner }),
    value,
  );
}

function step(node: Node, key: string | number): Node | undefined {
  return typeof key === "number" ? node.children?.[key] : nodeAt(node, key);
}

function wrongAt(node: Node, key: string | number): string | undefined {
  const name = JSON.stringify(key);
  if (typeof key === "number") {
    if (node.type !== "array") return say`a ${node.type} stands where an array with ${name} belongs`;
    return key > (node.children?.length ?? 0) ? say`the list has no place ${key}` : undefined;
  }
  if (node.type !== "object") return say`a ${node.type} stands where an object with ${name} belongs`;
  const written = node.children?.filter((property) => property.children?.[0]?.value === key).length ?? 0;
  return written > 1 ? say`"${key}" is written twice; remove one of them` : undefined;
}

function replace(body: string, node: Node, value: unknown, layout: Layout): Edited {
  if (isDeepStrictEqual(getNodeValue(node), value)) return { text: body };
  const many = /[\n\r]/.test(body);
  const content = render(value, layout, many ? indentAt(body, node.offset) : undefined);
  return edited(body, [{ offset: node.offset, length: node.length, content }]);
}

function insert(body: string, container: Node, key: string | number, value: unknown, layout: Layout): Edited {
  const children = container.children ?? [];
  const [first] = children;
  const last = children.at(-1);
  const name = typeof key === "number" ? "" : `${JSON.stringify(key)}: `;
  const start = container.offset + 1;
  if (first === undefined || last === undefined) {
    const end = container.offset + container.length - 1;
    const inner = body.slice(start, end);
    const blank = inner.trim() === "";
    if (!/[\n\r]/.test(body)) {
      const content = ` ${name}${render(value, layout)}${blank ? " " : ""}`;
      return edited(body, [{ offset: start, length: blank ? inner.length : 0, content }]);
    }
    const outer = indentAt(body, container.offset);
    const indent = outer + layout.unit;
    const content = layout.eol + indent + name + render(value, layout, indent);
    const close = blank ? layout.eol + outer : "";
    return edited(body, [{ offset: start, length: blank ? inner.length : 0, content: content + close }]);
  }
  const end = last.offset + last.length;
  const comma = commaBehind(body, end);
  const tail = comma === undefined ? "" : ",";
  const ownLine = /^[ \t]*$/.test(body.slice(lineStart(body, first.offset), first.offset));
  if (!ownLine) {
    const many = /[\n\r]/.test(body.slice(start, container.offset + container.length));
    const entry = render(value, layout, many ? indentAt(body, container.offset) : undefined);
    const content = `${comma === undefined ? ", " : " "}${name}${entry}${tail}`;
    return edited(body, [{ offset: comma === undefined ? end : comma + 1, length: 0, content }]);
  }
  const indent = indentAt(body, first.offset);
  const content = layout.eol + indent + name + render(value, layout, indent) + tail;
  const offset = skipLineComments(body, comma === undefined ? end : comma + 1);
  const separator = comma === undefined ? [{ offset: end, length: 0, content: "," }] : [];
  return edited(body, [...separator, { offset, length: 0, content }]);
}

function remove(body: string, root: Node | undefined, at: JsonPath): Edited {
  let container: Node | undefined;
  let node = root;
  for (const key of at) {
    if (node === undefined) return { text: body };
    const wrong = wrongAt(node, key);
    if (wrong?.includes("twice")) return { refused: wrong };
    container = node;
    node = wrong === undefined ? step(node, key) : undefined;
  }
  if (container === undefined || node === undefined) return { text: body };
  const gone = container.type === "object" ? (node.parent ?? node) : node;
  const before = container.children?.[container.children.indexOf(gone) - 1];
  const end = gone.offset + gone.length;
  const comma = commaBehind(body, end);
  const edits = [
    tidy(body, gone.offset, comma !== undefined && skipBlanks(body, end) === comma ? comma + 1 : end),
  ];
  const [range] = edits;
  if (comma !== undefined && range !== undefined && comma >= range.offset + range.length)
    edits.push({ offset: comma, length: 1, content: "" });
  // A comma that a last entry leaves behind is one that was not there before: it goes, the comment behind it stays.
  const left =
    comma === undefined && before !== undefined
      ? commaBehind(body, before.offset + before.length)
      : undefined;
  if (left !== undefined) edits.unshift({ offset: left, length: 1, content: "" });
  const result = applyEdits(body, edits);
  // What still holds something is not looked at: to read a long text again for each of many edits takes long.
  return (container.children?.length ?? 0) > 1 ? { text: result } : collapse(result, at.slice(0, -1));
}

/** The range to delete for an entry: its whole lines where nothing else stands on them, else as little as is neat. */
function tidy(body: string, start: number, end: number): Edit {
  const line = lineStart(body, start);
  const alone = /^[ \t]*$/.test(body.slice(line, start));
  const behind = skipBlanks(body, end);
  const lineBreak = /^(?:\r\n|\n|\r)/.exec(body.slice(behind, behind + 2))?.[0] ?? "";
  if (alone && lineBreak !== "")
    return { offset: line, length: behind + lineBreak.length - line, content: "" };
  const follows = body[end - 1] === "," && lineBreak === "";
  if (alone || follows) return { offset: start, length: behind - start, content: "" };
  const from = body.slice(0, start).search(/[ \t]*$/);
  return { offset: from, length: end - from, content: "" };
}

/** An object or list that an edit emptied, and that holds no comment, is written {} or []. */
function collapse(text: string, at: JsonPath): Edited {
  const { root } = parseJsonc(text);
  const node = at.reduce<Node | undefined>((one, key) => one && step(one, key), root);
  if (node === undefined || (node.children?.length ?? 0) > 0) return { text };
  const inner = text.slice(node.offset + 1, node.offset + node.length - 1);
  if (inner.trim() !== "") return { text };
  return edited(text, [{ offset: node.offset + 1, length: inner.length, content: "" }]);
}

function commaBehind(body: string, end: number): number | undefined {
  const at = skipTrivia(body, end);
  return body[at] === "," ? at : undefined;
}

function edited(body: string, edits: Edit[]): Edited {
  return { text: applyEdits(body, edits) };
}
