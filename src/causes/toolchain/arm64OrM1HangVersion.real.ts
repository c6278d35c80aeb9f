import assert from "node:assert/strict";
import { debugConfig, labEnv, makeFolder } from "../../../test/lab/module.ts";
import { silent } from "../../../test/lab/score.ts";
import { dlv } from "../../../test/lab/tools.ts";
import { planned } from "../../core/launch.ts";
import { noTimeline } from "../../core/timeline.ts";
import { examine } from "../../examine/examine.ts";
import { localHost } from "../../hosts/local.ts";
import { arm64OrM1HangVersion } from "./arm64OrM1HangVersion.ts";

describe("the versions that are reported to hang on arm64", function () {
  this.timeout(120_000);
  const lab = makeFolder();
  after(() => lab.remove());

  it("are not this machine's, even where a load is silent for long", async () => {
    const config = debugConfig(lab.folder, await labEnv(), { dlvToolPath: await dlv() });
    // The questions are asked of the real dlv, go and machine; only the silence is made up.
    const timeline = { ...noTimeline, totalMs: 9000, current: "load", idleMs: 8000 } as const;
    const launch = { ...planned(config, lab.folder), timeline };
    const verdicts = await examine(localHost, launch, [arm64OrM1HangVersion]);
    assert.deepEqual(verdicts.unknown, []);
    silent({ verdicts }, "a current dlv that says nothing in its load");
  });
});
