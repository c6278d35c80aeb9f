import assert from "node:assert/strict";
import { connect } from "node:net";
import { freePort, serverLab, until } from "../../../test/lab/dlvServer.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig } from "../../../test/lab/module.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { listenersOn } from "../../../test/lab/sockets.ts";

describe("a server for one client", function () {
  this.timeout(240_000);
  const lab = serverLab();
  const { folder, breakpoints } = lab;
  before(() => lab.prepare());
  afterEach(() => lab.endAll());
  after(() => lab.remove());

  it("that another client has is found, and one that takes several lets the attach reach its stop", async () => {
    const port = await freePort();
    const server = await lab.headless(port);
    const holder = await lab.hold(port);
    await until(() => listenersOn(port).length === 0, "dlv listening no more");

    const [before] = await lab.diagnose(lab.attach(port));
    assert.deepEqual([before?.cause, before?.certainty], ["single-client-used-up", "possible"]);
    const refused = await labLaunch({ config: lab.attach(port), folder, breakpoints });
    assert.equal(refused.ended, "failed");
    const finding = named(refused, "single-client-used-up", "proven");
    assert.match(finding.because, new RegExp(`dlv \\(pid ${server.pid}\\).* node \\(pid ${holder.pid}\\)`));
    const { action } = preferredFix(finding);
    assert.match(action.kind === "advice" ? action.text : "", /dlv --accept-multiclient exec .*--headless/);

    await lab.endAll();
    await lab.headless(port, ["--accept-multiclient"]);
    await lab.hold(port);
    const attached = await labLaunch({ config: lab.attach(port), folder, breakpoints });
    cured(finding, attached);
  });

  it("that a look at its port has used up is found; one that nobody looked at takes the attach", async () => {
    const port = await freePort();
    await lab.headless(port);
    const healthy = await labLaunch({ config: lab.attach(port), folder, breakpoints });
    silent(
      healthy,
      "that a look at its port has used up is found; one that nobody looked at takes the attach",
    );

    await lab.endAll();
    const server = await lab.headless(port);
    const socket = connect(port, "127.0.0.1", () => socket.destroy());
    await until(() => listenersOn(port).length === 0, "dlv listening no more");
    const refused = await labLaunch({ config: lab.attach(port), folder, breakpoints });
    const finding = named(refused, "single-client-used-up", "proven");
    assert.match(finding.because, new RegExp(`pid ${server.pid}.*a connection that is gone`));
  });

  it("`dlv dap`, that never takes a second, is found while the launch waits; its fix launches without it", async () => {
    const port = await freePort();
    await lab.dap(port);
    const holder = await lab.hold(port);
    const config = debugConfig(folder, lab.env, { port, host: "127.0.0.1" });
    const stalled = await labLaunch({ config, folder, breakpoints, stallAfter: 1500 });
    assert.equal(stalled.ended, "stalled");
    const finding = named(stalled, "single-client-used-up", "proven");
    assert.equal(finding.explains?.phase, "handshake");
    assert.match(finding.because, new RegExp(`node \\(pid ${holder.pid}\\)`));
    const launched = await labLaunch({ config: fixedConfig(config, finding), folder, breakpoints });
    cured(finding, launched);
  });
});
