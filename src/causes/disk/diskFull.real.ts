import assert from "node:assert/strict";
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, helloFiles, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { mountTmpfs, noMounts } from "../../../test/lab/mounts.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";

describe("a full disk", function () {
  this.timeout(300_000);
  let env: Record<string, string> = {};
  const undo: (() => void)[] = [];

  before(async function () {
    const why = noMounts();
    if (why !== undefined) skip(this, why);
    await warmCache();
    env = await labEnv();
  });

  afterEach(() => {
    for (const one of undo.splice(0).reverse()) one();
  });

  /** A folder with the program, and a small filesystem in its subfolder `small`. */
  function lab(options: string) {
    const made = makeFolder();
    const small = join(made.folder, "small");
    const unmount = mountTmpfs(small, options);
    undo.push(made.remove, unmount);
    return { folder: made.folder, small, breakpoints: [{ file: join(made.folder, "main.go"), line: 6 }] };
  }

  /** Launches again with the fixed configuration, and removes the binary that it puts elsewhere. */
  async function relaunch(config: Readonly<Record<string, unknown>>, folder: string) {
    const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
    const again = await labLaunch({ config, folder, breakpoints });
    if (typeof config["output"] === "string") rmSync(config["output"], { force: true });
    return again;
  }

  it("under go's work directory is found after go has removed what filled it, and the fix works elsewhere", async () => {
    const { folder, small, breakpoints } = lab("size=300k");
    const config = debugConfig(folder, { ...env, GOTMPDIR: small });
    const failed = await labLaunch({ config, folder, breakpoints });
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "disk-full", "proven");
    assert.equal(finding.explains?.phase, "build");
    assert.match(finding.because, new RegExp(small));

    const again = await relaunch(fixedConfig(config, finding), folder);
    cured(finding, again);
  });

  it("where the program is built is found, and the fix builds it elsewhere", async () => {
    const made = makeFolder({});
    const folder = join(made.folder, "work");
    undo.push(made.remove, mountTmpfs(folder, "size=100k"));
    for (const [path, text] of Object.entries(helloFiles)) made.write(join("work", path), text);
    const config = debugConfig(folder, env);
    const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
    const failed = await labLaunch({ config, folder, breakpoints });
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "disk-full", "proven");

    const again = await relaunch(fixedConfig(config, finding), folder);
    cured(finding, again);
  });

  it("without a free inode for go's work directory is found", async () => {
    const { folder, small, breakpoints } = lab("size=64m,nr_inodes=2");
    closeSync(openSync(join(small, "last"), "w"));
    assert.equal(statfsSync(small).ffree, 0);
    const config = debugConfig(folder, { ...env, GOTMPDIR: small });
    const failed = await labLaunch({ config, folder, breakpoints });
    const finding = named(failed, "disk-full", "proven");
    assert.match(finding.evidence.join("\n"), /no inode free/);
  });

  it("without a free inode in the build cache is found, whatever package go puts the blame on", async () => {
    const { folder, small, breakpoints } = lab("size=64m,nr_inodes=400");
    // The directories that go makes at first; what it caches in them is what has no inode.
    for (let index = 0; index < 256; index += 1) mkdirSync(join(small, index.toString(16).padStart(2, "0")));
    for (let index = 0; statfsSync(small).ffree > 0; index += 1)
      closeSync(openSync(join(small, `filler${index}`), "w"));
    const roomy = join(folder, "cache");
    mkdirSync(roomy);
    const config = debugConfig(folder, { ...env, GOCACHE: small, XDG_CACHE_HOME: roomy });
    const failed = await labLaunch({ config, folder, breakpoints });
    assert.equal(failed.ended, "failed");
    assert.match(String(failed.launch.timeline.buildError), /is not in std/);
    const finding = named(failed, "disk-full", "proven");
    assert.match(finding.evidence.join("\n"), /build cache.*no inode free/);
    assert.match(finding.evidence.join("\n"), /is not in std/);

    const again = await labLaunch({ config: fixedConfig(config, finding), folder, breakpoints });
    assert.equal(again.ended, "stopped");
    assert.ok(again.verdicts.clear.includes("disk-full"));
  });

  it("under the build cache is found in the launch that it slows down", async () => {
    const { folder, small } = lab("size=1m");
    // The runtime alone is enough to fill it.
    writeFileSync(join(folder, "main.go"), 'package main\n\nfunc main() {\n\tprintln("hello")\n}\n');
    const breakpoints = [{ file: join(folder, "main.go"), line: 4 }];
    const config = debugConfig(folder, { ...env, GOCACHE: small });
    const slow = await labLaunch({ config, folder, breakpoints });
    assert.equal(slow.ended, "stopped");
    const found = named(slow, "disk-full", "likely", ["first-debug-build-slow"]);
    assert.equal(found.explains?.phase, "build");
    assert.ok(found.explains.ms > 1000);
  });
});
