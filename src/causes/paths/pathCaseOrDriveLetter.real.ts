import assert from "node:assert/strict";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { buildIn, doubleFiles } from "../../../test/lab/sources.ts";

/**
 * The folder gets its other case between the build and the launch, because Linux has no file system that takes either.
 * That an editor on macOS or Windows names a path so is documented and not seen here.
 */
describe("an editor's path in another case than the program's", function () {
  this.timeout(300_000);
  const lab = makeFolder({});
  const [built, opened] = [join(lab.folder, "shop"), join(lab.folder, "Shop")];
  const program = join(lab.folder, "program");
  const config = { name: "exec", request: "launch", mode: "exec", program };
  const at = (folder: string) => [{ file: join(folder, "main.go"), line: 12 }];

  before(async () => {
    await warmCache();
    for (const [path, text] of Object.entries(doubleFiles)) lab.write(`shop/${path}`, text);
    await buildIn(built, program);
  });
  after(() => lab.remove());

  it("is clear where they are the same", async () => {
    const ran = await labLaunch({ config, folder: lab.folder, breakpoints: at(built) });
    silent(ran, "is clear where they are the same");
  });

  it("is found, and the mapping makes the breakpoint hold", async () => {
    renameSync(built, opened);
    const ran = await labLaunch({ config, folder: lab.folder, breakpoints: at(opened) });
    assert.equal(ran.ended, "exited");
    const finding = named(ran, "path-case-or-drive-letter", "proven");
    const fixed = fixedConfig(config, finding);
    assert.deepEqual(fixed["substitutePath"], [{ from: opened, to: built }]);
    const again = await labLaunch({ config: fixed, folder: lab.folder, breakpoints: at(opened) });
    cured(finding, again);
  });
});
