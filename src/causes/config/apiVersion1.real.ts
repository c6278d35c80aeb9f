import assert from "node:assert/strict";
import { needDelve, oldDelve } from "../../../scripts/setup/delve.ts";
import { serverLab } from "../../../test/lab/dlvServer.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { legacyStarts } from "../../../test/lab/legacyGo.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";

describe("API 1, asked for by the legacy adapter", function () {
  this.timeout(240_000);
  const lab = serverLab();
  const { folder, breakpoints } = lab;
  let config: Readonly<Record<string, unknown>> = {};
  before(async () => {
    await lab.prepare();
    config = {
      name: "lab",
      type: "go",
      request: "launch",
      mode: "exec",
      program: lab.program,
      debugAdapter: "legacy",
      apiVersion: 1,
      dlvFlags: ["--api-version=1"],
      dlvToolPath: lab.dlv,
      env: lab.env,
    };
  });
  after(() => lab.remove());

  it("is refused by a current dlv; the adapter that speaks DAP reaches the stop", async () => {
    const result = await legacyStarts(config, folder);
    assert.ok(["refused", "closed"].includes(result.ended), result.ended);
    const finding = named(result, "api-version-1", "proven");
    assert.match(finding.evidence.join("\n"), /unknown API version/);
    cured(finding, await labLaunch({ config: fixedConfig(config, finding), folder, breakpoints }));
  });

  it("is no finding with a dlv that has it, and neither is API 2", async () => {
    const two = { ...config, apiVersion: 2, dlvFlags: [] };
    silent(await legacyStarts(two, folder), "the legacy adapter with API 2", "answered");
    const old = await needDelve(oldDelve.version, oldDelve.go);
    // This Delve is too old for the program, and looks at that only once it has taken the API's version.
    const first = await legacyStarts(
      { ...config, dlvToolPath: old, dlvFlags: ["--api-version=1", "--check-go-version=false"] },
      folder,
    );
    silent(first, "the legacy adapter with API 1 of a Delve that has it", "answered");
  });
});
