import assert from "node:assert/strict";
import { join } from "node:path";
import { needDelve } from "../../../scripts/setup/delve.ts";
import { editorDid, examineBegun } from "../../../test/lab/editor.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { dlv } from "../../../test/lab/tools.ts";

/** The old dlv is real here; that the Go extension waits for an answer is what test/editor/waiting.large.ts sees. */
describe("a dlv before v1.8.3, and the Go extension's question about it", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  let old = "";

  before(async function () {
    this.timeout(600_000);
    await warmCache();
    old = await needDelve("v1.8.2");
  });
  after(() => lab.remove());

  it("is named while the extension waits, and is clear with the dlv that its fix installs", async () => {
    const config = debugConfig(folder, await labEnv());
    const editor = editorDid({ ms: 12_000, waits: "resolve" });
    const asked = await examineBegun({ ...config, dlvToolPath: old }, folder, editor);
    // That such a dlv does not take this Go is true as well, and comes later.
    const finding = named(asked, "dlv-outdated-prompt", "likely", ["delve-go-version-window"]);
    assert.match(finding.evidence.join("\n"), /go-delve\/delve v1\.8\.2, older than v1\.8\.3/);
    // A go.mod that asks for a newer go than there is must not have go fetch one for that question.
    const newer = makeFolder({ "go.mod": "module example.com/newer\n\ngo 1.99\n" });
    const fetching = { ...config, dlvToolPath: old, env: { GOTOOLCHAIN: "auto", GOPROXY: "off" } };
    const inNewer = await examineBegun({ ...fetching, __buildDir: newer.folder }, newer.folder, editor);
    newer.remove();
    assert.ok(inNewer.verdicts.findings.some(({ cause }) => cause === finding.cause));

    const updated = { ...config, dlvToolPath: await dlv() };
    silent(await examineBegun(updated, folder, editor), "the Go extension is slow, and dlv is new");
    cured(finding, await labLaunch({ config: updated, folder, breakpoints, editor: editorDid() }));
  });
});
