import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, type LabFolder, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { doubleFiles } from "../../../test/lab/sources.ts";

describe("a folder that was opened through a symbolic link", function () {
  this.timeout(300_000);
  const lab: LabFolder = makeFolder({});
  let env: Record<string, string> = {};

  before(async () => {
    await warmCache();
    env = await labEnv();
    for (const [path, text] of Object.entries(doubleFiles)) lab.write(`true/${path}`, text);
    symlinkSync("true", join(lab.folder, "link"));
  });
  after(() => lab.remove());

  const launch = (folder: string, config: Readonly<Record<string, unknown>>) =>
    labLaunch({
      config,
      folder,
      breakpoints: [{ file: join(folder, "internal/double/double.go"), line: 4 }],
    });

  it("is found, and mapping the link to its target makes the breakpoint hold", async () => {
    const folder = join(lab.folder, "link");
    const config = debugConfig(folder, env, { program: "." });
    const ran = await launch(folder, config);
    assert.equal(ran.ended, "exited");
    const finding = named(ran, "symlinked-workspace", "proven");
    assert.equal(finding.evidence[0], `${folder} is a symbolic link to ${join(lab.folder, "true")}`);

    const fixed = fixedConfig(config, finding);
    assert.deepEqual(fixed["substitutePath"], [{ from: folder, to: join(lab.folder, "true") }]);
    const again = await launch(folder, fixed);
    cured(finding, again);
  });

  it("is not found where the folder is opened by its own path", async () => {
    const folder = join(lab.folder, "true");
    const ran = await launch(folder, debugConfig(folder, env, { program: "." }));
    silent(ran, "is not found where the folder is opened by its own path");
  });
});
