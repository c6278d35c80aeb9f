import assert from "node:assert/strict";
import { slopeOf } from "./endurance.ts";
import { fuzz } from "./fuzz.ts";
import { flood } from "./memory.ts";

/** What the flood of a test is, and what memory may grow by (bytes) meanwhile. */
const floodBytes = 20e6;
const mostGrown = 12e6;

describe("a session that gets odd bytes", () => {
  it("throws nothing, loses nothing and says what it cannot read", async () => {
    const { cases, passed, refused } = await fuzz(120, 1);
    assert.equal(cases, 120);
    assert.ok(passed > 20 && refused > 20, `${passed} went on, ${refused} were refused`);
  });

  for (const side of ["client", "dlv"] as const)
    for (const head of ["", "X: ", "Content-Length: 2000000000\r\n\r\n"])
      it(`holds little of a flood from the ${side} behind ${JSON.stringify(head)}`, async () => {
        const { grown } = await flood(side, "flood", head, floodBytes);
        assert.ok(grown < mostGrown, `${grown} bytes`);
      });
});

describe("the slope of what is held", () => {
  it("is that of the nearest straight line, with its error", () => {
    const line = slopeOf([1, 2, 3, 4].map((at) => [at, 10 + 2 * at]));
    assert.deepEqual(line, { first: 12, last: 18, slope: 2, error: 0 });
    const { slope, error } = slopeOf([
      [1, 1],
      [2, 3],
      [3, 2],
      [4, 4],
    ]);
    assert.ok(
      Math.abs(slope - 0.8) < 1e-9 && Math.abs(error - Math.sqrt(0.18)) < 1e-9,
      `${slope} ± ${error}`,
    );
  });
});
