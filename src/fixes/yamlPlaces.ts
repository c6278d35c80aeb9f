import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  type YAMLMap,
} from "yaml";
import { layoutOf, lineStart } from "./layout.ts";
import type { YamlStyle } from "./renderYaml.ts";

/** The pair of a map with this key. */
export function pairAt(map: YAMLMap, key: string | number): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

/** True where nothing is written: a key with nothing behind its colon. */
export function isEmpty(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null && (node.source ?? "") === "");
}

/** The offset at which a node starts. */
export function startOf(node: unknown): number {
  if (isCollection(node) || isScalar(node) || isAlias(node)) return node.range?.[0] ?? 0;
  return 0;
}

/** The offset at which a node ends; for a block collection that is behind its trailing comments. */
export function endOfNode(node: unknown): number {
  return isCollection(node) || isScalar(node) || isAlias(node) ? (node.range?.[1] ?? 0) : 0;
}

/** Where the content of a node, an item or a pair ends, without the comments and blank lines behind it. */
export function endOf(body: string, node: unknown): number {
  if (isPair(node))
    return isEmpty(node.value) ? body.indexOf(":", endOfNode(node.key)) + 1 : endOf(body, node.value);
  if (isCollection(node) && !node.flow) return endOf(body, node.items.at(-1));
  return endOfNode(node);
}

/** The column of an offset, counted from 0. */
export function columnOf(body: string, offset: number): number {
  return offset - lineStart(body, offset);
}

/** How the text indents: the first map inside a map, and the first list inside one. */
export function styleOf(body: string, document: Document.Parsed): YamlStyle {
  const found: { step?: number; listStep?: number } = {};
  const walk = (map: unknown): void => {
    if (isSeq(map)) map.items.forEach(walk);
    if (!isMap(map)) return;
    for (const { key, value } of map.items) {
      if (isCollection(value) && !value.flow && value.items.length > 0) {
        const step = columnOf(body, startOf(value)) - columnOf(body, startOf(key));
        if (isMap(value) && step > 0) found.step ??= step;
        if (isSeq(value) && step >= 0) found.listStep ??= step;
      }
      walk(value);
    }
  };
  walk(document.contents);
  const step = found.step ?? 2;
  return { eol: layoutOf(body).eol, step, listStep: found.listStep ?? step, flow: false };
}
