import assert from "node:assert/strict";
import { chmodSync, existsSync } from "node:fs";
import { join } from "node:path";
import { golangStarts } from "../../../test/lab/golangGo.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { dlv } from "../../../test/lab/tools.ts";
import { planned } from "../../core/launch.ts";
import { noTimeline } from "../../core/timeline.ts";
import { examine } from "../../examine/examine.ts";
import { localHost } from "../../hosts/local.ts";
import { causes } from "../index.ts";
import { dlvWrapperDropsFd3OrNoise } from "./dlvWrapperDropsFd3OrNoise.ts";

const id = "dlv-wrapper-drops-fd3-or-noise";

describe("a script in front of dlv, started as golang.go starts dlv", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const wrapper = join(folder, "bin", "dlv");
  let config: Readonly<Record<string, unknown>> = {};
  let real = "";

  before(async () => {
    await warmCache();
    real = await dlv();
    config = debugConfig(folder, await labEnv(), { dlvToolPath: wrapper });
  });
  after(() => lab.remove());

  function script(line: string): void {
    lab.write("bin/dlv", `#!/bin/sh\n${line}\n`);
    chmodSync(wrapper, 0o755);
  }

  it("that closes file descriptor 3 is found, and is cured by a script that leaves it open", async () => {
    script(`exec "${real}" "$@" 3>&-`);
    const failed = await golangStarts(config, folder, { waitMs: 2000 });
    assert.equal(failed.ended, "failed");
    const finding = named(failed, id, "proven");
    assert.equal(finding.explains?.phase, "start");
    assert.equal(preferredFix(finding).action.kind, "advice");

    script(`echo starting; exec "${real}" "$@"`);
    cured(finding, await golangStarts(config, folder), "connected");
  });

  it("that closes it is found before any launch, and does not disturb a launch through the proxy", async () => {
    script(`exec "${real}" "$@" 3>&-`);
    const verdicts = await examine(localHost, { ...planned(config, folder), timeline: noTimeline }, causes);
    named({ verdicts }, id, "proven");
    const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
    silent(await labLaunch({ config, folder, breakpoints }), "a launch through the proxy with such a script");
  });

  it("that writes to file descriptor 3 is found", async () => {
    script(`printf 'starting ' >&3; exec "${real}" "$@"`);
    // The script's word and dlv's line may come in one piece or in two: only the first hides the line.
    const verdicts = await examine(localHost, { ...planned(config, folder), timeline: noTimeline }, causes);
    named({ verdicts }, id, "likely");
  });

  it("that goes through sudo is only read, and what it sets is not shown", async () => {
    const asked = join(folder, "asked");
    script(`TOKEN=secret exec sudo "${real}" "$@"`);
    // A sudo that tells whether it was run: the real one may need a password, or need none.
    lab.write("sudo/sudo", `#!/bin/sh\n: >'${asked}'\n`);
    chmodSync(join(folder, "sudo", "sudo"), 0o755);
    const env = { ...(config["env"] as object), PATH: `${join(folder, "sudo")}:${process.env["PATH"]}` };
    const launch = { ...planned({ ...config, env }, folder), timeline: noTimeline };
    const { findings } = await examine(localHost, launch, [dlvWrapperDropsFd3OrNoise]);
    assert.deepEqual([findings[0]?.cause, findings[0]?.certainty], [id, "likely"]);
    assert.match(String(findings[0]?.evidence[1]), /TOKEN=… exec sudo/);
    assert.doesNotMatch(JSON.stringify(findings), /secret/);
    assert.equal(existsSync(asked), false);
  });
});
