import assert from "node:assert/strict";
import { join } from "node:path";
import { editorDid } from "../../../test/lab/editor.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";

/** The launch is real here; that the extension is not there is what test/editor/waiting.large.ts sees. */
describe("a launch without the Go extension", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  before(warmCache.bind(undefined, undefined));
  after(() => lab.remove());

  it("is named after Delve's refusal of what nobody prepared, and is clear once the extension does", async () => {
    const env = await labEnv();
    // As it is written: no mode is chosen, and no directory to build in.
    const written = { name: "lab", type: "go", request: "launch", mode: "auto", program: folder, env };
    const editor = editorDid({ go: { state: "missing" } });
    const result = await labLaunch({ config: written, folder, breakpoints, editor });
    assert.equal(result.ended, "failed");
    const finding = named(result, "extension-not-activated", "proven");
    assert.match(finding.evidence.join("\n"), /auto/);
    // What the extension makes of it.
    const prepared = debugConfig(folder, env);
    const relaunched = await labLaunch({ config: prepared, folder, breakpoints, editor: editorDid() });
    cured(finding, relaunched);
  });

  it("is no finding where the launch reaches its stop all the same", async () => {
    const config = debugConfig(folder, await labEnv());
    const editor = editorDid({ go: { state: "missing" } });
    silent(
      await labLaunch({ config, folder, breakpoints, editor }),
      "no Go extension, and nothing that lacks it",
    );
  });
});
