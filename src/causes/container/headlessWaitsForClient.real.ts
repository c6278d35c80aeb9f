import assert from "node:assert/strict";
import { freePort, serverLab, until } from "../../../test/lab/dlvServer.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { sampleTree } from "../../hosts/procfs.ts";

describe("a program that its headless dlv has not let run", function () {
  this.timeout(240_000);
  const lab = serverLab();
  const { folder, breakpoints } = lab;
  before(() => lab.prepare());
  afterEach(() => lab.endAll());
  after(() => lab.remove());

  const programOf = async (server: number) => {
    const held = () =>
      sampleTree(server).processes.find(({ state, tracer }) => state === "t" && tracer !== 0);
    await until(() => held() !== undefined, "a program that dlv holds");
    return held()?.pid;
  };
  const attach = (processId: number | undefined) => ({
    name: "lab",
    type: "go",
    request: "attach",
    mode: "local",
    processId,
    dlvToolPath: lab.dlv,
    env: lab.env,
  });

  it("is found where one attaches to it, and is reached through dlv's own port", async () => {
    const port = await freePort();
    const server = await lab.headless(port, ["--accept-multiclient"]);
    const config = attach(await programOf(server.pid));
    const refused = await labLaunch({ config, folder, breakpoints });
    assert.equal(refused.ended, "failed");
    const finding = named(refused, "headless-waits-for-client", "proven");
    assert.match(finding.because, new RegExp(`holds it until a client connects to port ${port}`));
    cured(finding, await labLaunch({ config: fixedConfig(config, finding), folder, breakpoints }));
  });

  it("is no finding for the remote attach that it waits for", async () => {
    const port = await freePort();
    const server = await lab.headless(port, []);
    await programOf(server.pid);
    const findings = await lab.diagnose(lab.attach(port));
    silent(
      { verdicts: { findings, clear: [], unknown: [] } },
      "a headless dlv that waits for its remote attach",
    );
  });
});
