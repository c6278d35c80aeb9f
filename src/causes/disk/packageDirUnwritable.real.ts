import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, helloFiles, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { mountTmpfs, noMounts, remount } from "../../../test/lab/mounts.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";

describe("a package on a read-only filesystem", function () {
  this.timeout(240_000);
  const lab = makeFolder({});
  const folder = join(lab.folder, "work");
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  const launch = (config: Readonly<Record<string, unknown>>) => labLaunch({ config, folder, breakpoints });
  let unmount = () => {};
  let config: Readonly<Record<string, unknown>> = {};

  before(async function () {
    const why = noMounts();
    if (why !== undefined) skip(this, why);
    await warmCache();
    unmount = mountTmpfs(folder, "size=64m");
    for (const [path, text] of Object.entries(helloFiles)) lab.write(join("work", path), text);
    config = debugConfig(folder, await labEnv());
  });
  after(() => {
    unmount();
    lab.remove();
  });

  it("is named with its mount, and an output elsewhere reaches the stop", async () => {
    remount(folder, "remount,ro");
    const failed = await launch(config);
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "package-dir-unwritable", "proven");
    assert.match(finding.because, new RegExp(`${folder} is mounted read-only`));
    assert.match(finding.evidence.join("\n"), /: read-only file system/);

    const fixed = fixedConfig(config, finding);
    try {
      cured(finding, await launch(fixed));
    } finally {
      rmSync(String(fixed["output"]), { force: true });
    }
  });

  it("is silent once it can be written", async () => {
    remount(folder, "remount,rw");
    silent(await launch(config), "the same mount, writable");
  });
});
