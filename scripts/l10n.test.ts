import assert from "node:assert/strict";
import { flawsOf, textsOf } from "./l10n.ts";

describe("the texts of the source", () => {
  it("are those that say is given, as say looks them up", () => {
    const source =
      "const a = say`Apply`; const b: string = say`${1} of ${say`two \\`x\\``}`; other`no`; f`n`;";
    assert.deepEqual(textsOf("a.ts", source), ["Apply", "{0} of {1}", "two `x`"]);
  });

  it("cannot be read from what is no TypeScript", () => {
    assert.throws(() => textsOf("a.ts", "const ="), /a\.ts: /);
  });
});

describe("a translation", () => {
  it("is complete, puts the same in and has nothing left over", () => {
    const english = { "{0} of {1}": "{0} of {1}", Apply: "Apply" };
    assert.deepEqual(flawsOf(english, { "{0} of {1}": "{1} {0}", Apply: "应用" }), []);
    assert.deepEqual(flawsOf(english, { "{0} of {1}": "{0}", Gone: "x" }), [
      "does not put in the same: {0} of {1}",
      "not translated: Apply",
      "is said nowhere: Gone",
    ]);
  });
});
