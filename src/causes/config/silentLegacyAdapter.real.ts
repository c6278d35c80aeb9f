import assert from "node:assert/strict";
import { needDelve, oldDelve } from "../../../scripts/setup/delve.ts";
import { freePort, serverLab } from "../../../test/lab/dlvServer.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { silent } from "../../../test/lab/score.ts";

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

  it("because it is old is found; with the adapter named the attach reaches its stop", async () => {
    const config = { ...lab.attach(port), dlvToolPath: old };
    const [finding, ...others] = await lab.diagnose(config);
    assert.equal(finding?.cause, "silent-legacy-adapter");
    assert.deepEqual([finding.certainty, others], ["proven", []]);
    assert.match(finding.because, /is Delve 1\.22\.1, which cannot guess paths/);
    const fixed = fixedConfig(config, finding);
    assert.deepEqual(await lab.diagnose(fixed), []);
    const attached = await labLaunch({ config: fixed, folder, breakpoints });
    silent(attached, "because it is old is found; with the adapter named the attach reaches its stop");
  });

  it("because there is none is likely; what golang.go resolved itself is possible", async () => {
    const none = { ...lab.attach(port), dlvToolPath: `${folder}/no/dlv` };
    const [finding] = await lab.diagnose(none);
    assert.deepEqual([finding?.cause, finding?.certainty], ["silent-legacy-adapter", "likely"]);
    const [resolved] = await lab.diagnose({ ...none, debugAdapter: "legacy" });
    assert.deepEqual([resolved?.cause, resolved?.certainty], ["silent-legacy-adapter", "possible"]);
  });

  it("that can is no finding", async () => {
    assert.deepEqual(await lab.diagnose(lab.attach(port)), []);
  });
});
