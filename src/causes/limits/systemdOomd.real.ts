import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder } from "../../../test/lab/module.ts";
import { silent } from "../../../test/lab/score.ts";
import { go } from "../../../test/lab/tools.ts";

/** The guard needs a systemd that runs as process 1, memory pressure and minutes: its words are in the small test. */
describe("systemd-oomd on a machine where it killed nothing", function () {
  this.timeout(120_000);
  const lab = makeFolder();
  const { folder } = lab;
  after(lab.remove);

  it("is asked and clear where dlv was killed by hand, and silent in a healthy launch", async () => {
    const program = join(folder, "app");
    const env = await labEnv();
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    const config = { ...debugConfig(folder, env), mode: "exec", program };
    const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
    const dying = join(folder, "dying");
    lab.write("dying", "#!/bin/sh\nkill -KILL $$\n");
    chmodSync(dying, 0o755);
    const killed = await labLaunch({ config, folder, dlv: dying, breakpoints });
    assert.equal(killed.ended, "failed");
    assert.ok(killed.verdicts.clear.includes("systemd-oomd"), JSON.stringify(killed.verdicts.unknown));

    silent(await labLaunch({ config, folder, breakpoints }), "a program that nothing killed");
  });
});
