import assert from "node:assert/strict";
import { labLaunch } from "../../../test/lab/launch.ts";
import { type LabFolder, makeFolder } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";

const id = "wrong-popular-settings";

describe("settings that do nothing or fail, with the real dlv", function () {
  this.timeout(300_000);
  let lab: LabFolder;
  before(() => {
    lab = makeFolder();
  });
  after(() => lab.remove());
  const config = (more: Readonly<Record<string, unknown>>) => ({
    name: "A",
    type: "go",
    request: "launch",
    mode: "debug",
    program: ".",
    __buildDir: lab.folder,
    ...more,
  });

  it("change nothing about a launch, which dlv itself warns of", async () => {
    const wrong = config({
      dlvTrace: true,
      apiVersion: 1,
      dlvLoadConfig: { maxStringLen: 1 },
      dlvFlags: ["--headless", "--accept-multiclient", "--api-version", "1"],
      env: { GODEBUG: "mmap=1" },
    });
    const result = await labLaunch({ folder: lab.folder, config: wrong });
    assert.equal(result.ended, "initialized");
    assert.match(result.launch.timeline.said, /dap mode is always headless/);
    assert.match(result.launch.timeline.said, /accept-multiclient mode not supported with dap/);
    const finding = named(result, id, "proven");
    assert.equal(finding.evidence.length, 5);
    const right = await labLaunch({ folder: lab.folder, config: fixedConfig(wrong, finding) });
    cured(finding, right, "initialized");
  });

  it("fail an attach in a mode that attach does not have", async () => {
    const result = await labLaunch({
      folder: lab.folder,
      config: config({ request: "attach", mode: "test" }),
    });
    assert.equal(result.ended, "failed");
    assert.match(result.launch.timeline.failure?.text ?? "", /unsupported 'mode' attribute "test"/);
    named(result, id, "proven");
  });

  it("are not found where there are none", async () => {
    const result = await labLaunch({ folder: lab.folder, config: config({}) });
    silent(result, "a configuration without them", "initialized");
  });
});
