import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { go } from "../../../test/lab/tools.ts";

describe("a program that this machine cannot run", function () {
  this.timeout(600_000);
  // Imports nothing: what it needs of the standard library is compiled for another processor in seconds.
  const lab = makeFolder({
    "go.mod": "module example.com/small\n\ngo 1.25\n",
    "main.go": 'package main\n\nfunc main() {\n\tprintln("small")\n}\n',
  });
  const { folder } = lab;
  const program = join(folder, "small");
  const [otherCpu, name] = process.arch === "arm64" ? ["amd64", "amd64"] : ["arm64", "arm64"];
  let config: Readonly<Record<string, unknown>> = {};

  before(async () => {
    await warmCache();
    config = { ...debugConfig(folder, await labEnv()), mode: "exec", program };
  });
  after(() => lab.remove());

  async function build(added: Readonly<Record<string, string>> = {}): Promise<void> {
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
      cwd: folder,
      env: { ...process.env, ...(await labEnv()), ...added },
    });
  }
  const launch = () =>
    labLaunch({ config, folder, breakpoints: [{ file: join(folder, "main.go"), line: 4 }] });

  it("is named with both processors, and one built here reaches the stop", async () => {
    await build({ GOARCH: otherCpu });
    const failed = await launch();
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "exec-format-prebuilt", "proven");
    assert.match(finding.because, new RegExp(`is built for ${name}, and this machine is `));
    assert.match(finding.evidence.join("\n"), /exec format error/);

    await build();
    cured(finding, await launch());
    silent(await launch(), "a program of this machine in mode exec");
  });

  it("is named for a lost execute bit, which its fix gives back", async () => {
    await build();
    chmodSync(program, 0o644);
    const finding = named(await launch(), "exec-format-prebuilt", "proven");
    const { action } = preferredFix(finding);
    assert.ok(action.kind === "command");
    const [command = "", ...args] = action.argv;
    execFileSync(command, args);
    cured(finding, await launch());
  });

  for (const [what, text, words] of [
    ["a script without #!", "echo small\n", /is no program/],
    ["an empty file", "", /is empty/],
  ] as const)
    it(`is named for ${what}`, async () => {
      lab.write("small", text);
      chmodSync(program, 0o755);
      const finding = named(await launch(), "exec-format-prebuilt", "proven");
      assert.match(finding.because, words);
    });
});
