import assert from "node:assert/strict";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { buildIn, doubleFiles } from "../../../test/lab/sources.ts";

describe("a program that was built with -trimpath", function () {
  this.timeout(300_000);
  const lab = makeFolder(doubleFiles);
  const { folder } = lab;
  const breakpoints = [
    { file: join(folder, "main.go"), line: 12 },
    { file: join(folder, "internal/double/double.go"), line: 4 },
  ];
  let env: Record<string, string> = {};

  before(async () => {
    await warmCache();
    env = await labEnv();
    // The standard library with -trimpath is another one to the build cache.
    await buildIn(folder, "/dev/null", ["-trimpath"]);
  });
  after(() => lab.remove());

  for (const [where, more, kept] of [
    ["buildFlags", { buildFlags: "-trimpath -tags=a" }, { buildFlags: "-tags=a" }],
    ["GOFLAGS", { env: { GOFLAGS: "-trimpath" } }, { env: { GOFLAGS: "-trimpath=false" } }],
  ] as const)
    it(`because of ${where} is found, and taking the flag out makes the breakpoints hold`, async () => {
      const all = { ...env, ...("env" in more ? more.env : {}) };
      const config = debugConfig(folder, all, { ...more, env: all });
      const ran = await labLaunch({ config, folder, breakpoints });
      assert.equal(ran.ended, "exited");
      const finding = named(ran, "trimpath", "proven");
      assert.equal(finding.evidence[0], `${where}: -trimpath`);
      assert.match(finding.because, /knows main\.go as example\.com\/double\/main\.go\.$/);

      const fixed = fixedConfig(config, finding);
      assert.deepEqual(fixed, { ...config, ...kept, env: { ...all, ...("env" in kept ? kept.env : {}) } });
      const again = await labLaunch({ config: fixed, folder, breakpoints });
      cured(finding, again);
    });

  it("for release is found, and mapping the folder to its module makes the breakpoints hold", async () => {
    const program = join(folder, "double.bin");
    await buildIn(folder, program, ["-trimpath"]);
    const config = { name: "exec", request: "launch", mode: "exec", program };
    const ran = await labLaunch({ config, folder, breakpoints });
    const finding = named(ran, "trimpath", "proven");
    const fixed = fixedConfig(config, finding);
    assert.deepEqual(fixed["substitutePath"], [{ from: folder, to: "example.com/double" }]);
    const again = await labLaunch({ config: fixed, folder, breakpoints });
    cured(finding, again);
    assert.ok(again.launch.timeline.breakpoints.every(({ verified }) => verified));
  });
});
