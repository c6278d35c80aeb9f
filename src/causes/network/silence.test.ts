import assert from "node:assert/strict";
import { keepAliveSeconds, lostInQuiet } from "./silence.ts";

describe("a connection lost in a quiet time", () => {
  it("was not kept alive, or too late", () => {
    assert.ok(lostInQuiet(60_000));
    assert.ok(lostInQuiet(60_000, 0));
    assert.ok(lostInQuiet(60_000, 60_000));
    assert.equal(lostInQuiet(500), false);
    assert.equal(lostInQuiet(3000, 20_000), false);
    assert.equal(lostInQuiet(60_000, 20_000), false);
  });

  it("is kept alive at half of the shortest limit, in whole seconds", () => {
    assert.equal(keepAliveSeconds(15, 300_000), 15);
    assert.equal(keepAliveSeconds(15, 20_000), 10);
    assert.equal(keepAliveSeconds(15, 300_000, 9000), 4);
    assert.equal(keepAliveSeconds(15, 1200), 1);
  });
});
