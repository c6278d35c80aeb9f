import assert from "node:assert/strict";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, helloFiles, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";

const main = helloFiles["main.go"] ?? "";

describe("a program that does not fit its mode", function () {
  this.timeout(240_000);
  const lab = makeFolder({
    "go.mod": helloFiles["go.mod"] ?? "",
    "main.go": main.replace('"hello"', "other()"),
    "other.go": 'package main\n\nfunc other() string { return "hello" }\n',
    "notes/README.md": "No Go here.\n",
  });
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  let env: Record<string, string> = {};

  before(async () => {
    await warmCache();
    env = await labEnv({ GOPROXY: "off" });
  });
  after(() => lab.remove());

  const launch = (config: Readonly<Record<string, unknown>>) => labLaunch({ config, folder, breakpoints });

  const misfits: readonly (readonly [string, string, string, RegExp])[] = [
    ["one file of a package with two", "main.go", "debug", /other\.go declares other/],
    ["a directory without tests in mode test", ".", "test", /not an executable file/],
    ["a directory without Go", "notes", "debug", /no Go files in/],
  ];
  for (const [what, path, mode, words] of misfits)
    it(`is named for ${what}, and its fix reaches the stop`, async () => {
      const config = debugConfig(folder, env, { mode, program: join(folder, path) });
      const failed = await launch(config);
      assert.equal(failed.ended, "failed");
      const finding = named(failed, "file-var-mode-mismatch", "proven");
      assert.match(finding.evidence.join("\n"), words);

      const fixed = fixedConfig(config, finding);
      const program = String(fixed["program"]).replace("${workspaceFolder}", folder);
      cured(finding, await launch({ ...fixed, program }));
    });

  it("is named for a test file in mode debug, and its tests are reached", async () => {
    lab.write(
      "x_test.go",
      'package main\n\nimport "testing"\n\nfunc TestIt(t *testing.T) {\n\tt.Log(other())\n}\n',
    );
    const config = debugConfig(folder, env, { program: join(folder, "x_test.go") });
    const finding = named(await launch(config), "file-var-mode-mismatch", "proven");
    assert.equal(fixedConfig(config, finding)["mode"], "test");
  });

  it("is silent for the package itself", async () => {
    silent(await launch(debugConfig(folder, env)), "a package of two files, debugged as one");
  });
});
