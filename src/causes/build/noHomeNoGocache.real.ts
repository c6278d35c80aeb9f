import assert from "node:assert/strict";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { mountTmpfs, noMounts } from "../../../test/lab/mounts.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";

describe("a build without a place for its cache", function () {
  this.timeout(600_000);
  const lab = makeFolder();
  const { folder } = lab;
  const launch = (config: Readonly<Record<string, unknown>>) =>
    labLaunch({ config, folder, breakpoints: [{ file: join(folder, "main.go"), line: 6 }] });
  let env: Record<string, string> = {};

  before(async () => {
    await warmCache();
    env = await labEnv();
  });
  after(() => lab.remove());

  /** The launch with the preferred fix, whose cache is that of the user's home: as a rule a warm one. */
  async function curedBy(finding: ReturnType<typeof named>, config: Readonly<Record<string, unknown>>) {
    const fixed = fixedConfig(config, finding);
    await warmCache(String((fixed["env"] as Readonly<Record<string, unknown>>)["GOCACHE"]));
    cured(finding, await launch(fixed));
  }

  it("is named where HOME is not set, and GOCACHE reaches the stop", async () => {
    const config = debugConfig(folder, { ...env, HOME: "", XDG_CACHE_HOME: "", GOCACHE: "" });
    const failed = await launch(config);
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "no-home-no-gocache", "proven");
    assert.match(finding.because, /neither HOME nor XDG_CACHE_HOME nor GOCACHE/);
    assert.match(finding.evidence.join("\n"), /build cache is required, but could not be located/);
    await curedBy(finding, config);
  });

  it("is named where the cache lies on a read-only filesystem", async function () {
    const why = noMounts();
    if (why !== undefined) skip(this, why);
    const place = join(folder, "ro");
    const unmount = mountTmpfs(place, "size=64m,ro");
    try {
      const config = debugConfig(folder, { ...env, GOCACHE: join(place, "cache") });
      const finding = named(await launch(config), "no-home-no-gocache", "proven");
      assert.ok(
        finding.evidence.includes(`access ${place} for writing: refused`),
        finding.evidence.join("\n"),
      );
    } finally {
      unmount();
    }
  });

  it("is silent where GOCACHE alone is set", async () => {
    const cache = join(process.env["HOME"] ?? "/root", ".cache", "go-build");
    await warmCache(cache);
    const config = debugConfig(folder, { ...env, HOME: "", XDG_CACHE_HOME: "", GOCACHE: cache });
    silent(await launch(config), "no HOME, and GOCACHE set");
  });
});
