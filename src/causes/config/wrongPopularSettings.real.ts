import assert from "node:assert/strict";
import { labLaunch } from "../../../test/lab/launch.ts";
import { type LabFolder, makeFolder } from "../../../test/lab/module.ts";

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
    const { ended, verdicts, launch } = await labLaunch({
      folder: lab.folder,
      config: config({
        dlvTrace: true,
        apiVersion: 1,
        dlvLoadConfig: { maxStringLen: 1 },
        dlvFlags: ["--headless", "--accept-multiclient", "--api-version", "1"],
        env: { GODEBUG: "mmap=1" },
      }),
    });
    assert.equal(ended, "initialized");
    assert.match(launch.timeline.said, /dap mode is always headless/);
    assert.match(launch.timeline.said, /accept-multiclient mode not supported with dap/);
    const finding = verdicts.findings.find((one) => one.cause === id);
    assert.equal(finding?.certainty, "proven");
    assert.equal(finding?.evidence.length, 5);
  });

  it("fail an attach in a mode that attach does not have", async () => {
    const { ended, verdicts, launch } = await labLaunch({
      folder: lab.folder,
      config: config({ request: "attach", mode: "test" }),
    });
    assert.equal(ended, "failed");
    assert.match(launch.timeline.failure?.text ?? "", /unsupported 'mode' attribute "test"/);
    assert.equal(verdicts.findings.find((one) => one.cause === id)?.certainty, "proven");
  });

  it("are not found where there are none", async () => {
    const { ended, verdicts } = await labLaunch({ folder: lab.folder, config: config({}) });
    assert.equal(ended, "initialized");
    assert.ok(verdicts.clear.includes(id));
  });
});
