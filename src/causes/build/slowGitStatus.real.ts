import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";

describe("a git that takes long for the version stamp", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  const hook = join(folder, ".git", "slow-fsmonitor");
  let config: Readonly<Record<string, unknown>> = {};
  const launch = (one = config) => labLaunch({ config: one, folder, breakpoints, stallAfter: 60_000 });
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=lab", "-c", "user.email=lab@localhost", ...args], {
      cwd: folder,
      stdio: "pipe",
    });

  before(async () => {
    await needDebian("git");
    await warmCache();
    git("init", "-q");
    git("add", "go.mod", "main.go");
    git("commit", "-q", "-m", "lab");
    config = debugConfig(folder, await labEnv({ GIT_CONFIG_NOSYSTEM: "1" }));
  });

  after(() => lab.remove());

  it("is clear where git is quick", async () => {
    silent(await launch(), "a small repository with a version stamp");
  });

  it("is named with git's time and its hook, and without the stamp the launch is quick", async () => {
    lab.write(".git/slow-fsmonitor", "#!/bin/sh\nsleep 3\nprintf 'now\\0/\\0'\n");
    chmodSync(hook, 0o755);
    git("config", "core.fsmonitor", hook);
    const result = await launch();
    assert.equal(result.ended, "stopped");
    const finding = named(result, "slow-git-status", "proven");
    assert.ok(
      finding.evidence.some((line) => line.includes(`2 files in git's index, core.fsmonitor is ${hook}`)),
    );
    assert.ok((finding.explains?.ms ?? 0) >= 2500, JSON.stringify(finding.explains));
    cured(finding, await launch(fixedConfig(config, finding)));
  });
});
