import assert from "node:assert/strict";
import { join } from "node:path";
import { editorDid } from "../../../test/lab/editor.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";

describe("a program that is run without debugging", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const main = join(folder, "main.go");
  let config: Readonly<Record<string, unknown>> = {};
  before(async () => {
    await warmCache();
    config = debugConfig(folder, await labEnv(), { noDebug: true });
  });
  after(() => lab.remove());

  it("is named where it passed a breakpoint, and stops there with its fix", async () => {
    const editor = editorDid({ breakpoints: [`${main}:6`], writesNoDebug: true });
    const passed = await labLaunch({ config, folder, goal: "exit", editor });
    assert.equal(passed.ended, "exited");
    const finding = named(passed, "run-without-debugging-confusion", "proven");
    const fixed = fixedConfig(config, finding);
    const breakpoints = [{ file: main, line: 6 }];
    cured(finding, await labLaunch({ config: fixed, folder, breakpoints, editor }));
  });

  it("is silent without breakpoints in the program", async () => {
    const editor = editorDid({ breakpoints: ["/elsewhere/main.go:6"] });
    const result = await labLaunch({ config, folder, goal: "exit", editor });
    silent(result, "run without debugging, with no breakpoint in it", "exited");
  });
});
