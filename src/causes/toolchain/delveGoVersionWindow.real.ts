import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { needDelve, oldDelve } from "../../../scripts/setup/delve.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { dlv, go } from "../../../test/lab/tools.ts";
import { planned } from "../../core/launch.ts";
import { noTimeline } from "../../core/timeline.ts";
import { examine } from "../../examine/examine.ts";
import { localHost } from "../../hosts/local.ts";
import { delveGoVersionWindow } from "./delveGoVersionWindow.ts";

describe("a Delve and a Go that do not fit", function () {
  this.timeout(600_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  const bin = join(folder, "bin");
  let env: Record<string, string> = {};
  let config: Readonly<Record<string, unknown>> = {};

  before(async () => {
    await warmCache();
    env = await labEnv();
    mkdirSync(bin);
    copyFileSync(await needDelve(oldDelve.version, oldDelve.go), join(bin, "dlv"));
    config = debugConfig(folder, env, { dlvToolPath: join(bin, "dlv") });
  });
  after(() => lab.remove());

  it("are found before any launch", async () => {
    const launch = { ...planned(config, folder), timeline: noTimeline };
    const { findings } = await examine(localHost, launch, [delveGoVersionWindow]);
    assert.equal(findings[0]?.certainty, "proven");
    assert.match(findings[0].because, /^Delve 1\.22\.1 supports Go 1\.19 to 1\.22; .* go1\.\d+/);
    assert.equal(findings[0].explains, undefined);
  });

  it("are found when the launch fails after its build; the last resort reaches the stop", async () => {
    const failed = await labLaunch({ config, folder, breakpoints });
    assert.equal(failed.ended, "failed");
    assert.match(String(failed.launch.timeline.failure?.text), /too old for Go version/);
    const finding = named(failed, "delve-go-version-window", "proven");
    assert.equal(finding.explains?.phase, "load");

    const unchecked = finding.fixes.map((fix) => ({ ...fix, preferred: fix.id.endsWith("/unchecked") }));
    const again = await labLaunch({
      config: fixedConfig(config, { ...finding, fixes: unchecked }),
      folder,
      breakpoints,
    });
    assert.equal(again.ended, "stopped");
    assert.ok(again.verdicts.clear.includes("delve-go-version-window"));
  });

  it("are found for a program that is only run", async () => {
    const program = join(folder, "hello");
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    const launch = { ...planned({ ...config, mode: "exec", program }, folder), timeline: noTimeline };
    const { findings } = await examine(localHost, launch, [delveGoVersionWindow]);
    assert.equal(findings[0]?.certainty, "proven");
    assert.match(findings[0].evidence.join("\n"), /go version of the program: go1\./);
  });

  it("fit again once the fix has put the right Delve into the place of the old one", async () => {
    const launch = { ...planned(config, folder), timeline: noTimeline };
    const verdicts = await examine(localHost, launch, [delveGoVersionWindow]);
    const finding = named({ verdicts }, "delve-go-version-window", "proven");
    const { action } = preferredFix(finding);
    assert.ok(action.kind === "command");
    const [file = "", ...args] = action.argv;
    // Without cgo, as the tests' own dlv was built: most of it then comes from the build cache.
    execFileSync(file, args, {
      cwd: folder,
      env: { ...process.env, ...env, CGO_ENABLED: "0" },
      stdio: "pipe",
    });
    const healthy = await labLaunch({ config, folder, breakpoints });
    cured(finding, healthy);
  });

  it("is not what is found for the newest pair", async () => {
    const launch = { ...planned({ ...config, dlvToolPath: await dlv() }, folder), timeline: noTimeline };
    assert.deepEqual((await examine(localHost, launch, [delveGoVersionWindow])).findings, []);
  });
});
