import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { needDelve } from "../../../scripts/setup/delve.ts";
import { debugConfig, labEnv, makeFolder } from "../../../test/lab/module.ts";
import { silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { go } from "../../../test/lab/tools.ts";
import { planned } from "../../core/launch.ts";
import { noTimeline } from "../../core/timeline.ts";
import { examine } from "../../examine/examine.ts";
import { localHost } from "../../hosts/local.ts";
import { platformRefused } from "../texts.ts";
import { unsupportedPlatform } from "./unsupportedPlatform.ts";

describe("the platforms that Delve is written for", function () {
  this.timeout(120_000);
  const lab = makeFolder();
  after(() => lab.remove());

  it("have this machine among them, with a dlv and without", async () => {
    const config = debugConfig(lab.folder, await labEnv(), { dlvToolPath: join(lab.folder, "none", "dlv") });
    const launch = { ...planned(config, lab.folder), timeline: noTimeline };
    const verdicts = await examine(localHost, launch, [unsupportedPlatform]);
    assert.deepEqual(verdicts.unknown, []);
    silent({ verdicts }, "a machine that Delve supports, where dlv is missing");
  });

  it("do not have 32-bit arm: go says of Delve's own source what the rule knows", async function () {
    await needDelve();
    const gopath = spawnSync(await go(), ["env", "GOMODCACHE"], { encoding: "utf8" }).stdout.trim();
    const source = join(gopath, "github.com", "go-delve", "delve@v1.27.1");
    if (!existsSync(source))
      skip(this, "Delve's source is not in the module cache: its build is older than that");
    const { stderr } = spawnSync(await go(), ["list", "-deps", "./cmd/dlv"], {
      cwd: source,
      encoding: "utf8",
      env: {
        ...process.env,
        GOARCH: "arm",
        GOFLAGS: "-mod=readonly",
        GOTOOLCHAIN: "local",
        GOPROXY: "off",
        PATH: `${dirname(await go())}:${process.env["PATH"] ?? ""}`,
      },
    });
    assert.match(stderr, platformRefused);
  });
});
