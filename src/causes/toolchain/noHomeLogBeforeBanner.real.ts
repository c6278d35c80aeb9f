import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { needDelve, oldDelve } from "../../../scripts/setup/delve.ts";
import { golangStarts } from "../../../test/lab/golangGo.ts";
import { debugConfig, labEnv, makeFolder } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { dlv } from "../../../test/lab/tools.ts";

const id = "no-home-log-before-banner";

describe("a dlv that cannot write its settings, started as golang.go starts dlv", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  let config: Readonly<Record<string, unknown>> = {};

  before(async () => {
    const old = await needDelve(oldDelve.version, oldDelve.go);
    // Both lines in one piece, which is chance otherwise: what arrives on 3 is held back until it is all there.
    lab.write(
      "bin/dlv",
      `#!/bin/bash\nexec "${old}" "$@" 3> >(sleep 0.5; dd bs=4096 count=1 status=none >&3)\n`,
    );
    chmodSync(join(folder, "bin", "dlv"), 0o755);
    const env = await labEnv({ XDG_CONFIG_HOME: "/dev/null/none" });
    // Only `mode` exec, of a program that is never reached: this dlv is too old for the tests' Go.
    config = debugConfig(folder, env, {
      mode: "exec",
      program: "/bin/true",
      dlvToolPath: join(folder, "bin", "dlv"),
    });
  });
  after(() => lab.remove());

  it("is found where both lines come in one piece, and is cured by a directory that it can write to", async () => {
    const failed = await golangStarts(config, folder, { waitMs: 3000 });
    assert.equal(failed.ended, "failed");
    const finding = named(failed, id, "likely");
    assert.match(finding.because, /could not create config directory: mkdir \/dev\/null/);
    const fixed = fixedConfig(config, finding);
    cured(finding, await golangStarts(fixed, folder), "connected");
  });

  it("is no finding with a Delve that does not log the line", async () => {
    const newest = { ...config, dlvToolPath: await dlv() };
    silent(await golangStarts(newest, folder), "a current dlv that cannot write its settings", "connected");
  });
});
