import assert from "node:assert/strict";
import { makeHarmless } from "./harmless.ts";

describe("a guard", () => {
  it("hands arguments and results through", () => {
    const harmless = makeHarmless(assert.fail);
    assert.equal(harmless((a: number, b: number) => a + b)(1, 2), 3);
  });

  it("tells of the first failure and keeps all that it guards quiet from then on", () => {
    const told: string[] = [];
    const harmless = makeHarmless((because) => told.push(because));
    const fails = harmless((why: string) => {
      throw new Error(why);
    });
    const works = harmless(() => "works");
    assert.equal(works(), "works");
    assert.equal(fails("first"), undefined);
    assert.equal(fails("second"), undefined);
    assert.equal(works(), undefined);
    assert.deepEqual(told, ["first"]);
  });

  it("tells once of a failure within a failure", () => {
    const told: string[] = [];
    const harmless = makeHarmless((because) => told.push(because));
    const inner = harmless(() => {
      throw new Error("inner");
    });
    harmless(() => {
      inner();
      throw new Error("outer");
    })();
    assert.deepEqual(told, ["inner"]);
  });
});
