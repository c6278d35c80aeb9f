import assert from "node:assert/strict";
import { skip } from "../lab/skip.ts";
import { dlv } from "../lab/tools.ts";
import { endureSession } from "./endurance.ts";
import { faults } from "./faults.ts";
import { type Lair, makeLair } from "./lair.ts";
import type { Phase } from "./phases.ts";
import { openTrial, type Trial } from "./trial.ts";

/** The faults that only a part of the product's own can clean up after; `npm run chaos` tries them all. */
const tried: readonly (readonly [string, Phase])[] = [
  ["kill -9 of dlv", "build"],
  ["SIGSTOP of go build, and the client disconnects", "build"],
  ["SIGSTOP of dlv, and the client disconnects", "configure"],
  ["the connection is reset", "handshake"],
  ["kill -9 of the adapter", "start"],
  ["kill -9 of the adapter", "build"],
  ["kill -9 of the client whose child the adapter is", "run"],
];

describe("a launch that something happens to", () => {
  let lair: Lair;
  let trial: Trial;
  before(async function () {
    if (process.platform !== "linux") skip(this, "what happens to a launch is looked for in /proc");
    lair = await makeLair(await dlv(), { functions: 1500 });
    trial = openTrial(lair);
  });
  after(async () => {
    await trial?.close();
    lair?.remove();
  });

  for (const [name, phase] of tried)
    it(`leaves nothing: ${name}, in ${phase}`, async () => {
      const fault = faults.find((one) => one.name === name);
      assert.ok(fault, name);
      const { outcome, left, next } = await trial.run(fault, phase);
      assert.deepEqual(left, [], outcome);
      assert.doesNotMatch(outcome, /NOT|stays open/);
      assert.equal(next, true, "the launch after it comes to its breakpoint");
    });

  it("leaves no descriptor and no timer behind, twenty times", async () => {
    // The adapter that listens since the last of these is in the lair as well.
    await trial.close();
    const { failed, held, left } = await endureSession(lair, 20);
    assert.equal(failed, 0);
    assert.deepEqual(left, []);
    for (const kept of [held.descriptors, held.resources])
      assert.ok(kept !== undefined && kept.last <= kept.first + 3, JSON.stringify(held));
  });
});
