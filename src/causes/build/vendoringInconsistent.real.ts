import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { greetingFiles, type ModuleProxy, moduleProxy } from "../../../test/lab/moduleProxy.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";

describe("a vendor directory that does not fit", function () {
  this.timeout(240_000);
  const lab = makeFolder(greetingFiles);
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 10 }];
  let proxy: ModuleProxy;
  let env: Record<string, string> = {};
  const config = (more: Readonly<Record<string, string>> = {}) => debugConfig(folder, { ...env, ...more });
  const launch = (one: Readonly<Record<string, unknown>>) => labLaunch({ config: one, folder, breakpoints });
  // The proxy answers in this process, so nothing here may wait for go and answer nobody.
  const run = (program: string, args: readonly string[]) =>
    promisify(execFile)(program, args, { cwd: folder, env: { ...process.env, ...env } });

  before(async () => {
    await warmCache();
    proxy = await moduleProxy();
    env = await labEnv({ GOMODCACHE: join(folder, "cache"), GOFLAGS: "-modcacherw", GOPROXY: proxy.url });
    await run("go", ["mod", "vendor"]);
  });

  after(async () => {
    await proxy?.close();
    lab.remove();
  });

  it("is clear while it fits", async () => {
    silent(await launch(config()), "a vendor directory that fits go.mod");
  });

  it("is named where go.mod has moved on, and the module cache reaches the stop", async () => {
    lab.write(
      "vendor/modules.txt",
      "# example.com/greeting v0.9.0\n## explicit; go 1.21\nexample.com/greeting\n",
    );
    const result = await launch(config());
    assert.equal(result.ended, "failed");
    const finding = named(result, "vendoring-inconsistent", "proven");
    assert.match(finding.evidence.join("\n"), /greeting@v1\.0\.0: is explicitly required in go\.mod/);
    assert.match(finding.evidence.join("\n"), /no -mod is set/);
    cured(finding, await launch(fixedConfig(config(), finding)));
  });

  it("is named where GOFLAGS wants what is not vendored; with an empty module cache go vendors it", async () => {
    rmSync(join(folder, "vendor"), { recursive: true });
    rmSync(join(folder, "cache"), { recursive: true });
    const wants = config({ GOFLAGS: "-modcacherw -mod=vendor" });
    const result = await launch(wants);
    const finding = named(result, "vendoring-inconsistent", "proven");
    assert.match(finding.evidence.join("\n"), /-mod=vendor is in GOFLAGS, from this configuration's env/);
    const { action } = preferredFix(finding);
    assert.ok(action.kind === "command" && action.cwd === folder);
    const [program = "", ...args] = action.argv;
    await run(program, args);
    cured(finding, await launch(wants));
  });
});
