import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  Parser,
  parseAllDocuments,
  type ScalarTag,
} from "yaml";
import { splitBom } from "../config/text.ts";
import type { JsonPath } from "../core/fix.ts";
import { say } from "../core/say.ts";
import type { Flaw, Read, Stretch } from "./document.ts";

/** The largest text (UTF-16 units) that is read: the parser takes about two seconds for a megabyte. */
export const largestYaml = 256 * 1024;

/** Behind the first fault the parser guesses; what it says then helps nobody. */
const most = 20;

/** Levels beyond which nobody writes a compose file, and the parser gets slow or runs out of stack. */
const deepest = 200;

/** Reads a YAML stream. A path starts with the number of the document in the stream, counted from 0. */
export function openYaml(text: string): Read {
  const { mark, body } = splitBom(text);
  const shift = mark.length;
  const documents = isDeep(body) ? [] : read(body);
  const faults = documents.flatMap(({ errors }) =>
    errors.map(({ message, pos }): Flaw => {
      const start = Math.min(pos[0] + shift, Math.max(text.length - 1, shift));
      const end = Math.min(Math.max(pos[1] + shift, start + 1), Math.max(text.length, start));
      return { code: "DLV001", start, end, message: firstLine(message) };
    }),
  );
  // A template of Helm or Jinja is YAML only when it is rendered.
  if (faults.length > 0 && /\{\{|\{%/.test(body)) return nothing;
  return {
    values: documents.flatMap((one, index) => valuesOf(one, index)),
    flaws: [
      ...faults.slice(0, most),
      ...documents
        .flatMap(({ contents, errors }) => (errors.length > 0 ? [] : duplicatesIn(contents, shift)))
        .slice(0, most),
    ],
    locate(at, key) {
      const root = documents[Number(at[0] ?? 0)]?.contents;
      return root === null || root === undefined
        ? { start: 0, end: 0 }
        : locate(root, at.slice(1), key, shift);
    },
    get comments() {
      return commentsOf(body, shift);
    },
  };
}

const nothing: Read = { values: [], flaws: [], locate: () => ({ start: 0, end: 0 }), comments: [] };

/** Counts brackets and dashes as they stand, in texts too: so many are in no text of a container's description. */
function isDeep(body: string): boolean {
  let depth = 0;
  for (const [bracket] of body.matchAll(/[[{\]}]/g)) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    if (depth > deepest) return true;
  }
  return new RegExp(`(?:[-?:][ \\t]+){${deepest}}|\\n {${deepest * 4}}\\S`).test(body);
}

/** In a compose file that is laid over another: the other's value goes, whatever stands behind the tag. */
const reset: ScalarTag = { tag: "!reset", resolve: () => null };

function read(body: string) {
  try {
    const documents = parseAllDocuments(body, {
      // Whether keys are unique is looked at below: the parser compares each with all others.
      uniqueKeys: false,
      merge: true,
      prettyErrors: false,
      // A warning would be one of this process, on its stderr.
      logLevel: "error",
      customTags: [reset],
    });
    return "empty" in documents ? [] : documents;
  } catch {
    // Deep nesting runs the parser out of stack.
    return [];
  }
}

/** The keys that are written again in the same map. A merge key may be. */
function duplicatesIn(root: Node | null, shift: number): Flaw[] {
  const found: Flaw[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isSeq(node)) open.push(...node.items.filter(isNode));
    if (!isMap(node)) continue;
    const keys = new Set<unknown>();
    for (const { key, value } of node.items) {
      if (isNode(value)) open.push(value);
      if (!isScalar(key) || key.value === "<<") continue;
      const [start, end] = key.range ?? [0, 0];
      const message = say`"${String(key.value)}" is written twice in one map; remove one of them.`;
      if (keys.has(key.value))
        found.push({ code: "DLV002", start: start + shift, end: end + shift, message });
      keys.add(key.value);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

type One = ReturnType<typeof read>[number];

function valuesOf(one: One, index: number): { under: JsonPath; value: unknown }[] {
  try {
    return one.errors.length > 0
      ? []
      : [{ under: [index], value: one.toJS({ maxAliasCount: 100 }) as unknown }];
  } catch {
    // Aliases that multiply, or that name nothing.
    return [];
  }
}

function firstLine(message: string): string {
  return `${message.split("\n")[0]?.replace(/[.:]$/, "")}.`;
}

function locate(root: ParsedNode, at: JsonPath, mark: "key" | undefined, shift: number): Stretch {
  let node: Node = root;
  let key: Node | undefined;
  for (const step of at) {
    const next = stepTo(node, step);
    if (next === undefined) break;
    key = next.key;
    if (next.value === undefined) break;
    node = next.value;
  }
  const shown = mark === "key" || isMap(node) || isSeq(node) ? (key ?? node) : node;
  const [start, end] = shown.range ?? [0, 0];
  return { start: start + shift, end: end + shift };
}

function stepTo(node: Node, step: string | number): { key?: Node; value?: Node } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(step)];
    return isNode(item) ? { value: item } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  if (pair === undefined) return undefined;
  return { ...(isNode(pair.key) && { key: pair.key }), ...(isNode(pair.value) && { value: pair.value }) };
}

function commentsOf(body: string, shift: number): (Stretch & { text: string })[] {
  const found: (Stretch & { text: string })[] = [];
  if (isDeep(body)) return found;
  // The lexer's tokens are those of YAML; a # inside a text is not among them.
  const open: unknown[] = [...new Parser().parse(body)];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== "object" || one === null) continue;
    if ("type" in one && one.type === "comment" && "source" in one && "offset" in one) {
      const start = Number(one.offset) + shift;
      found.push({ start, end: start + String(one.source).length, text: String(one.source) });
      continue;
    }
    for (const inner of Object.values(one)) if (typeof inner === "object") open.push(inner);
  }
  return found.sort((a, b) => a.start - b.start);
}
