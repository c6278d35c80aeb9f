import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Node, parseSync, Visitor } from "oxc-parser";

/** What holds what a person reads of a rule, an attribute or a proposal. A rule's page, `about`, is English. */
const keys = new Set(["title", "message", "truth", "says", "deprecated", "label"]);

/** Names, which are the same in every language. */
const names = new Set(["Go", "package main"]);

/** Longer than what a snippet calls a launch. */
const sentence = /(?:\S+ ){4}/;

/** A plain text with a word in it; "" of anything else. */
function plainText(node: Node): string {
  const text =
    node.type === "Literal" && typeof node.value === "string"
      ? node.value
      : node.type === "TemplateLiteral"
        ? node.quasis.map(({ value }) => value.raw).join("…")
        : "";
  return names.has(text) || !/[A-Za-z]{2}/.test(text) ? "" : text;
}

/** The places of the plain texts that an expression may come to. */
function plainIn(node: Node | null): number[] {
  if (node === null) return [];
  if (plainText(node) !== "") return [node.start];
  if (node.type === "ConditionalExpression") return [...plainIn(node.consequent), ...plainIn(node.alternate)];
  if (node.type === "LogicalExpression" || node.type === "BinaryExpression")
    return [...plainIn(node.left), ...plainIn(node.right)];
  return node.type === "ArrowFunctionExpression" ? plainIn(node.body) : [];
}

/** The lines where what a person reads is not said: plain texts behind the keys, and as arguments those of five words. */
function plainTexts(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source);
  assert.deepEqual(errors, [], file);
  const places: number[] = [];
  const pages: (readonly [number, number])[] = [];
  new Visitor({
    VariableDeclarator({ id, init }) {
      if (id.type === "Identifier" && keys.has(id.name)) places.push(...plainIn(init));
    },
    Property({ key, value }) {
      if (key.type !== "Identifier") return;
      if (key.name === "about") pages.push([value.start, value.end]);
      if (keys.has(key.name)) places.push(...plainIn(value));
    },
    CallExpression({ arguments: given }) {
      places.push(...given.flatMap((one) => (sentence.test(plainText(one)) ? [one.start] : [])));
    },
  }).visit(program);
  const lines = source.split("\n");
  return [...new Set(places)]
    .filter((at) => !pages.some(([from, to]) => at >= from && at < to))
    .sort((a, b) => a - b)
    .map((at) => source.slice(0, at).split("\n").length)
    .map((line) => `${file}:${line}: ${lines[line - 1]?.trim()}`);
}

describe("what rules say to a person", () => {
  it("is said, so that it can be translated", () => {
    const rooms = [import.meta.dirname, join(import.meta.dirname, "..", "language")];
    const files = rooms.flatMap((room) =>
      readdirSync(room, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts") && !/(?:\.(?:test|real)|samples)\.ts$/.test(name))
        .map((name) => join(room, name)),
    );
    assert.ok(files.length > 100);
    assert.deepEqual(
      files.flatMap((file) => plainTexts(file, readFileSync(file, "utf8"))),
      [],
    );
  });

  it("is found where it is plain", () => {
    const source = [
      "const one = { title: 'A title', message: say`Said`, about: { title: 'A page' } };",
      "const two = { message: bad ? `Not said ${one}` : say`Said` };",
      "const message = wrong ?? 'Plain';",
      "const three = { message, label: '…', title: `${one}` };",
      "const four = { says: () => 'Plain' };",
      "const five = complain(at, 'This sentence is not said.', say`This is said too.`);",
    ].join("\n");
    const found = plainTexts("a.ts", source);
    assert.deepEqual(
      found.map((line) => line.split(": ")[0]),
      ["a.ts:1", "a.ts:2", "a.ts:3", "a.ts:5", "a.ts:6"],
    );
    assert.match(found[1] ?? "", /^a\.ts:2: const two = /);
  });
});
