import assert from "node:assert/strict";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { go } from "../../../test/lab/tools.ts";

describe("a PATH without go", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  const inherited = process.env["PATH"];
  const shell = process.env["SHELL"];
  let env: Record<string, string> = {};

  before(async () => {
    await warmCache();
    const all = await labEnv();
    env = Object.fromEntries(Object.entries(all).filter(([name]) => name !== "PATH"));
    // A shell whose rc files know where go is, as a terminal's do, and a PATH as a desktop hands it on.
    lab.write(
      "shell",
      `#!/bin/sh\nPATH=${dirname(await go())}:$PATH\nwhile [ "$1" != -c ]; do shift; done\neval "$2"\n`,
    );
    chmodSync(join(folder, "shell"), 0o755);
    // Nothing but a shell: where Debian's own go is installed, /usr/bin would not do.
    mkdirSync(join(folder, "bin"));
    symlinkSync("/bin/sh", join(folder, "bin", "sh"));
    process.env["SHELL"] = join(folder, "shell");
    process.env["PATH"] = join(folder, "bin");
  });

  after(() => {
    process.env["PATH"] = inherited ?? "";
    if (shell === undefined) delete process.env["SHELL"];
    else process.env["SHELL"] = shell;
    lab.remove();
  });

  it("is named with the go that the user's shell finds, and its fix reaches the stop", async () => {
    const config = debugConfig(folder, env);
    const result = await labLaunch({ config, folder, breakpoints });
    assert.equal(result.ended, "failed");
    const finding = named(result, "go-not-on-extension-host-path", "proven");
    assert.match(finding.because, /though your shell finds/);
    assert.ok(
      finding.evidence.includes(`command -v go in your shell: ${await go()}`),
      finding.evidence.join("\n"),
    );

    // VS Code, or our own resolver, puts the inherited PATH in place of the variable.
    const fixed = JSON.parse(
      JSON.stringify(fixedConfig(config, finding)).replaceAll("${env:PATH}", process.env["PATH"] ?? ""),
    );
    const relaunched = await labLaunch({ config: fixed, folder, breakpoints });
    cured(finding, relaunched);
  });

  it("is found where the configuration's own env sets such a PATH, and its fix reaches the stop", async () => {
    const config = debugConfig(folder, { ...env, PATH: join(folder, "bin") });
    const result = await labLaunch({ config, folder, breakpoints });
    const finding = named(result, "go-not-on-extension-host-path", "proven");
    const relaunched = await labLaunch({ config: fixedConfig(config, finding), folder, breakpoints });
    silent(
      relaunched,
      "is found where the configuration's own env sets such a PATH, and its fix reaches the stop",
    );
  });

  it("finds nothing where PATH has go", async () => {
    const result = await labLaunch({ config: debugConfig(folder, await labEnv()), folder, breakpoints });
    silent(result, "finds nothing where PATH has go");
  });
});
