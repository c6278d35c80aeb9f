import assert from "node:assert/strict";
import { type Rule, rule } from "../core/rule.ts";
import { unknownWorld } from "../core/world.ts";
import { check, type Memory } from "./check.ts";
import { openDocument } from "./open.ts";

/** A rule that complains of every configuration, and notes which it was asked about. */
function noting(asked: unknown[]): Rule {
  return rule({
    code: "DLV199",
    id: "noting",
    title: "Noting",
    severity: "hint",
    of: "configuration",
    prevents: [],
    about: { what: "", wrong: "", right: "", sources: [] },
    *check({ config }) {
      asked.push(config["name"]);
      yield { at: ["name"], message: `${config["name"]}` };
    },
  });
}

const open = (text: string) => openDocument("/w/.vscode/launch.json", "launch", text);
const one = (name: string, more = "") => `{ "name": "${name}", "type": "go"${more} }`;
const launch = (...configurations: string[]) => `{ "configurations": [${configurations.join(",\n")}] }`;

describe("a check with a memory", () => {
  it("asks of what is written differently alone, wherever it stands", () => {
    const asked: unknown[] = [];
    const memory: Memory = new Map();
    const told = (text: string) => {
      const problems = check(open(text), [noting(asked)], unknownWorld, memory);
      return problems.map(({ message, start, end }) => `${message} ${text.slice(start, end)}`);
    };
    assert.deepEqual(told(launch(one("a"), one("b"))), ['a "a"', 'b "b"']);
    assert.deepEqual(told(launch(one("c"), one("b"), one("a"))), ['c "c"', 'b "b"', 'a "a"']);
    assert.deepEqual(asked, ["a", "b", "c"]);
  });

  it("remembers what was no configuration while a bracket had no other half", () => {
    const asked: unknown[] = [];
    const memory: Memory = new Map();
    const rules = [noting(asked)];
    const type = (more: string) =>
      check(open(launch(one("a", more), one("b"))), rules, unknownWorld, memory).filter(
        ({ code }) => code === "DLV199",
      ).length;
    assert.equal(type(""), 2);
    assert.equal(type(', "x": ['), 1);
    assert.equal(type(', "x": []'), 2);
    assert.deepEqual(asked, ["a", "b", "a", "a"]);
  });

  it("asks once for all platforms that see a configuration alike, and of each that has a block", () => {
    const asked: unknown[] = [];
    const blocks = ', "linux": { "name": "l" }, "osx": { "name": "o" }';
    check(open(launch(one("a", blocks))), [noting(asked)], unknownWorld);
    assert.deepEqual(asked, ["a", "o", "l"]);
    check(open(launch(one("a", `${blocks}, "windows": {}`))), [noting(asked)], unknownWorld);
    assert.deepEqual(asked.slice(3), ["a", "o", "l"]);
  });

  it("does not grow with what was written once", () => {
    const memory: Memory = new Map();
    for (let round = 0; round < 40; round += 1)
      check(open(launch(one(`${round} ${"x".repeat(100_000)}`))), [], unknownWorld, memory);
    assert.ok(memory.size > 0 && memory.size < 25, `${memory.size}`);
  });
});
