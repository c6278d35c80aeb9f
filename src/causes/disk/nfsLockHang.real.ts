import assert from "node:assert/strict";
import { readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { type FuseFault, mountFuse, noFuse } from "../../../test/lab/fuse.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { greetingFiles, type ModuleProxy, moduleProxy } from "../../../test/lab/moduleProxy.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";

const lock = "cache/download/example.com/greeting/@v/v1.0.0.lock";

describe("a filesystem whose server does not answer", function () {
  this.timeout(240_000);
  const lab = makeFolder({ [`served/${lock}`]: "" });
  const { folder } = lab;
  const modules = join(folder, "modules");
  const sources = join(folder, "sources");
  const breakpoints = [{ file: join(sources, "main.go"), line: 10 }];
  let proxy: ModuleProxy;
  let env: Record<string, string> = {};
  let unmount: () => Promise<void> = () => Promise.resolve();

  before(async function () {
    const why = noFuse();
    if (why !== undefined) skip(this, why);
    await warmCache();
    proxy = await moduleProxy();
    env = await labEnv({ GOMODCACHE: modules, GOFLAGS: "-modcacherw -buildvcs=false", GOPROXY: proxy.url });
    for (const [path, text] of Object.entries(greetingFiles)) lab.write(join("original", path), text);
  });

  afterEach(async () => {
    await unmount();
    unmount = () => Promise.resolve();
  });

  after(async () => {
    await proxy?.close();
    lab.remove();
  });

  async function serve(from: string, at: string, fault: FuseFault): Promise<void> {
    unmount = await mountFuse(join(folder, from), at, "fuse.lab", fault);
  }

  it("is named with the lock that go asks for, and a local cache reaches the stop", async () => {
    for (const [path, text] of Object.entries(greetingFiles)) lab.write(join("sources", path), text);
    await serve("served", modules, { locks: "silence" });
    const config = debugConfig(sources, env);
    const result = await labLaunch({ config, folder: sources, breakpoints, stallAfter: 1500 });
    assert.equal(result.ended, "stalled");
    const finding = named(result, "nfs-lock-hang", "proven");
    assert.ok(
      finding.because.includes(`the lock of ${join(modules, lock)} on ${modules} (fuse.lab)`),
      finding.because,
    );
    assert.match(finding.evidence.join("\n"), /thread \d+, state [SD], in \w+: asks for the lock of/);
    const fixed = fixedConfig(config, finding);
    const cache = String((fixed["env"] as Record<string, string>)["GOMODCACHE"]);
    try {
      cured(finding, await labLaunch({ config: fixed, folder: sources, breakpoints }));
    } finally {
      rmSync(cache, { recursive: true, force: true });
      if (readdirSync(dirname(cache)).length === 0) rmdirSync(dirname(cache));
    }
    rmSync(sources, { recursive: true });
  });

  it("is named where it gives no locks, and where a file is never opened; all is well once it does", async () => {
    const config = debugConfig(
      sources,
      { ...env, GOMODCACHE: join(folder, "own") },
      { output: join(folder, "program") },
    );
    const launch = () => labLaunch({ config, folder: sources, breakpoints, stallAfter: 3000 });
    const enolck = 37;
    await serve("original", sources, { locks: enolck });
    const refused = await launch();
    assert.equal(refused.ended, "failed");
    const finding = named(refused, "nfs-lock-hang", "proven");
    assert.match(finding.evidence.join("\n"), /go\.mod: no locks available/);
    assert.equal(preferredFix(finding).action.kind, "advice");
    await unmount();

    await serve("original", sources, { deaf: "/main.go" });
    const silentServer = await launch();
    assert.equal(silentServer.ended, "stalled");
    const hung = named(silentServer, "nfs-lock-hang", "proven");
    assert.ok(hung.because.includes(join(sources, "main.go")), hung.because);
    await unmount();

    await serve("original", sources, {});
    const healthy = await launch();
    cured(finding, healthy);
    silent(healthy, "sources on a filesystem with a server that answers");
  });
});
