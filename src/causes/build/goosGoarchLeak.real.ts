import assert from "node:assert/strict";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";

/** Imports nothing: what it needs of the standard library is compiled for another system in seconds. */
const files = {
  "go.mod": "module example.com/small\n\ngo 1.25\n",
  "main.go": 'package main\n\nfunc main() {\n\tprintln("small")\n}\n',
};

describe("a build for another system", function () {
  this.timeout(600_000);
  const lab = makeFolder(files);
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 4 }];
  const otherCpu = process.arch === "arm64" ? "amd64" : "arm64";
  let env: Record<string, string> = {};

  before(async () => {
    await warmCache();
    env = await labEnv();
  });
  after(() => lab.remove());

  const launch = (config: Readonly<Record<string, unknown>>) =>
    labLaunch({ config, folder, breakpoints, limitMs: 300_000 });

  it("is named with both systems, and removing the variable reaches the stop", async () => {
    const config = debugConfig(folder, { ...env, GOOS: "windows" });
    const failed = await launch(config);
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "goos-goarch-leak", "proven");
    assert.match(finding.because, /builds for windows\//);
    assert.match(finding.evidence.join("\n"), /GOOS: set by this configuration's environment/);
    assert.match(finding.evidence.join("\n"), /not an executable file/);

    const fixed = fixedConfig(config, finding);
    assert.ok(!("GOOS" in (fixed["env"] as object)));
    cured(finding, await launch(fixed));
  });

  it("is named for another processor that `go env -w` stored, and the launch's own value wins", async () => {
    lab.write("go.env", `GOARCH=${otherCpu}\n`);
    const config = debugConfig(folder, { ...env, GOENV: join(folder, "go.env") });
    const failed = await launch(config);
    const finding = named(failed, "goos-goarch-leak", "proven");
    assert.match(finding.evidence.join("\n"), /exec format error/);
    assert.match(finding.evidence.join("\n"), /GOARCH: set by what `go env -w` wrote/);
    cured(finding, await launch(fixedConfig(config, finding)));
  });

  it("is silent where GOOS names this very system", async () => {
    const healthy = await launch(debugConfig(folder, { ...env, GOOS: "linux" }));
    silent(healthy, "GOOS names the system that it is");
  });
});
