import assert from "node:assert/strict";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { editorDid, examineBegun } from "../../../test/lab/editor.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { dlv, go } from "../../../test/lab/tools.ts";

/** dlv's absence is real here; that the Go extension waits for an answer is what test/editor/waiting.large.ts sees. */
describe("a machine without dlv, and the Go extension's question about it", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  const bin = join(folder, "gopath", "bin");
  let config: Readonly<Record<string, unknown>> = {};

  before(async function () {
    const there = ["/usr/local/bin/dlv", "/usr/bin/dlv"].find(existsSync);
    if (there !== undefined) skip(this, `this machine has ${there}, where every launch finds it`);
    await warmCache();
    mkdirSync(bin, { recursive: true });
    const PATH = `${dirname(await go())}:/usr/bin:/bin`;
    const HOME = folder;
    const GOCACHE = process.env["GOCACHE"] ?? join(process.env["HOME"] ?? "", ".cache", "go-build");
    config = debugConfig(folder, await labEnv({ PATH, HOME, GOCACHE, GOPATH: dirname(bin), GOBIN: "" }));
  });
  after(() => lab.remove());

  it("is named while the extension waits, and is clear once dlv is where go installs it", async () => {
    const editor = editorDid({ ms: 12_000, waits: "resolve" });
    const asked = await examineBegun(config, folder, editor);
    const finding = named(asked, "dlv-missing-prompt", "likely", ["dlv-dies-or-missing-at-start"]);
    const [fix] = finding.fixes;
    assert(fix?.action.kind === "command");
    assert.deepEqual(fix.action.argv.slice(0, 2), ["go", "install"]);
    // What that command does, without the network.
    symlinkSync(await dlv(), join(bin, "dlv"));
    const found = { ...config, dlvToolPath: join(bin, "dlv") };
    silent(await examineBegun(found, folder, editor), "the Go extension is slow, and dlv is there");
    cured(finding, await labLaunch({ config: found, folder, breakpoints, editor: editorDid() }));
  });
});
