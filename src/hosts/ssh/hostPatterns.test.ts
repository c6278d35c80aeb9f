import assert from "node:assert/strict";
import fc from "fast-check";
import { matchesPattern, matchesPatterns } from "./hostPatterns.ts";

describe("OpenSSH's patterns", () => {
  it("take * for any run and ? for one character", () => {
    for (const [text, pattern, expected] of [
      ["web1", "web1", true],
      ["web1", "web*", true],
      ["web", "web*", true],
      ["web1.example.com", "*.example.com", true],
      ["example.com", "*.example.com", false],
      ["web1", "web?", true],
      ["web", "web?", false],
      ["web12", "web?", false],
      ["abcabd", "*ab?", true],
      ["web1", "WEB1", false],
      ["", "*", true],
      ["", "?", false],
      ["a.b", "a?b", true],
      ["axb", "a.b", false],
    ] as const)
      assert.equal(matchesPattern(text, pattern), expected, `${text} ${pattern}`);
  });

  it("need a match that is not negated", () => {
    assert.equal(matchesPatterns("web9", ["web*", "!web9"]), false);
    assert.equal(matchesPatterns("web8", ["web*", "!web9"]), true);
    assert.equal(matchesPatterns("web8", ["!web9"]), false);
    assert.equal(matchesPatterns("web8", []), false);
  });

  it("agree with a regular expression, and never take long", function () {
    this.timeout(20_000);
    const letters = fc.array(fc.constantFrom("a", "b", "*", "?", "."), { maxLength: 12 });
    fc.assert(
      fc.property(letters, letters, (text, pattern) => {
        const same = new RegExp(
          `^${pattern.map((one) => (one === "*" ? ".*" : one === "?" ? "." : `[${one}]`)).join("")}$`,
        );
        assert.equal(matchesPattern(text.join(""), pattern.join("")), same.test(text.join("")));
      }),
    );
    assert.equal(matchesPattern("a".repeat(5000), `${"*a".repeat(50)}b`), false);
  });
});
