import assert from "node:assert/strict";
import { type Attaching, attaching } from "../../../test/lab/attaching.ts";
import { silent } from "../../../test/lab/score.ts";
import { noTimeline } from "../../core/timeline.ts";
import { examine } from "../../examine/examine.ts";
import { localHost } from "../../hosts/local.ts";
import { loopbackFiltered } from "./loopbackFiltered.ts";
import { wsl2MirroredLoopback } from "./wsl2MirroredLoopback.ts";

/** WSL needs a Windows: here its real probes meet this machine's loopback. The rule has what the threads report. */
describe("loopback where nothing slows it", function () {
  this.timeout(240_000);
  let lab: Attaching;

  before(async () => {
    lab = await attaching();
  });
  after(() => lab?.remove());

  it("is tried and found fast, without WSL", async () => {
    const stopped = await lab.launch();
    silent(stopped, "a launch over a loopback that nothing slows");
    const launch = { ...stopped.launch, timeline: noTimeline };
    const verdicts = await examine(localHost, launch, [loopbackFiltered, wsl2MirroredLoopback]);
    assert.deepEqual(verdicts, {
      findings: [],
      clear: ["loopback-filtered", "wsl2-mirrored-loopback"],
      unknown: [],
    });
  });
});
