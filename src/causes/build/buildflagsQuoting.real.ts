import assert from "node:assert/strict";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";

describe("buildFlags that go does not take as they were meant", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const launch = (config: Readonly<Record<string, unknown>>) =>
    labLaunch({ config, folder, breakpoints: [{ file: join(folder, "main.go"), line: 6 }] });
  let env: Record<string, string> = {};

  before(async () => {
    await warmCache();
    env = await labEnv({ GOPROXY: "off" });
  });
  after(() => lab.remove());

  it("are named for double quotes, and requoted they reach the stop", async () => {
    const config = debugConfig(folder, env, { buildFlags: '-ldflags="-X main.a=b"' });
    const failed = await launch(config);
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "buildflags-quoting", "proven");
    assert.match(finding.evidence.join("\n"), /missing =<value>/);
    cured(finding, await launch(fixedConfig(config, finding)));
  });

  // That go takes what the fix writes has been seen by the probe: the certainty says so.
  const torn: readonly (readonly [string, unknown, RegExp])[] = [
    ["a value without quotes", "-ldflags=-X main.a=b -tags=x", /malformed import path/],
    ["tags with a space", "-tags=a b", /package b is not in std/],
    ["a list whose item holds a space", ["-tags a"], /flag provided but not defined: -tags a/],
  ];
  for (const [what, buildFlags, words] of torn)
    it(`are named for ${what}`, async () => {
      const failed = await launch(debugConfig(folder, env, { buildFlags }));
      assert.match(named(failed, "buildflags-quoting", "proven").evidence.join("\n"), words);
    });

  it("are named where -gcflags undo Delve's, and without them nothing is optimised", async () => {
    const config = debugConfig(folder, env, { buildFlags: ["-gcflags=-e", "-tags=x"] });
    const finding = named(await launch(config), "buildflags-quoting", "proven");
    assert.match(finding.because, /main is compiled with optimisation/);
    cured(finding, await launch(fixedConfig(config, finding)));
  });

  it("are silent in Delve's own quotes, and with -gcflags that keep -N -l", async () => {
    const quoted = { buildFlags: "-ldflags='-X main.a=b' -tags=a,b" };
    silent(await launch(debugConfig(folder, env, quoted)), "buildFlags in single quotes");
    const kept = { buildFlags: ["-gcflags=-N -l -e"] };
    silent(await launch(debugConfig(folder, env, kept)), "-gcflags that keep -N -l");
  });
});
