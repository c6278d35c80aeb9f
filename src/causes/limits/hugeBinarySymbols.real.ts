import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { inflateDwarf } from "../../../test/lab/hugeDwarf.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { go } from "../../../test/lab/tools.ts";
import { spent } from "../../core/timeline.ts";

describe("a program with very much debug information", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const program = join(folder, "app");
  const small = join(folder, "small");
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  let env: Record<string, string> = {};

  before(async () => {
    await warmCache();
    env = await labEnv();
    const flags = ["-gcflags=all=-N -l", "-ldflags=-compressdwarf=false"];
    execFileSync(await go(), ["build", ...flags, "-o", small, "."], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
  });
  after(lab.remove);

  it("is proven once its load took long, and a smaller program loads as usual", async () => {
    const config = { ...debugConfig(folder, env), mode: "exec", program };
    inflateDwarf(small, program, 15);
    const usual = await labLaunch({ config, folder, breakpoints });
    silent(usual, "a program with 9 MB of debug information");
    // What takes one machine long another reads in no time: as much as this one reads in six seconds.
    const times = Math.ceil((15 * 6000) / spent(usual.launch.timeline, "load"));
    inflateDwarf(small, program, Math.min(Math.max(times, 120), 600));
    const slow = await labLaunch({ config, folder, breakpoints });
    assert.equal(slow.ended, "stopped");
    const finding = named(slow, "huge-binary-symbols", "proven");
    assert.match(finding.because, /^dlv read \d+ MB of debug information of .*\/app/);
    assert.equal(finding.explains?.phase, "load");

    copyFileSync(small, program);
    cured(finding, await labLaunch({ config, folder, breakpoints }));
  });
});
