import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  Parser,
  parseAllDocuments,
} from "yaml";
import { splitBom } from "../config/text.ts";
import type { JsonPath } from "../core/fix.ts";
import type { Document, Flaw, Stretch } from "./document.ts";

type Read = Omit<Document, "file" | "kind" | "text">;

/** Reads a YAML stream. A path starts with the number of the document in the stream, counted from 0. */
export function openYaml(text: string): Read {
  const { mark, body } = splitBom(text);
  const shift = mark.length;
  const documents = read(body);
  const flaws = documents.flatMap(({ errors }) =>
    errors.map(({ message, pos }): Flaw => {
      const [start, end] = pos;
      return {
        code: "DLV001",
        start: start + shift,
        end: Math.max(end, start + 1) + shift,
        message: firstLine(message),
      };
    }),
  );
  return {
    values: documents.flatMap((one, index) => valuesOf(one, index)),
    flaws,
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

function read(body: string) {
  try {
    const documents = parseAllDocuments(body, {
      lineCounter: new LineCounter(),
      uniqueKeys: true,
      prettyErrors: true,
    });
    return "empty" in documents ? [] : documents;
  } catch {
    // Deep nesting runs the parser out of stack.
    return [];
  }
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
  return `${message.split(/\n| at line \d/)[0]?.replace(/[.:]$/, "")}.`;
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
  // The lexer's tokens are those of YAML; a # inside a text is not among them.
  const walk = (one: unknown): void => {
    if (typeof one !== "object" || one === null) return;
    if ("type" in one && one.type === "comment" && "source" in one && "offset" in one) {
      const start = Number(one.offset) + shift;
      found.push({ start, end: start + String(one.source).length, text: String(one.source) });
      return;
    }
    for (const inner of Object.values(one)) walk(inner);
  };
  for (const token of new Parser().parse(body)) walk(token);
  return found.sort((a, b) => a.start - b.start);
}
