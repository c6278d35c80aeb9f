import assert from "node:assert/strict";
import fc from "fast-check";
import { spliceOf, unsplice } from "./splice.ts";

describe("the stretch in which two texts differ", () => {
  it("is the smallest there is", () => {
    assert.deepEqual(spliceOf("one two three", "one 2 three"), { at: 4, removed: "two", inserted: "2" });
    assert.deepEqual(spliceOf("a,b", "a,b"), { at: 3, removed: "", inserted: "" });
    assert.deepEqual(spliceOf("aa", "aaa"), { at: 2, removed: "", inserted: "a" });
  });

  it("parts no character and no line end", () => {
    assert.deepEqual(spliceOf("[🐹, 🐺]", "[🐺]"), { at: 1, removed: "🐹, ", inserted: "" });
    assert.deepEqual(spliceOf("🐹", "🐺"), { at: 0, removed: "🐹", inserted: "🐺" });
    assert.deepEqual(spliceOf("\u{1f439}", "\u{1f839}"), {
      at: 0,
      removed: "\u{1f439}",
      inserted: "\u{1f839}",
    });
    assert.deepEqual(spliceOf("a\r\nb", "a\nb"), { at: 1, removed: "\r\n", inserted: "\n" });
    assert.deepEqual(spliceOf("a\r\nb", "a\rb"), { at: 1, removed: "\r\n", inserted: "\r" });
  });

  it("makes the one text of the other, and back, whatever they are", () => {
    const text = fc.string({
      unit: fc.constantFrom(..."a,\r\n🐹🐺\uFEFF", "\ud83d", "\udc39"),
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { at, removed, inserted } = spliceOf(before, after);
        assert.equal(before.slice(0, at) + inserted + before.slice(at + removed.length), after);
        assert.equal(unsplice(after, { at, removed, inserted }), before);
        const cuts = [at, at + removed.length].map((end) => before.slice(end - 1, end + 1));
        assert.ok(!cuts.some((cut) => cut === "\r\n" || cut === "🐹" || cut === "🐺"), JSON.stringify(cuts));
      }),
    );
  });
});
