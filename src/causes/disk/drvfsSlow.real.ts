import assert from "node:assert/strict";
import { join } from "node:path";
import { mountFuse, noFuse } from "../../../test/lab/fuse.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, helloFiles, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";

describe("sources that another system keeps", function () {
  this.timeout(240_000);
  const lab = makeFolder({});
  const original = join(lab.folder, "original");
  const mounted = join(lab.folder, "mounted");
  let env: Record<string, string> = {};

  before(async function () {
    const why = noFuse();
    if (why !== undefined) skip(this, why);
    await warmCache();
    env = await labEnv({ GOFLAGS: "-buildvcs=false" });
    for (const [path, text] of Object.entries(helloFiles)) lab.write(join("original", path), text);
    for (let part = 0; part < 40; part += 1)
      lab.write(`original/part${part}.go`, `package main\n\nvar part${part} = ${part}\n`);
  });

  after(() => lab.remove());

  const launch = (folder: string) =>
    labLaunch({
      config: debugConfig(folder, env, { output: join(lab.folder, "program") }),
      folder,
      breakpoints: [{ file: join(folder, "main.go"), line: 6 }],
      stallAfter: 60_000,
    });

  it("are named with what a file costs, and the launch is quick from a local filesystem", async () => {
    // The name that Docker Desktop's mounts have: fuse.grpcfuse.
    const unmount = await mountFuse(original, mounted, "fuse.grpcfuse", { delayMs: 3 });
    try {
      const result = await launch(mounted);
      assert.equal(result.ended, "stopped");
      const finding = named(result, "drvfs-slow", "likely");
      assert.match(
        finding.because,
        /on \S+\/mounted \(fuse\.grpcfuse\), where opening a file takes \d+\.\d ms/,
      );
      assert.match(finding.evidence.join("\n"), /\d+ files of .* were opened in/);
      const healthy = await launch(original);
      cured(finding, healthy);
      silent(healthy, "the same sources on a local filesystem");
    } finally {
      await unmount();
    }
  });
});
