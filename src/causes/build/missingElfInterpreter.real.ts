import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { go } from "../../../test/lab/tools.ts";

const loader = "/lib/ld-none.so.1";
const ldflags = `-linkmode=external -extldflags=-Wl,--dynamic-linker=${loader}`;

describe("a program whose loader is not there", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  const program = join(folder, "hello");
  const launch = (config: Readonly<Record<string, unknown>>) => labLaunch({ config, folder, breakpoints });
  let env: Record<string, string> = {};

  before(async () => {
    await needDebian("gcc", "libc6-dev");
    await warmCache();
    env = await labEnv({ CGO_ENABLED: "1" });
  });
  after(() => lab.remove());

  async function build(...flags: readonly string[]): Promise<void> {
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", ...flags, "-o", program, "."], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
  }

  it("is found in its header, and clear once it is built without one", async () => {
    await build(`-ldflags=${ldflags}`);
    const config = { ...debugConfig(folder, env), mode: "exec", program };
    const failed = await launch(config);
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "missing-elf-interpreter", "proven");
    assert.ok(finding.evidence.includes(`PT_INTERP of ${program}: ${loader}`), finding.evidence.join("\n"));
    assert.ok(finding.evidence.includes(`stat ${loader}: ENOENT`));

    await build();
    cured(finding, await launch(config));
  });

  it("is found where the build's own flags name it, and without them reaches the stop", async () => {
    const config = debugConfig(folder, env, { buildFlags: [`-ldflags=${ldflags}`] });
    const finding = named(await launch(config), "missing-elf-interpreter", "proven");
    cured(finding, await launch(fixedConfig(config, finding)));
  });

  it("is silent for a loader that is there, and not what is found where the working directory is gone", async () => {
    await build("-ldflags=-linkmode=external");
    const config = { ...debugConfig(folder, env), mode: "exec", program };
    silent(await launch(config), "a program with this machine's own loader");
    const { verdicts } = await launch({ ...config, cwd: join(folder, "none") });
    assert.ok(verdicts.clear.includes("missing-elf-interpreter"));
  });
});
