import assert from "node:assert/strict";
import { join } from "node:path";
import { alone } from "../../../scripts/setup/part.ts";
import { type LabCgroup, makeCgroup, noCgroup, wrapDlv } from "../../../test/lab/cgroup.ts";
import { hogFiles } from "../../../test/lab/hog.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { dlv } from "../../../test/lab/tools.ts";
import type { Launch } from "../../core/launch.ts";
import { spent } from "../../core/timeline.ts";

describe("a CPU quota", function () {
  this.timeout(240_000);
  const lab = makeFolder(hogFiles);
  const { folder } = lab;
  let group: LabCgroup | undefined;

  before(async function () {
    const why = noCgroup("cpu");
    if (why !== undefined) skip(this, why);
    await warmCache();
  });

  after(async () => {
    await group?.remove();
    lab.remove();
  });

  it("is proven while the build goes on, and without it the launch reaches its stop", () =>
    alone("busy-cpus", async () => {
      group = makeCgroup("cpu", 0.1);
      const wrapped = wrapDlv(lab, [group.enter], await dlv());
      const config = debugConfig(folder, await labEnv());
      const breakpoints = [{ file: join(folder, "main.go"), line: 9 }];
      // A second of CPU takes ten: the build passes its usual four seconds and is not done.
      const enough = ({ timeline }: Launch) =>
        timeline.current === "build" && spent(timeline, "build") > 5000;
      const slow = await labLaunch({ config, folder, dlv: wrapped, breakpoints, enough });
      assert.equal(slow.ended, "enough");
      // A machine that is busy besides is no error of this test.
      const finding = named(slow, "cpu-throttled", "proven", ["go-telemetry-or-gopls-load"]);
      assert.equal(finding.explains?.phase, "build");
      assert.match(finding.because, /^The CPU limit of 0\.1 CPUs stops dlv and all it runs in \d+ %/);
      assert.match(finding.evidence.join("\n"), /within a second: throttled in \d+ of \d+ periods/);

      group.lift();
      cured(finding, await labLaunch({ config, folder, dlv: wrapped, breakpoints }));
    }));
});
