import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { needDebian } from "../../scripts/setup/debian.ts";
import { labLaunch } from "../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../test/lab/module.ts";
import { fixedConfig, preferredFix } from "../../test/lab/relaunch.ts";
import { filteredHost, noSeccomp, wrapDlv, writeFilter } from "../../test/lab/seccomp.ts";
import { dlv } from "../../test/lab/tools.ts";

describe("ptrace denied by a seccomp filter", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  let config: Readonly<Record<string, unknown>> = {};
  let filter = "";

  before(async function () {
    await needDebian("bubblewrap", "strace");
    const why = noSeccomp();
    if (why !== undefined) {
      console.log(`      skipped: ${why}`);
      this.skip();
    }
    await warmCache();
    filter = writeFilter(folder);
    config = debugConfig(folder, await labEnv());
  });

  after(() => lab.remove());

  it("around dlv only is found, and the fix runs dlv without its wrapper to the stop", async () => {
    const wrapped = { ...config, dlvToolPath: wrapDlv(folder, await dlv(), filter) };
    const failed = await labLaunch({ config: wrapped, folder, breakpoints });
    assert.equal(failed.ended, "failed");
    assert.match(String(failed.launch.timeline.failure?.text), /operation not permitted/);
    const [finding, ...others] = failed.verdicts.findings;
    assert.deepEqual(others, []);
    assert.equal(finding?.cause, "container-ptrace-eperm");
    assert.equal(finding.certainty, "proven");
    assert.match(finding.evidence.join("\n"), /Seccomp 2, .*TracerPid 0/);
    assert.match(finding.evidence.join("\n"), /without the wrapper: it works/);

    const fixed = fixedConfig(wrapped, finding);
    assert.equal(fixed["dlvToolPath"], await dlv());
    const relaunched = await labLaunch({ config: fixed, folder, breakpoints });
    assert.equal(relaunched.ended, "stopped");
    assert.deepEqual(relaunched.verdicts.findings, []);
  });

  it("around everything is found, with advice for whoever set the filter, and clear without it", async () => {
    const wrapped = { ...config, dlvToolPath: wrapDlv(folder, await dlv(), filter) };
    const failed = await labLaunch({ config: wrapped, folder, breakpoints, host: filteredHost(filter) });
    const [finding] = failed.verdicts.findings;
    assert.equal(finding?.cause, "container-ptrace-eperm");
    assert.equal(finding.certainty, "proven");
    assert.match(finding.evidence.join("\n"), /PTRACE_TRACEME by \w+: errno 1$/m);
    assert.equal(preferredFix(finding).action.kind, "advice");

    const healthy = await labLaunch({ config, folder, breakpoints });
    assert.equal(healthy.ended, "stopped");
    assert.deepEqual(healthy.verdicts.findings, []);
  });

  it("that answers ENOSYS is found as well", async () => {
    const silent = writeFilter(folder, constants.errno.ENOSYS);
    const wrapped = { ...config, dlvToolPath: wrapDlv(folder, await dlv(), silent) };
    const failed = await labLaunch({ config: wrapped, folder, breakpoints });
    const [finding] = failed.verdicts.findings;
    assert.match(String(failed.launch.timeline.failure?.text), /function not implemented/);
    assert.equal(finding?.cause, "container-ptrace-eperm");
    assert.equal(finding.certainty, "proven");
    assert.match(finding.because, /ENOSYS/);
    writeFilter(folder);
  });

  it("is not what is found where dlv is traced already: the text is the same", async () => {
    const script = join(folder, "dlv-traced");
    writeFileSync(script, `#!/bin/sh\nexec strace -f -o /dev/null '${await dlv()}' "$@"\n`, { mode: 0o755 });
    const failed = await labLaunch({ config: { ...config, dlvToolPath: script }, folder, breakpoints });
    assert.equal(failed.ended, "failed");
    assert.match(String(failed.launch.timeline.failure?.text), /operation not permitted/);
    assert.ok(failed.verdicts.clear.includes("container-ptrace-eperm"));
  });
});
