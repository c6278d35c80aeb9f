import assert from "node:assert/strict";
import { needDelve, oldDelve } from "../../../scripts/setup/delve.ts";
import { freePort, serverLab } from "../../../test/lab/dlvServer.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { fixedConfig, withoutAdapter } from "../../../test/lab/relaunch.ts";
import { cured, type Judged, named, silent } from "../../../test/lab/score.ts";
import type { Config } from "../../core/config.ts";

describe("a local dlv that cannot guess paths", function () {
  this.timeout(240_000);
  const lab = serverLab();
  const { folder, breakpoints } = lab;
  let port = 0;
  let old = "";
  before(async () => {
    await lab.prepare();
    old = await needDelve(oldDelve.version, oldDelve.go);
  });
  beforeEach(async () => {
    port = await freePort();
    await lab.headless(port, ["--accept-multiclient"]);
  });
  afterEach(() => lab.endAll());
  after(() => lab.remove());

  /** A test that may run beside this one starts the helper that another cause is about. */
  async function diagnose(config: Config): Promise<Judged> {
    const findings = await lab.diagnose(config);
    const own = findings.filter(({ cause }) => cause !== "remote-helper-go-list");
    return { verdicts: { findings: own, clear: [], unknown: [] } };
  }

  it("because it is old is found; with the adapter named the attach reaches its stop", async () => {
    const config = { ...withoutAdapter(lab.attach(port)), dlvToolPath: old };
    const finding = named(await diagnose(config), "silent-legacy-adapter", "proven");
    assert.match(finding.because, /is Delve 1\.22\.1, which cannot guess paths/);
    const fixed = fixedConfig(config, finding);
    silent(await diagnose(fixed), "an attach that names its adapter");
    const attached = await labLaunch({ config: fixed, folder, breakpoints });
    cured(finding, attached);
  });

  it("because there is none is likely; what golang.go resolved itself is possible", async () => {
    const none = { ...withoutAdapter(lab.attach(port)), dlvToolPath: `${folder}/no/dlv` };
    named(await diagnose(none), "silent-legacy-adapter", "likely");
    named(await diagnose({ ...none, debugAdapter: "legacy" }), "silent-legacy-adapter", "possible");
  });

  it("that can is no finding", async () => {
    silent(await diagnose(withoutAdapter(lab.attach(port))), "a local dlv that can guess paths");
  });
});
