import assert from "node:assert/strict";
import { type Attaching, attaching } from "../../../test/lab/attaching.ts";
import { silent } from "../../../test/lab/score.ts";

/** SELinux needs a kernel and a policy of its own: here its real probe meets a healthy launch. The rule has recorded lines. */
describe("a launch where SELinux refuses nothing", function () {
  this.timeout(240_000);
  let lab: Attaching;

  before(async () => {
    lab = await attaching();
  });
  after(() => lab?.remove());

  it("finds nothing, and knows that SELinux is not in the way", async () => {
    const stopped = await lab.launch();
    silent(stopped, "a launch where SELinux refuses nothing");
    assert.ok(stopped.verdicts.clear.includes("selinux-ptrace"));
  });
});
