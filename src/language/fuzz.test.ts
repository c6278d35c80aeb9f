import assert from "node:assert/strict";
import fc from "fast-check";
import { sampleWorld } from "../../test/language/sampleWorld.ts";
import { platforms } from "../config/platform.ts";
import { unknownWorld } from "../core/world.ts";
import { attributes } from "../rules/attributes/table.ts";
import { rules } from "../rules/index.ts";
import { check } from "./check.ts";
import { completeAt } from "./completion.ts";
import type { Document } from "./document.ts";
import { hoverAt } from "./hover.ts";
import type { Kind } from "./kind.ts";
import { openDocument } from "./open.ts";
import { edit, fixAll, ignoreHere } from "./quickFix.ts";

const kinds: readonly Kind[] = ["launch", "workspace", "tasks", "settings", "devcontainer", "compose", "pod"];
const supply = { processes: [], packages: [], envFiles: [] };
const wishes = { builtInJson: false, snippets: true };

/** Words that rules look for, so that a made-up configuration comes near what they judge. */
const words = fc.oneof(
  fc.constantFrom(
    ...["launch", "attach", "debug", "test", "exec", "remote", "local", "go", "-s -w", "-gcflags=-l"],
    ...["${workspaceFolder}/missing", "${file}", "${nope}", "~", "--headless", "-ldflags='-s", "2345"],
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const value = fc.oneof(
  { depthSize: "small", withCrossShrink: true },
  words,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(words, { maxLength: 3 }),
  fc.dictionary(words, words, { maxKeys: 3 }),
  fc.array(fc.dictionary(fc.constantFrom("from", "to", "x"), words), { maxLength: 2 }),
);
const attribute = fc.oneof(fc.constantFrom(...attributes.map(({ name }) => name)), words);
const plain = fc
  .dictionary(attribute, value, { maxKeys: 8 })
  .map((one): Record<string, unknown> => ({ type: "go", name: "a", request: "launch", ...one }));
const configuration = fc
  .tuple(plain, fc.option(fc.tuple(fc.constantFrom(...platforms), plain)))
  .map(([one, block]) => (block === null ? one : { ...one, [block[0]]: block[1] }));
const launch = fc.record(
  {
    configurations: fc.oneof(fc.array(configuration, { maxLength: 3 }), value),
    compounds: fc.oneof(fc.array(fc.dictionary(attribute, value), { maxLength: 2 }), value),
    inputs: value,
  },
  { requiredKeys: ["configurations"] },
);

/** Everything that an editor asks of a document; nothing of it may throw. */
function use(document: Document, offset: number): void {
  for (const world of [unknownWorld, sampleWorld])
    for (const { start, end } of check(document, rules, world))
      assert.ok(start >= 0 && start <= end && end <= document.text.length, `${start} ${end}`);
  hoverAt(document, offset, sampleWorld);
  for (const { start, end } of completeAt(document, offset, sampleWorld, supply, wishes))
    assert.ok(start >= 0 && start <= end && end <= document.text.length);
}

describe("the language server's answers", function () {
  this.timeout(60_000);

  it("are given for any text, taken for any kind of file", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.constantFrom(...kinds), fc.nat(), (text, kind, offset) =>
        use(openDocument("/w/x", kind, text), offset % (text.length + 1)),
      ),
      { numRuns: 300 },
    );
  });

  it("are given for launch.json as it is while somebody types: cut off, or with something put in", () => {
    fc.assert(
      fc.property(launch, fc.nat(), fc.string({ maxLength: 3 }), (made, cut, typed) => {
        const text = JSON.stringify(made, undefined, 2);
        const at = cut % (text.length + 1);
        use(openDocument("/w/.vscode/launch.json", "launch", text.slice(0, at)), at);
        const between = text.slice(0, at) + typed + text.slice(at);
        use(openDocument("/w/.vscode/launch.json", "launch", between), at);
      }),
      { numRuns: 150 },
    );
  });

  it("hold edits that leave a text which can be read, and that are settled in one go", () => {
    fc.assert(
      fc.property(launch, (made) => {
        const open = (text: string) => openDocument("/w/.vscode/launch.json", "launch", text);
        const document = open(JSON.stringify(made, undefined, 2));
        const problemsOf = (one: Document) => check(one, rules, sampleWorld);
        for (const problem of problemsOf(document)) {
          for (const { title, edits } of problem.fixes) {
            const edited = edit(document, edits);
            if ("refused" in edited) continue;
            assert.deepEqual(open(edited.text).flaws, [], title);
          }
          const ignored = ignoreHere(document, problem);
          assert.ok(ignored !== undefined, problem.message);
          const { at, inserted } = ignored;
          const quiet = open(document.text.slice(0, at) + inserted + document.text.slice(at));
          assert.deepEqual(quiet.values, document.values);
        }
        const whole = fixAll(document, problemsOf);
        assert.equal(fixAll(open(whole), problemsOf), whole);
      }),
      { numRuns: 100 },
    );
  });
});
