import assert from "node:assert/strict";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, helloFiles, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";

describe("a program that is a library", function () {
  this.timeout(240_000);
  const lab = makeFolder({
    "go.mod": helloFiles["go.mod"] ?? "",
    "word/word.go": 'package word\n\n// It is a word.\nconst It = "hello"\n',
    "cmd/app/main.go": helloFiles["main.go"] ?? "",
  });
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "cmd/app/main.go"), line: 6 }];
  let env: Record<string, string> = {};

  before(async () => {
    await warmCache();
    env = await labEnv({ GOPROXY: "off" });
  });
  after(() => lab.remove());

  /** A configuration as golang.go resolves it for a program. */
  const configOf = (program: string) => debugConfig(program, env);

  it("is named, and the module's only main package reaches the stop", async () => {
    const config = configOf(join(folder, "word"));
    const failed = await labLaunch({ config, folder, breakpoints });
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "not-executable-nonmain", "proven");
    assert.match(finding.evidence.join("\n"), /go list: package word in .*\/word \(word\.go\)/);
    assert.match(finding.evidence.join("\n"), /not an executable file/);

    const fixed = fixedConfig(config, finding);
    assert.equal(fixed["program"], "${workspaceFolder}/cmd/app");
    const program = String(fixed["program"]).replace("${workspaceFolder}", folder);
    cured(finding, await labLaunch({ config: configOf(program), folder, breakpoints }));
  });

  it("is not found for the main package beside it", async () => {
    const config = configOf(join(folder, "cmd/app"));
    silent(await labLaunch({ config, folder, breakpoints }), "a main package beside a library");
  });
});
