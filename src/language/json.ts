import { createScanner, type Node } from "jsonc-parser";
import { duplicates, parseJsonc } from "../config/jsonc.ts";
import { splitBom } from "../config/text.ts";
import type { JsonPath } from "../core/fix.ts";
import { say } from "../core/say.ts";
import type { Flaw, Read, Stretch } from "./document.ts";

/** The largest text (UTF-16 units) that is read: a hundred times the longest launch.json that anybody keeps. */
export const largestJson = 2 * 1024 * 1024;

/** Behind the first fault the parser guesses; a hundred lines about one missing quote help nobody. */
const most = 20;

/** Reads JSON with comments. */
export function openJson(text: string): Read {
  const { mark, body } = splitBom(text);
  const shift = mark.length;
  const { root, faults } = parseJsonc(body);
  const flaws: Flaw[] = faults.slice(0, most).map(({ offset, message }) => {
    const start = Math.min(offset, body.length) + shift;
    return { code: "DLV001", start, end: Math.min(start + 1, text.length), message: say`${message}.` };
  });
  for (const key of root === undefined ? [] : duplicates(root).slice(0, most))
    flaws.push({
      code: "DLV002",
      ...stretchOf(key, shift),
      message: say`"${String(key.value)}" is written twice in one object, and only the last counts; remove one of them.`,
    });
  const values = root === undefined ? [] : [{ under: [], value: plainValue(root) }];
  return {
    values,
    flaws,
    locate: (at, key) =>
      root === undefined ? { start: 0, end: 0 } : stretchOf(nodeFor(root, at, key), shift),
    get comments() {
      return commentsOf(body, shift);
    },
  };
}

/** As JSON.parse would have it; the parser's own objects have no prototype, and a template literal throws at them. */
function plainValue({ type, value, children = [] }: Node): unknown {
  if (type === "array") return children.map(plainValue);
  if (type !== "object") return value;
  const object: Record<string, unknown> = {};
  for (const { children: [key, written] = [] } of children) {
    // A key that has no value yet is none.
    if (key === undefined || written === undefined) continue;
    const name = String(key.value);
    if (name === "__proto__")
      Object.defineProperty(object, name, { value: plainValue(written), ...property });
    else object[name] = plainValue(written);
  }
  return object;
}

const property = { enumerable: true, configurable: true, writable: true };

function stretchOf({ offset, length }: Pick<Node, "offset" | "length">, shift: number): Stretch {
  return { start: offset + shift, end: offset + length + shift };
}

/** The node of a path; where the path ends early, the key of the property that it ends in, which is short. */
function nodeFor(root: Node, at: JsonPath, mark: "key" | undefined): Node {
  let node = root;
  for (const [depth, step] of at.entries()) {
    const next = stepTo(node, step);
    if (next === undefined) return depth === 0 ? node : headOf(node);
    node = next;
  }
  return mark === "key" ? headOf(node) : node;
}

/** The key of a property's value; the name of an object in a list, or the object itself. */
function headOf(node: Node): Node {
  if (node.parent?.type === "property") return node.parent.children?.[0] ?? node;
  return stepTo(node, "name") ?? node;
}

function stepTo(node: Node, step: string | number): Node | undefined {
  if (typeof step === "number") return node.type === "array" ? node.children?.[step] : undefined;
  if (node.type !== "object") return undefined;
  return node.children?.findLast((property) => property.children?.[0]?.value === step)?.children?.[1];
}

function commentsOf(body: string, shift: number): (Stretch & { text: string })[] {
  const found: (Stretch & { text: string })[] = [];
  // Not the parser's own visit, which runs out of stack where brackets are nested deeply.
  const scanner = createScanner(body);
  while (scanner.getPosition() < body.length) {
    scanner.scan();
    const at = scanner.getTokenOffset();
    const text = body.slice(at, at + scanner.getTokenLength());
    if (text.startsWith("/")) found.push({ start: at + shift, end: at + shift + text.length, text });
  }
  return found;
}
