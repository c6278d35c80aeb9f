import assert from "node:assert/strict";
import { type Attaching, attaching } from "../../../test/lab/attaching.ts";
import { silent } from "../../../test/lab/score.ts";
import { noTimeline } from "../../core/timeline.ts";
import { examine } from "../../examine/examine.ts";
import { localHost } from "../../hosts/local.ts";
import { gvisorSystrap } from "./gvisorSystrap.ts";

/** gVisor is a kernel of its own: here its real probe meets this one. The rule has what gVisor shows of itself. */
describe("a launch on a kernel that is not gVisor's", function () {
  this.timeout(240_000);
  let lab: Attaching;

  before(async () => {
    lab = await attaching();
  });
  after(() => lab?.remove());

  it("finds nothing, before it and after it", async () => {
    const stopped = await lab.launch();
    silent(stopped, "a launch on a kernel that is not gVisor's");
    const launch = { ...stopped.launch, timeline: noTimeline };
    const { findings, clear } = await examine(localHost, launch, [gvisorSystrap]);
    assert.deepEqual([findings, clear], [[], ["gvisor-systrap"]]);
  });
});
