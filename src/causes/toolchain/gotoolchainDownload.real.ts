import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { delveFromOlderGo } from "../../../scripts/setup/delve.ts";
import { needToolchain } from "../../../scripts/setup/go.ts";
import { type BlackHole, blackHole } from "../../../test/lab/blackHole.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, helloFiles, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { moduleProxy } from "../../../test/lab/moduleProxy.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { go } from "../../../test/lab/tools.ts";

describe("a toolchain that go cannot get", function () {
  this.timeout(600_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  let hole: BlackHole;

  before(async () => {
    await warmCache();
    hole = await blackHole();
  });

  after(async () => {
    await hole.close();
    lab.remove();
  });

  const configWith = async (goMod: string, env: Readonly<Record<string, string>>) => {
    lab.write("go.mod", `module example.com/hello\n\n${goMod}\n`);
    const all = { GOPROXY: hole.url, GOTOOLCHAIN: "auto", GOMODCACHE: join(folder, "cache") };
    return debugConfig(folder, await labEnv({ ...all, GOFLAGS: "-modcacherw", ...env }));
  };

  it("is named where a toolchain line asks and the proxy is silent; the installed Go then builds it", async () => {
    const config = await configWith("go 1.25\n\ntoolchain go1.99.1", {});
    const result = await labLaunch({ config, folder, breakpoints, stallAfter: 1500 });
    assert.equal(result.ended, "stalled");
    const finding = named(result, "gotoolchain-download", "proven");
    assert.match(finding.because, /go1\.99\.1, which .*go\.mod asks for/);
    const evidence = finding.evidence.join("\n");
    assert.match(evidence, /golang\.org\/toolchain\/.*go1\.99\.1.*\.lock/);
    assert.ok(evidence.includes(`ESTABLISHED 127.0.0.1:${hole.port}`), evidence);
    assert.match(evidence, /toolchain go1\.99\.1/);

    const relaunched = await labLaunch({ config: fixedConfig(config, finding), folder, breakpoints });
    cured(finding, relaunched);
  });

  it("is named where a go line demands, and is clear once such a Go is installed", async () => {
    const older = await needToolchain(delveFromOlderGo.go);
    const newer = await go();
    const path = process.env["PATH"] ?? "";
    const config = await configWith("go 1.25.1", { PATH: `${dirname(older)}:${path}` });
    const result = await labLaunch({ config, folder, breakpoints, stallAfter: 1500 });
    assert.equal(result.ended, "stalled");
    const finding = named(result, "gotoolchain-download", "proven");
    assert.match(finding.evidence.join("\n"), /go\.mod: go 1\.25\.1\ninstalled: go1\.24/);
    assert.ok(finding?.fixes.some((fix) => fix.id === "gotoolchain-download/install-go"));

    const installed = { ...config, env: { ...Object(config["env"]), PATH: `${dirname(newer)}:${path}` } };
    const relaunched = await labLaunch({ config: installed, folder, breakpoints });
    silent(relaunched, "is named where a go line demands, and is clear once such a Go is installed");
  });

  it("is found where GOTOOLCHAIN=local refuses; its fix lets the Go on PATH build it", async () => {
    const older = await needToolchain(delveFromOlderGo.go);
    const newer = await go();
    // go looks for a program of the toolchain's name on PATH before it downloads one (go.dev/doc/toolchain#select).
    const bin = join(folder, "bin");
    mkdirSync(bin);
    const version = /go1\.[\d.]+/.exec(versionOf(newer))?.[0] ?? "";
    symlinkSync(newer, join(bin, version));
    const config = await configWith(`go ${version.slice(2)}`, {
      GOTOOLCHAIN: "local",
      PATH: `${dirname(older)}:${bin}:${process.env["PATH"] ?? ""}`,
    });
    const result = await labLaunch({ config, folder, breakpoints });
    assert.equal(result.ended, "failed");
    // That this Delve does not debug what the older Go builds is true as well, and no reason for this failure.
    const finding = named(result, "gotoolchain-download", "proven", ["delve-go-version-window"]);
    assert.match(finding.because, /requires go >= .*GOTOOLCHAIN=local/);

    const relaunched = await labLaunch({ config: fixedConfig(config, finding), folder, breakpoints });
    silent(relaunched, "is found where GOTOOLCHAIN=local refuses; its fix lets the Go on PATH build it");
  });

  it("is found in go's own words where the proxy does not have it", async () => {
    const proxy = await moduleProxy({ status: 404 });
    try {
      const config = await configWith("go 1.99.0", { GOPROXY: proxy.url });
      const result = await labLaunch({ config, folder, breakpoints });
      assert.equal(result.ended, "failed");
      const finding = named(result, "gotoolchain-download", "proven");
      assert.match(finding.because, /download go1\.99\.0 .*toolchain not available/);
      assert.ok(preferredFix(finding));
    } finally {
      await proxy.close();
    }
  });

  it("finds nothing where the installed Go is new enough, whatever the proxy does", async () => {
    const config = await configWith(helloFiles["go.mod"]?.split("\n").at(-2) ?? "", {});
    const result = await labLaunch({ config, folder, breakpoints });
    silent(result, "finds nothing where the installed Go is new enough, whatever the proxy does");
    assert.ok(!existsSync(join(folder, "cache", "golang.org")));
  });
});

function versionOf(program: string): string {
  const env = { ...process.env, GOTOOLCHAIN: "local" };
  return execFileSync(program, ["version"], { env, encoding: "utf8" });
}
