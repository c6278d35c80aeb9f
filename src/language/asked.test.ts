import assert from "node:assert/strict";
import { each, openAsked } from "./asked.ts";

describe("answers that are looked up when somebody has asked", () => {
  it("are looked up all at once, and each but once", async () => {
    const trips: (readonly string[])[] = [];
    const asked = openAsked(async (keys) => {
      trips.push(keys);
      return new Map(keys.filter((key) => key !== "unknown").map((key) => [key, key.length]));
    });
    assert.deepEqual(["a", "bb", "unknown"].map(asked.get), [undefined, undefined, undefined]);
    assert.equal(await asked.settle(), true);
    assert.deepEqual(["a", "bb", "unknown"].map(asked.get), [1, 2, undefined]);
    assert.equal(await asked.settle(), false, "what nobody can tell is not asked for again");
    assert.deepEqual(trips, [["a", "bb", "unknown"]]);
  });

  it("are asked for anew where they were forgotten meanwhile", async () => {
    let answer = "old";
    const asked = openAsked(async (keys) => {
      const now = answer;
      await new Promise(setImmediate);
      return new Map(keys.map((key) => [key, now]));
    });
    asked.get("key");
    const settling = asked.settle();
    answer = "new";
    asked.forget();
    assert.equal(await settling, true);
    assert.equal(asked.get("key"), undefined);
    await asked.settle();
    assert.equal(asked.get("key"), "new");
  });

  it("lack one that cannot be had, and no other for it", async () => {
    const answer = each(async (key) => {
      if (key === "bad") throw new Error("not to be had");
      return key;
    });
    assert.deepEqual([...(await answer(["good", "bad"]))], [["good", "good"]]);
  });
});
