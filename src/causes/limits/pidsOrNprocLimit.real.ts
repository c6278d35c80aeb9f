import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, copyFileSync } from "node:fs";
import { join } from "node:path";
import { type LabCgroup, makeCgroup, noCgroup, wrapDlv } from "../../../test/lab/cgroup.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { mountBind, noMounts } from "../../../test/lab/mounts.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { dlv, go } from "../../../test/lab/tools.ts";

/** A user who has no process on any machine. */
const uid = 64_123;

/** Enough for dlv and too few for a build. */
const few = 16;

describe("a limit of processes and threads", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  const undo: (() => unknown)[] = [];
  let env: Record<string, string> = {};

  before(async () => {
    await warmCache();
    // As many threads on a machine with many CPUs as on one with two.
    env = await labEnv({ GOMAXPROCS: "2" });
  });
  afterEach(async () => {
    for (const one of undo.splice(0)) await one();
  });
  after(lab.remove);

  it("of a control group is proven by its counter, and the launch works once it is raised", async function () {
    const why = noCgroup("pids");
    if (why !== undefined) skip(this, why);
    const group: LabCgroup = makeCgroup("pids", few);
    undo.push(group.remove);
    const wrapped = wrapDlv(lab, [group.enter], await dlv());
    const config = debugConfig(folder, env);
    const failed = await labLaunch({ config, folder, dlv: wrapped, breakpoints });
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "pids-or-nproc-limit", "proven");
    assert.match(
      finding.evidence.join("\n"),
      /pids\.max 16, pids\.current \d+ after the failure, pids\.events max [1-9]/,
    );

    group.lift();
    cured(finding, await labLaunch({ config, folder, dlv: wrapped, breakpoints }));
  });

  it("of a user is proven where the user's threads come near it, and does not bind root", async function () {
    const why = noMounts();
    if (why !== undefined) skip(this, why);
    // Another user sees neither root's dlv nor root's build cache.
    const own = join(folder, "own-dlv");
    const cache = join(folder, "cache");
    copyFileSync(await dlv(), own);
    undo.push(mountBind(execFileSync(await go(), ["env", "GOCACHE"], { encoding: "utf8" }).trim(), cache));
    chmodSync(folder, 0o755);
    chownSync(folder, uid, uid);
    const as = (limit: number, user: number) =>
      wrapDlv(
        lab,
        [],
        `prlimit --nproc=${limit} setpriv --reuid ${user} --clear-groups -- ${own} --only-same-user=false`,
      );
    const config = debugConfig(folder, { ...env, HOME: folder, GOCACHE: cache });
    const failed = await labLaunch({ config, folder, dlv: as(few, uid), breakpoints });
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "pids-or-nproc-limit", "proven");
    assert.match(finding.because, /^User 64123 may have 16 processes and threads/);
    assert.match(finding.evidence.join("\n"), /RLIMIT_NPROC 16; user 64123 has \d+ threads now/);

    cured(finding, await labLaunch({ config, folder, dlv: as(4000, uid), breakpoints }));
    const root = await labLaunch({ config, folder, dlv: as(few, 0), breakpoints });
    silent(root, "root with a limit of threads, which does not bind it");
  });
});
