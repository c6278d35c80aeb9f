import assert from "node:assert/strict";
import { join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { named, silent } from "../../../test/lab/score.ts";
import { noSeccomp, wrapDlv, writeFilter } from "../../../test/lab/seccomp.ts";
import { skip } from "../../../test/lab/skip.ts";
import { dlv } from "../../../test/lab/tools.ts";
import { yamaHost, yamaOptions } from "../../../test/lab/yama.ts";

/**
 * What is real here: dlv, its refused launch, its capabilities. What is not: the kernel has no Yama, so the file is a
 * stand-in and a seccomp filter refuses in its place. test/ssh/vm.large.ts has a kernel with it.
 */
describe("a launch with ptrace_scope 2 or 3", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  let env: Record<string, string> = {};

  before(async function () {
    await needDebian("bubblewrap");
    const why = noSeccomp();
    if (why !== undefined) skip(this, why);
    await warmCache();
    env = await labEnv();
  });
  after(() => lab.remove());

  async function launch(scope: number, capable: boolean) {
    const options = yamaOptions(folder, scope, capable);
    const dlvToolPath = wrapDlv(folder, await dlv(), writeFilter(folder), options.join(" "));
    const config = debugConfig(folder, env, { dlvToolPath });
    return labLaunch({ config, folder, breakpoints, host: yamaHost(options) });
  }

  it("is found for scope 2 without CAP_SYS_PTRACE", async () => {
    const refused = await launch(2, false);
    assert.equal(refused.ended, "failed");
    const finding = named(refused, "yama-scope-2-3", "proven");
    assert.equal(finding.explains?.phase, "load");
    // Which one depends on whether the tests run in a container: sysctl.test.ts has them all.
    assert.match(preferredFix(finding).id, /^yama-scope-2-3\/(until-reboot|add-sys-ptrace)$/);
  });

  it("is found for scope 3 whatever dlv may do, and only a reboot is offered", async () => {
    const finding = named(await launch(3, true), "yama-scope-2-3", "proven");
    assert.deepEqual(
      finding.fixes.map(({ id }) => id),
      ["yama-scope-2-3/reboot"],
    );
  });

  it("is not what is found for scope 2 with CAP_SYS_PTRACE, nor for scope 1: that is the filter", async () => {
    for (const refused of [await launch(2, true), await launch(1, false)]) {
      named(refused, "container-ptrace-eperm", "proven");
      assert.ok(refused.verdicts.clear.includes("yama-scope-2-3"));
    }
  });

  it("finds nothing where dlv launches, whatever the file reads", async () => {
    const host = yamaHost(yamaOptions(folder, 1));
    const healthy = await labLaunch({ config: debugConfig(folder, env), folder, breakpoints, host });
    silent(healthy, "finds nothing where dlv launches, whatever the file reads");
  });
});
