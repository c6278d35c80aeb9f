import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { delveFromOlderGo, needDelve } from "../../../scripts/setup/delve.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { dlv, go } from "../../../test/lab/tools.ts";
import { planned } from "../../core/launch.ts";
import { noTimeline } from "../../core/timeline.ts";
import { examine } from "../../examine/examine.ts";
import { localHost } from "../../hosts/local.ts";
import { causes } from "../index.ts";

const id = "dwarf5-delve-built-with-old-go";

describe("a current Delve that an older Go has built", function () {
  this.timeout(600_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  const bin = join(folder, "bin");
  let env: Record<string, string> = {};
  let goPath = "";
  let config: Readonly<Record<string, unknown>> = {};

  before(async () => {
    await warmCache();
    env = await labEnv();
    goPath = await go();
    mkdirSync(bin);
    copyFileSync(await needDelve(delveFromOlderGo.version, delveFromOlderGo.go), join(bin, "dlv"));
    config = debugConfig(folder, env, { dlvToolPath: join(bin, "dlv") });
  });
  after(() => lab.remove());

  const diagnose = async (one: Readonly<Record<string, unknown>>) => ({
    verdicts: await examine(localHost, { ...planned(one, folder), timeline: noTimeline }, causes),
  });

  it("is found when the launch fails after its build; with DWARF 4 it reaches its stop", async () => {
    const failed = await labLaunch({ config, folder, breakpoints });
    assert.equal(failed.ended, "failed");
    const finding = named(failed, id, "proven");
    assert.equal(finding.explains?.phase, "load");
    assert.match(finding.evidence.join("\n"), /bin\/dlv: go1\.24\.13\n[\s\S]*DWARFv5/);

    const fixes = finding.fixes.map((fix) => ({ ...fix, preferred: fix.id.endsWith("/dwarf4") }));
    const stopGap = { ...finding, fixes };
    // A build with another GOEXPERIMENT compiles the standard library once more.
    const dwarf4 = { ...fixedConfig(config, stopGap), mode: "exec", program: join(folder, "four") };
    build("four", { GOEXPERIMENT: "nodwarf5" });
    cured(stopGap, await labLaunch({ config: dwarf4, folder, breakpoints }));
  });

  it("is found before any launch, of a program that is built and of one that is only run", async () => {
    named(await diagnose(config), id, "proven");
    build("five");
    const finding = named(
      await diagnose({ ...config, mode: "exec", program: join(folder, "five") }),
      id,
      "proven",
    );
    assert.match(finding.evidence.join("\n"), /five: \.debug_addr, so DWARF 5/);
  });

  it("gives way to the Delve that its fix builds in its place", async () => {
    const finding = named(await diagnose(config), id, "proven");
    const { action } = preferredFix(finding);
    assert.ok(action.kind === "command");
    assert.deepEqual(action.argv.slice(0, 4), ["env", `GOBIN=${bin}`, "go", "install"]);
    // The same build as the tests' own dlv; delveGoVersionWindow.real.ts runs such a command.
    copyFileSync(await dlv(), join(bin, "dlv"));
    cured(finding, await labLaunch({ config, folder, breakpoints }));
    silent(await diagnose(config), "a Delve that the program's own Go has built");
  });

  function build(name: string, more: Readonly<Record<string, string>> = {}): void {
    execFileSync(goPath, ["build", "-gcflags=all=-N -l", "-o", join(folder, name), "."], {
      cwd: folder,
      env: { ...process.env, ...env, CGO_ENABLED: "0", ...more },
    });
  }
});
