import assert from "node:assert/strict";
import fc from "fast-check";
import { findNodeAtLocation, type Node, parse, parseTree, visit } from "jsonc-parser";
import type { JsonEdit, JsonPath } from "../core/fix.ts";
import { editJsonc } from "./edit.ts";
import { spliceOf, unsplice } from "./splice.ts";

/** Edits, and proves on the way that the change can be taken back to the same text. */
function edit(text: string, change: JsonEdit): string {
  const result = editJsonc(text, [change]);
  assert.ok("text" in result, JSON.stringify(result));
  assert.equal(unsplice(result.text, spliceOf(text, result.text)), text);
  return result.text;
}

/** JSON values whose objects have different keys, and a text for one with white space and comments anywhere. */
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(1, -2.5, true, null, "text", "// no comment", "/* nor this */", 'q"\\'),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom("a", "b", "env", "x y", "//"), tie("value"), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).value;
const trivia = fc.constantFrom(
  "",
  "",
  "",
  " ",
  "\n",
  "\r\n\t",
  "  ",
  "/* c */",
  " // d\n    ",
  "/* e\n f */ ",
  "\n  // g\n",
);

function print(value: unknown, gap: () => string, comma: () => boolean): string {
  const list = (open: string, items: string[], close: string) =>
    `${open}${gap()}${items.join(`${gap()},${gap()}`)}${items.length > 0 && comma() ? `${gap()},` : ""}${gap()}${close}`;
  if (Array.isArray(value))
    return list(
      "[",
      value.map((item) => print(item, gap, comma)),
      "]",
    );
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}${gap()}:${gap()}${print(item, gap, comma)}`,
  );
  return list("{", entries, "}");
}

const document = fc
  .tuple(
    fc.dictionary(fc.constantFrom("a", "b", "env"), json, { noNullPrototype: true }),
    fc.infiniteStream(trivia),
    fc.infiniteStream(fc.boolean()),
  )
  .map(([value, gaps, commas]) => {
    const gap = () => gaps.next().value ?? "";
    return { value, text: `${gap()}${print(value, gap, () => commas.next().value === true)}${gap()}` };
  });

function paths(value: unknown, at: JsonPath = []): JsonPath[] {
  if (typeof value !== "object" || value === null) return [at];
  const inner = Array.isArray(value)
    ? value.flatMap((item, index) => paths(item, [...at, index]))
    : Object.entries(value).flatMap(([key, item]) => paths(item, [...at, key]));
  return [at, ...inner];
}

/** The comments of a text but for those inside an entry that is to go. */
function comments(text: string, gone?: JsonPath): string[] {
  const node = gone && findNodeAtLocation(parseTree(text) as Node, [...gone]);
  const entry = node?.parent?.type === "property" ? node.parent : node;
  const all: string[] = [];
  visit(text, {
    onComment: (offset, length) => {
      const inside = entry !== undefined && offset >= entry.offset && offset < entry.offset + entry.length;
      if (!inside) all.push(text.slice(offset, offset + length));
    },
  });
  return all;
}

function read(text: string): unknown {
  const errors: never[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  assert.deepEqual(errors, [], text);
  return value;
}

/** The same edit on the value alone. */
function expected(value: unknown, [key, ...rest]: JsonPath, change: { value?: unknown }): unknown {
  if (key === undefined) return change.value;
  const gone = rest.length === 0 && !("value" in change);
  if (Array.isArray(value)) {
    const copy = [...value];
    if (gone) copy.splice(Number(key), 1);
    else copy[Number(key)] = expected(copy[Number(key)], rest, change);
    return copy;
  }
  const copy = { ...(value as Record<string, unknown>) };
  if (gone) delete copy[String(key)];
  else copy[String(key)] = expected(copy[String(key)], rest, change);
  return copy;
}

describe("editing any JSON with comments", () => {
  const runs = { numRuns: 1500 };

  it("reads back the edited value, all others unchanged, every comment outside it kept in order", () => {
    fc.assert(
      fc.property(document, fc.nat(), json, fc.boolean(), ({ value, text }, index, fresh, removes) => {
        const all = paths(value);
        const at = all[index % all.length] ?? [];
        fc.pre(at.length > 0);
        const change = removes ? {} : { value: fresh };
        const after = edit(text, { at, ...change });
        assert.deepEqual(read(after), expected(value, at, change));
        if (removes) assert.deepEqual(comments(after), comments(text, at));
      }),
      runs,
    );
  }).timeout(120_000);

  it("keeps all comments when a scalar is set or a property is added", () => {
    fc.assert(
      fc.property(document, fc.nat(), fc.boolean(), ({ value, text }, index, adds) => {
        const all = paths(value).filter((at) => {
          const here = at.reduce<unknown>(
            (one, key) => (one as Record<string | number, unknown>)[key],
            value,
          );
          const scalar = typeof here !== "object" || here === null;
          return adds ? !scalar && !Array.isArray(here) : scalar;
        });
        fc.pre(all.length > 0);
        const at = all[index % all.length] ?? [];
        const change = adds ? { at: [...at, "fresh"], value: { deep: ["x"] } } : { at, value: 7 };
        const after = edit(text, change);
        assert.deepEqual(read(after), expected(value, change.at, change));
        assert.deepEqual(comments(after), comments(text), after);
      }),
      runs,
    );
  }).timeout(120_000);
});
