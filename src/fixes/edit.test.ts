import assert from "node:assert/strict";
import type { JsonEdit, JsonPath } from "../core/fix.ts";
import { editJsonc } from "./edit.ts";

function edit(text: string, ...edits: JsonEdit[]): string {
  const result = editJsonc(text, edits);
  assert.ok("text" in result, JSON.stringify(result));
  return result.text;
}

const lines = (...all: string[]) => `${all.join("\n")}\n`;

describe("setting a value in JSON with comments", () => {
  it("replaces a value and nothing else", () => {
    const before = '\uFEFF{\r\n\t// why\r\n\t"mode" : "auto" /* so */ ,\r\n\t"x": [1,2 ,3],\r\n}';
    assert.equal(edit(before, { at: ["mode"], value: "debug" }), before.replace('"auto"', '"debug"'));
  });

  it("adds a property behind the last one's comment, in the file's own indentation", () => {
    const before = lines("{", "\t/* a */", '\t"a": 1 // about a', "\t// last words", "}");
    const after = lines(
      "{",
      "\t/* a */",
      '\t"a": 1, // about a',
      '\t"b": {',
      '\t\t"c": "d"',
      "\t}",
      "\t// last words",
      "}",
    );
    assert.equal(edit(before, { at: ["b", "c"], value: "d" }), after);
  });

  it("keeps a trailing comma trailing", () => {
    assert.equal(
      edit(lines("{", '  "a": 1, // x', "}"), { at: ["b"], value: ["-v", "-x"] }),
      lines("{", '  "a": 1, // x', '  "b": ["-v", "-x"],', "}"),
    );
    assert.equal(edit('{ "a": 1, }', { at: ["b"], value: 2 }), '{ "a": 1, "b": 2, }');
  });

  it("stays on the line where the object does", () => {
    assert.equal(
      edit('{ "env": { "A": "1" } }', { at: ["env", "B"], value: "2" }),
      '{ "env": { "A": "1", "B": "2" } }',
    );
    assert.equal(edit("{}", { at: ["env", "B"], value: "2" }), '{ "env": { "B": "2" } }');
  });

  it("fills an empty object, null and an empty file", () => {
    assert.equal(
      edit(lines("{", '  "env": {}', "}"), { at: ["env", "A"], value: "1" }),
      lines("{", '  "env": {', '    "A": "1"', "  }", "}"),
    );
    assert.equal(edit('{"env": null}', { at: ["env", "A"], value: "1" }), '{"env": { "A": "1" }}');
    assert.equal(edit("// c", { at: ["a"], value: 1 }), lines("// c", "{", '    "a": 1', "}"));
  });

  it("appends to a list", () => {
    const before = lines("{", '  "l": [{', '    "name": "A"', "  }]", "}");
    const after = lines("{", '  "l": [{', '    "name": "A"', "  }, {", '    "name": "B"', "  }]", "}");
    assert.equal(edit(before, { at: ["l", 1], value: { name: "B" } }), after);
  });

  it("changes no byte where the value is there already", () => {
    const text = '{"a":[ 1,2 ]}';
    assert.equal(edit(text, { at: ["a"], value: [1, 2] }), text);
  });

  it("refuses what only a person can decide", () => {
    const refused = (text: string, at: JsonPath) => {
      const result = editJsonc(text, [{ at, value: 1 }]);
      return "refused" in result ? result.refused : "";
    };
    assert.match(refused('{"a": 1 "b": 2}', ["a"]), /line 1, column 9: a comma is missing/);
    assert.match(refused('{"a": 1, "a": 2}', ["a"]), /"a" is written twice/);
    assert.match(refused('{"env": "A=1"}', ["env", "A"]), /a string stands where an object/);
    assert.match(refused('{"l": []}', ["l", 3]), /no place 3/);
  });
});

describe("removing a property from JSON with comments", () => {
  it("takes its line and comma, not its neighbours' comments", () => {
    const before = lines(
      "{",
      '  "a": 1, // about a',
      "  // about b",
      '  "b": 2, // b too',
      "  // about c",
      '  "c": 3',
      "}",
    );
    const after = lines(
      "{",
      '  "a": 1, // about a',
      "  // about b",
      "  // b too",
      "  // about c",
      '  "c": 3',
      "}",
    );
    assert.equal(edit(before, { at: ["b"] }), after);
    assert.equal(
      edit(lines("{", '  "a": 1, // about a', '  "b": {', '    "x": 1', "  }", "}"), { at: ["b"] }),
      lines("{", '  "a": 1 // about a', "}"),
    );
  });

  it("keeps a trailing comma where there was one", () => {
    assert.equal(
      edit(lines("{", '  "a": 1,', '  "b": 2,', "}"), { at: ["b"] }),
      lines("{", '  "a": 1,', "}"),
    );
  });

  it("stays neat on one line", () => {
    const text = '{ "a": 1, "b": 2, "c": 3 }';
    assert.equal(edit(text, { at: ["a"] }), '{ "b": 2, "c": 3 }');
    assert.equal(edit(text, { at: ["b"] }), '{ "a": 1, "c": 3 }');
    assert.equal(edit(text, { at: ["c"] }), '{ "a": 1, "b": 2 }');
    assert.equal(edit('{ "a": 1 }', { at: ["a"] }), "{}");
    assert.equal(edit('{"l": ["-v", "--headless"]}', { at: ["l", 1] }), '{"l": ["-v"]}');
  });

  it("leaves an emptied env, and changes nothing that is not there", () => {
    const before = lines("{", '  "env": {', '    "A": "1"', "  }", "}");
    assert.equal(edit(before, { at: ["env", "A"] }), lines("{", '  "env": {}', "}"));
    assert.equal(edit(before, { at: ["env", "B"] }), before);
    assert.equal(edit(before, { at: ["args", 0] }), before);
  });
});
