import assert from "node:assert/strict";
import { pathRuleEdits, pathRules, substitute, withRules } from "./substitutePath.ts";

const rule = (from: string, to: string) => ({ from, to });

describe("substitutePath", () => {
  /** Path, rules and result, as Delve's own function gives them. */
  for (const [path, rules, expected] of [
    ["/w/a.go", [], "/w/a.go"],
    ["/w/a.go", [rule("/w", "/b")], "/b/a.go"],
    ["/w/a.go", [rule("/w/", "/b/")], "/b/a.go"],
    ["/work/a.go", [rule("/w", "/b")], "/work/a.go"],
    ["/w/a.go", [rule("/w/a.go", "/b/c.go"), rule("/w", "/d")], "/b/c.go"],
    ["/w/x/a.go", [rule("/w", "/b"), rule("/w/x", "/c")], "/b/x/a.go"],
    ["/w/x/a.go", [rule("/w", "")], "x/a.go"],
    ["x/a.go", [rule("", "/w")], "/w/x/a.go"],
    ["/x/a.go", [rule("", "/w")], "/x/a.go"],
    ["C:\\w\\X\\A.go", [rule("c:\\w", "/b")], "/b/x/a.go"],
    ["/w/X/a.go", [rule("/w", "c:\\b")], "c:\\b\\x\\a.go"],
    ["C:\\w\\a.go", [rule("C:\\w\\a.go", "c:/w/a.go")], "c:/w/a.go"],
  ] as const)
    it(`leads ${path} to ${expected} by ${JSON.stringify(rules)}`, () => {
      assert.equal(substitute(path, rules), expected);
    });

  it("is read without what Delve would refuse", () => {
    assert.deepEqual(pathRules({ substitutePath: [rule("/w", "/b"), { from: "/w" }, "/x"] }), [
      rule("/w", "/b"),
    ]);
    assert.deepEqual(pathRules({}), []);
  });

  const wanted = (path: string, known: string, one = rule("/w", "/b")) => [{ path, known, rule: one }];
  it("gets a new rule behind those that do not touch its path, and before one that would take it", () => {
    const other = rule("/x", "/y");
    assert.deepEqual(withRules([other], wanted("/w/a.go", "/b/a.go"), []), [other, rule("/w", "/b")]);
    assert.deepEqual(withRules([other, rule("/", "/c")], wanted("/w/a.go", "/b/a.go"), []), [
      other,
      rule("/w", "/b"),
      rule("/", "/c"),
    ]);
  });

  it("has a rule of the same prefix changed, never twice, and one that leads astray taken out", () => {
    assert.deepEqual(withRules([rule("/w", "/no")], wanted("/w/a.go", "/b/a.go"), []), [rule("/w", "/b")]);
    assert.deepEqual(withRules([rule("/w", "/no")], wanted("/w/a.go", "/w/a.go", rule("/w", "/w")), []), []);
  });

  it("keeps what was found before where a new rule would take it away", () => {
    const kept = [{ path: "/w/own/b.go", known: "/w/own/b.go" }];
    assert.deepEqual(withRules([], wanted("/w/a.go", "/b/a.go"), kept), [
      rule("/w/own/b.go", "/w/own/b.go"),
      rule("/w", "/b"),
    ]);
  });

  it("is edited where it changes and nowhere else", () => {
    const [a, b] = [rule("/a", "/x"), rule("/b", "/y")];
    assert.deepEqual(pathRuleEdits([], [a]), [{ at: ["substitutePath"], value: [a] }]);
    assert.deepEqual(pathRuleEdits([a], [a, b]), [{ at: ["substitutePath", 1], value: b }]);
    assert.deepEqual(pathRuleEdits([a, b], [a, rule("/b", "/z")]), [
      { at: ["substitutePath", 1, "to"], value: "/z" },
    ]);
    assert.deepEqual(pathRuleEdits([a], [b, a]), [{ at: ["substitutePath"], value: [b, a] }]);
    assert.deepEqual(pathRuleEdits([a], []), [{ at: ["substitutePath"] }]);
  });
});
