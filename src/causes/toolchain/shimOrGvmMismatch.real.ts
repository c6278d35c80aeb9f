import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { dirname, join } from "node:path";
import { delveFromOlderGo } from "../../../scripts/setup/delve.ts";
import { needToolchain } from "../../../scripts/setup/go.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { go } from "../../../test/lab/tools.ts";

describe("a go and a Go tree that are two", function () {
  this.timeout(600_000);
  const lab = makeFolder();
  const { folder } = lab;
  const launch = (config: Readonly<Record<string, unknown>>) =>
    labLaunch({ config, folder, breakpoints: [{ file: join(folder, "main.go"), line: 6 }] });
  let env: Record<string, string> = {};
  let otherRoot = "";

  before(async () => {
    await warmCache();
    env = await labEnv();
    otherRoot = dirname(dirname(await needToolchain(delveFromOlderGo.go)));
  });
  after(() => lab.remove());

  it("are named where GOROOT is another version's, and without it the launch reaches the stop", async () => {
    const config = debugConfig(folder, { ...env, GOROOT: otherRoot });
    const failed = await launch(config);
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "shim-or-gvm-mismatch", "proven");
    assert.match(finding.because, new RegExp(`which is ${delveFromOlderGo.go}`));
    assert.match(finding.evidence.join("\n"), /does not match go tool version/);
    cured(finding, await launch(fixedConfig(config, finding)));
  });

  it("are named where GOROOT is no Go tree", async () => {
    const config = debugConfig(folder, { ...env, GOROOT: join(folder, "none") });
    const finding = named(await launch(config), "shim-or-gvm-mismatch", "proven");
    assert.match(finding.because, /which is no Go tree/);
  });

  it("are named where a shim has no version to run, and the real go reaches the stop", async () => {
    // As the shims of asdf do: a script that runs the manager, which finds no version for the directory.
    lab.write("shims/go", "#!/bin/sh\necho 'No version is set for command go' >&2\nexit 126\n");
    chmodSync(join(folder, "shims/go"), 0o755);
    const config = debugConfig(folder, { ...env, PATH: `${join(folder, "shims")}:${env["PATH"]}` });
    const finding = named(await launch(config), "shim-or-gvm-mismatch", "proven");
    assert.match(finding.because, /is a shim, and under dlv it ends with: No version is set/);
    cured(finding, await launch(fixedConfig(config, finding)));
  });

  it("are silent where GOROOT is the go's own, and where a shim runs it", async () => {
    const root = execFileSync(await go(), ["env", "GOROOT"], { encoding: "utf8" }).trim();
    lab.write("shims/go", `#!/bin/sh\nexec ${await go()} "$@"\n`);
    silent(await launch(debugConfig(folder, { ...env, GOROOT: root })), "GOROOT is the go's own tree");
    const PATH = `${join(folder, "shims")}:${env["PATH"]}`;
    silent(await launch(debugConfig(folder, { ...env, PATH })), "a shim that runs the right go");
  });
});
