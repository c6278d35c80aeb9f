import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, helloFiles, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { mountTmpfs, noMounts, remount } from "../../../test/lab/mounts.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { go } from "../../../test/lab/tools.ts";

describe("a program on a noexec mount", function () {
  this.timeout(240_000);
  const lab = makeFolder({});
  const folder = join(lab.folder, "work");
  let unmount = () => {};
  let env: Record<string, string> = {};

  before(async function () {
    const why = noMounts();
    if (why !== undefined) skip(this, why);
    await warmCache();
    unmount = mountTmpfs(folder, "size=64m,noexec");
    for (const [path, text] of Object.entries(helloFiles)) lab.write(join("work", path), text);
    env = await labEnv();
  });

  after(() => {
    unmount();
    lab.remove();
  });

  const stopAt = () => [{ file: join(folder, "main.go"), line: 6 }];

  it("is found after the failed launch, and its fix makes the launch reach its stop", async () => {
    const config = debugConfig(folder, env);
    const failed = await labLaunch({ config, folder, breakpoints: stopAt() });
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "noexec-mount", "proven");
    assert.equal(finding.explains?.phase, "load");
    assert.match(finding.evidence.join("\n"), new RegExp(`mountinfo: ${folder} tmpfs .*noexec`));
    assert.match(finding.evidence.join("\n"), /EACCES/);

    const fixed = fixedConfig(config, finding);
    const output = String(fixed["output"]);
    try {
      const relaunched = await labLaunch({ config: fixed, folder, breakpoints: stopAt() });
      cured(finding, relaunched);
    } finally {
      rmSync(output, { force: true });
    }
    assert.notEqual(dirname(output), folder);
  });

  it("is found for a program that is only run, and is clear once the mount allows programs", async () => {
    const program = join(folder, "hello");
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    const config = { ...debugConfig(folder, env), mode: "exec", program };
    const failed = await labLaunch({ config, folder, breakpoints: stopAt() });
    assert.equal(failed.ended, "failed");
    named(failed, "noexec-mount", "proven");

    remount(folder, "remount,exec");
    try {
      const healthy = await labLaunch({ config, folder, breakpoints: stopAt() });
      silent(healthy, "the same mount, with programs allowed");
    } finally {
      remount(folder, "remount,noexec");
    }
  });

  it("is not found where only go's own directories are noexec: such a launch works", async () => {
    const other = makeFolder();
    const temporary = join(other.folder, "tmp");
    const release = mountTmpfs(temporary, "size=256m,noexec");
    try {
      const config = debugConfig(other.folder, { ...env, TMPDIR: temporary, GOTMPDIR: temporary });
      const breakpoints = [{ file: join(other.folder, "main.go"), line: 6 }];
      const healthy = await labLaunch({ config, folder: other.folder, breakpoints });
      silent(healthy, "go's temporary directory is noexec");
    } finally {
      release();
      other.remove();
    }
    assert.ok(!existsSync(temporary));
  });
});
