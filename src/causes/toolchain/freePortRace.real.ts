import assert from "node:assert/strict";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { golangStarts } from "../../../test/lab/golangGo.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { freePort } from "../../../test/lab/server.ts";
import { dlv } from "../../../test/lab/tools.ts";

const id = "free-port-race";

describe("a port that is somebody else's by the time dlv binds it", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  let config: Readonly<Record<string, unknown>> = {};
  let holder: Server | undefined;

  before(async () => {
    await warmCache();
    config = debugConfig(folder, await labEnv(), { dlvToolPath: await dlv() });
  });
  afterEach(async () => {
    if (holder?.listening === true) await once(holder.close(), "close");
  });
  after(() => lab.remove());

  async function take(port: number): Promise<void> {
    holder = createServer().listen(port, "127.0.0.1");
    await once(holder, "listening");
  }

  it("is found where golang.go chose it, and never chosen by dlv itself", async () => {
    const failed = await golangStarts(config, folder, { waitMs: 2000, chosen: take });
    assert.equal(failed.ended, "failed");
    const finding = named(failed, id, "proven");
    assert.match(finding.because, new RegExp(`\\(pid ${process.pid}\\) has`));
    assert.equal(preferredFix(finding).action.kind, "setting");
    cured(finding, await labLaunch({ config, folder, breakpoints }));
  });

  it("is no finding where nobody takes it", async () => {
    silent(await golangStarts(config, folder), "a port that stays free", "connected");
  });

  it("is found where a script around dlv names it, and is free once its holder is gone", async () => {
    const port = await freePort();
    await take(port);
    lab.write(
      "bin/dlv",
      `#!/bin/sh\nexec "${String(config["dlvToolPath"])}" "$@" --listen=127.0.0.1:${port}\n`,
    );
    chmodSync(join(folder, "bin", "dlv"), 0o755);
    const fixed = { ...config, dlvToolPath: join(folder, "bin", "dlv") };
    const failed = await labLaunch({ config: fixed, folder, breakpoints });
    const finding = named(failed, id, "proven");
    if (holder !== undefined) await once(holder.close(), "close");
    cured(finding, await labLaunch({ config: fixed, folder, breakpoints }));
  });
});
