import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { needDelve, oldDelve } from "../../../scripts/setup/delve.ts";
import { needToolchain } from "../../../scripts/setup/go.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { legacyStarts } from "../../../test/lab/legacyGo.ts";
import { debugConfig, labEnv, makeFolder, warmFor } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";

/** Without an import, so that this Go has only its runtime to compile. */
const files = {
  "go.mod": "module example.com/hello\n\ngo 1.22\n",
  "main.go": 'package main\n\nfunc main() {\n\tprintln("hello")\n}\n',
  // A linker that takes its time, as one of a big program does.
  slow: '#!/bin/sh\ncase $1 in */link) case $* in *-V=full*) ;; *) sleep 1 ;; esac ;; esac\nexec "$@"\n',
};

describe("the legacy adapter and a build that prints", function () {
  this.timeout(300_000);
  const lab = makeFolder(files);
  const { folder } = lab;
  let config: Readonly<Record<string, unknown>> = {};
  before(async () => {
    chmodSync(join(folder, "slow"), 0o755);
    const go = dirname(await needToolchain(oldDelve.go));
    const env = await labEnv({ PATH: [go, process.env["PATH"]].join(delimiter), CGO_ENABLED: "0" });
    config = debugConfig(folder, env, {
      dlvToolPath: await needDelve(oldDelve.version, oldDelve.go),
      debugAdapter: "legacy",
      buildFlags: `-v -toolexec=${join(folder, "slow")}`,
    });
  });
  after(() => lab.remove());

  it("meet before dlv listens; the adapter that waits for dlv reaches the stop", async () => {
    const result = await legacyStarts(config, folder);
    assert.equal(result.ended, "refused");
    const finding = named(result, "legacy-adapter-race", "likely");
    const breakpoints = [{ file: join(folder, "main.go"), line: 4 }];
    // What was to be compiled was printed, and must not be what makes the next launch slow.
    warmFor(folder, Object(config["env"]), ["build", `-toolexec=${join(folder, "slow")}`]);
    cured(finding, await labLaunch({ config: fixedConfig(config, finding), folder, breakpoints }));
  });

  it("are no finding where nothing is printed", async () => {
    const quiet = { ...config, buildFlags: `-toolexec=${join(folder, "slow")}` };
    silent(
      await legacyStarts(quiet, folder),
      "the legacy adapter and a build that prints nothing",
      "answered",
    );
  });
});
