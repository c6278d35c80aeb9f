import assert from "node:assert/strict";
import { chmodSync, copyFileSync, mkdirSync, truncateSync } from "node:fs";
import { dirname, join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { dlv } from "../../../test/lab/tools.ts";

describe("a dlv that does not start", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  let env: Record<string, string> = {};
  let real = "";

  before(async () => {
    await warmCache();
    real = await dlv();
    env = await labEnv();
    mkdirSync(join(folder, "bin"));
  });
  after(() => lab.remove());

  const broken = join(folder, "bin", "dlv");

  /** Launches, and gives the only finding: named within a second, where golang.go waits 30. */
  async function trouble(config: Readonly<Record<string, unknown>>) {
    const result = await labLaunch({ config, folder, breakpoints });
    assert.equal(result.ended, "failed");
    const finding = named(result, "dlv-dies-or-missing-at-start", "proven");
    assert.equal(finding.explains?.phase, "start");
    return finding;
  }

  async function healthy(config: Readonly<Record<string, unknown>>): Promise<void> {
    const result = await labLaunch({ config, folder, breakpoints });
    assert.equal(result.ended, "stopped", JSON.stringify(result.launch.timeline.failure));
    assert.deepEqual(result.verdicts.findings, []);
  }

  const flags: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["a flag it does not know, with exit code 0", ["--check-go-version=true", "--bogus"], /--bogus/],
    ["a letter it does not know", ["-x"], /-x/],
    ["a value it does not take", ["--check-go-version=maybe"], /maybe/],
    ["--log-output without --log", ["--log-output=dap"], /--log-output/],
  ];
  for (const [what, dlvFlags, words] of flags)
    it(`names ${what}, and its fix reaches the stop`, async () => {
      const config = debugConfig(folder, env, { dlvFlags });
      const finding = await trouble(config);
      assert.match(finding.because, words);
      await healthy(fixedConfig(config, finding));
    });

  it("names an address that is not this machine's, and its fix reaches the stop", async () => {
    // 192.0.2.0/24 is for documentation and belongs to nobody (RFC 5737).
    const config = debugConfig(folder, env, { host: "192.0.2.1" });
    const finding = await trouble(config);
    assert.match(finding.because, /192\.0\.2\.1:0: .*cannot assign requested address/);
    await healthy(fixedConfig(config, finding));
  });

  it("names a dlv that is not there, and its fix takes the one that PATH has", async () => {
    const PATH = `${dirname(real)}:${env["PATH"]}`;
    const config = debugConfig(folder, { ...env, PATH }, { dlvToolPath: join(folder, "none", "dlv") });
    const finding = await trouble(config);
    assert.match(finding.because, /There is no .*\/none\/dlv/);
    const fixed = fixedConfig(config, finding);
    assert.equal(fixed["dlvToolPath"], real);
    await healthy(fixed);
  });

  it("names the directory where that is what is missing, and not dlv", async () => {
    const config = { ...debugConfig(folder, env), __buildDir: join(folder, "gone"), program: "." };
    const finding = await trouble(config);
    assert.match(finding.because, /directory .* does not exist: .*\/gone$/);
    mkdirSync(join(folder, "gone"));
    lab.write("gone/main.go", 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("hello")\n}\n');
    const there = await labLaunch({ config, folder, goal: "exit" });
    cured(finding, there, "exited");
  });

  const files: readonly (readonly [string, () => void, RegExp])[] = [
    ["is not executable", () => chmodSync(broken, 0o644), /is not executable/],
    ["is a script whose program is gone", () => script("#!/nowhere/sh\n"), /needs \/nowhere\/sh/],
    ["is no program", () => script("no program at all\n"), /is no program/],
    ["is empty", () => script(""), /is no program/],
    ["is built for another processor", () => otherMachine(), /another processor/],
    ["was copied only in part", () => truncateSync(broken, 4096), /dies as soon as|did not start/],
    ["is a wrapper that fails", () => script("#!/bin/sh\necho broken shim >&2\nexit 3\n"), /broken shim/],
  ];
  for (const [what, damage, words] of files)
    it(`names a dlv that ${what}, and is clear once it is put right`, async () => {
      copyFileSync(real, broken);
      chmodSync(broken, 0o755);
      damage();
      const config = debugConfig(folder, env, { dlvToolPath: broken });
      const finding = await trouble(config);
      assert.match(finding.because, words);
      assert.ok(preferredFix(finding));
      copyFileSync(real, broken);
      chmodSync(broken, 0o755);
      await healthy(config);
    });

  function script(text: string): void {
    lab.write("bin/dlv", text);
    chmodSync(broken, 0o755);
  }

  /** The head of an ELF file for s390x (machine 22), which neither this machine nor an emulator runs. */
  function otherMachine(): void {
    const head = Buffer.from("7f454c4602020100000000000000000000020016", "hex");
    lab.write("bin/dlv", head.toString("latin1"));
    chmodSync(broken, 0o755);
  }
});
