import assert from "node:assert/strict";
import { constants } from "node:os";
import { join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { silent } from "../../../test/lab/score.ts";
import { noSeccomp, wrapDlv, writeFilter } from "../../../test/lab/seccomp.ts";
import { skip } from "../../../test/lab/skip.ts";
import { dlv } from "../../../test/lab/tools.ts";

/**
 * What is real here: a dlv that ptrace(2) answers EACCES, as AppArmor does, and that no profile confines. AppArmor itself
 * needs a kernel of its own: test/ssh/vm.large.ts has it.
 */
describe("a ptrace that is refused with EACCES without AppArmor", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];

  before(async function () {
    await needDebian("bubblewrap");
    const why = noSeccomp();
    if (why !== undefined) skip(this, why);
    await warmCache();
  });
  after(() => lab.remove());

  it("is not called AppArmor's: a seccomp filter answers it, and Delve says the same", async () => {
    const filter = writeFilter(folder, constants.errno.EACCES);
    const dlvToolPath = wrapDlv(folder, await dlv(), filter);
    const config = debugConfig(folder, await labEnv(), { dlvToolPath });
    const refused = await labLaunch({ config, folder, breakpoints });
    assert.equal(refused.ended, "failed");
    assert.match(String(refused.launch.timeline.failure?.text), /fork\/exec .*: permission denied/);
    assert.deepEqual(refused.verdicts.unknown, []);
    assert.ok(refused.verdicts.clear.includes("apparmor-ptrace"));
  });

  it("is not what is found in a healthy launch", async () => {
    const healthy = await labLaunch({ config: debugConfig(folder, await labEnv()), folder, breakpoints });
    silent(healthy, "is not what is found in a healthy launch");
    assert.ok(healthy.verdicts.clear.includes("apparmor-ptrace"));
  });
});
