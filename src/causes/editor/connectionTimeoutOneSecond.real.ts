import assert from "node:assert/strict";
import { join } from "node:path";
import { golangStarts } from "../../../test/lab/golangGo.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { dlv } from "../../../test/lab/tools.ts";

describe("an extension host that is busy while golang.go connects to dlv", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  let config: Readonly<Record<string, unknown>> = {};

  before(async () => {
    await warmCache();
    config = debugConfig(folder, await labEnv(), { dlvToolPath: await dlv() });
  });
  after(() => lab.remove());

  it("is found, and is no matter where the proxy connects", async () => {
    const failed = await golangStarts(config, folder, { busyMs: 1200 });
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "connection-timeout-one-second", "likely");
    assert.equal(preferredFix(finding).id, "connection-timeout-one-second/proxy");
    const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
    cured(finding, await labLaunch({ config, folder, breakpoints }));
  });

  it("that has the time is no finding", async () => {
    silent(await golangStarts(config, folder), "golang.go that connects within its second", "connected");
  });
});
