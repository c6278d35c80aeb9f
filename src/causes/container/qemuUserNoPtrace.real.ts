import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { needForeignDelve } from "../../../scripts/setup/delve.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { helloFiles, labEnv, makeFolder } from "../../../test/lab/module.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { dlv, go } from "../../../test/lab/tools.ts";

describe("dlv on an emulated processor", function () {
  // A dlv for another processor is built once and kept.
  this.timeout(600_000);
  const lab = makeFolder(helloFiles);
  const { folder } = lab;
  const program = join(folder, "hello");
  const emulated = join(folder, "dlv-emulated");
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  let config: Readonly<Record<string, unknown>> = {};

  before(async function () {
    if (process.platform !== "linux") skip(this, "qemu-user is Linux on Linux");
    await needDebian("qemu-user-static");
    const env = await labEnv();
    const foreign = await needForeignDelve();
    writeFileSync(emulated, `#!/bin/sh\nexec qemu-${foreign.cpu}-static '${foreign.dlv}' "$@"\n`, {
      mode: 0o755,
    });
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    config = { name: "lab", type: "go", request: "launch", mode: "exec", program, env };
  });
  after(() => lab.remove());

  it("is found, and the same launch with a native dlv reaches its stop", async () => {
    const refused = await labLaunch({ config: { ...config, dlvToolPath: emulated }, folder, breakpoints });
    // Now and then qemu hangs in its own fork, before dlv can say anything.
    const said = refused.launch.timeline.failure?.text ?? refused.ended;
    assert.match(said, /function not implemented|^stalled$/);
    const finding = named(refused, "qemu-user-no-ptrace", "proven");
    assert.match(finding.evidence.join("\n"), /^\/proc\/PID\/exe of dlv: \S*qemu-/m);
    assert.equal(preferredFix(finding).action.kind, "advice");

    // What the fix asks of a person: a dlv for this machine.
    const native = await labLaunch({
      config: { ...config, dlvToolPath: await dlv() },
      folder,
      breakpoints,
    });
    cured(finding, native);
  });
});
