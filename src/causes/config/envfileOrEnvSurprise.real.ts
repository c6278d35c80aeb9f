import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { resolve } from "../../config/resolve.ts";

describe("a variable that stops go", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  let env: Record<string, string> = {};

  before(async () => {
    await warmCache();
    const { GOFLAGS: _, ...rest } = await labEnv({ GOPROXY: "off" });
    env = rest;
  });
  after(() => lab.remove());

  /** Launches what golang.go makes of a configuration with this envFile. */
  async function launch(written: Readonly<Record<string, unknown>>) {
    const place = {
      platform: "linux",
      folder,
      userHome: homedir(),
      processEnv: process.env,
      toolsEnv: env,
    } as const;
    const resolution = await resolve(written, place);
    assert.ok("resolved" in resolution, JSON.stringify(resolution));
    const { config } = resolution.resolved;
    return labLaunch({ config, folder, breakpoints: [{ file: join(folder, "main.go"), line: 6 }] });
  }
  const written = {
    name: "lab",
    type: "go",
    request: "launch",
    mode: "debug",
    program: "${workspaceFolder}",
    envFile: "${workspaceFolder}/.env",
  };

  const lines: readonly (readonly [string, string, RegExp])[] = [
    ["GOFLAGS", "-nosuchflag", /unknown flag -nosuchflag/],
    ["GOPATH", "~/go", /shell metacharacter/],
    ["GOTMPDIR", "/nowhere/at/all", /creating work dir/],
  ];
  for (const [index, [name, value, words]] of lines.entries())
    it(`is named with the file and the line for ${name}${index === 0 ? ", and without it the launch reaches the stop" : ""}`, async () => {
      lab.write(".env", `# For the program.\nA=b\nexport ${name}=${value}\n`);
      const failed = await launch(written);
      assert.equal(failed.ended, "failed");
      const finding = named(failed, "envfile-or-env-surprise", "proven");
      assert.match(
        finding.because,
        new RegExp(`the ${name} of the configuration's environment \\(\\.env:3\\)`),
      );
      assert.match(finding.evidence.join("\n"), words);
      if (index === 0) cured(finding, await launch(fixedConfig(written, finding)));
    });

  it("is silent where the envFile says what go can take", async () => {
    lab.write(".env", "A=b\nGOFLAGS=-tags=lab\n");
    silent(await launch(written), "an envFile whose GOFLAGS go takes");
  });
});
