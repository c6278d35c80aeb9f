import assert from "node:assert/strict";
import { freePort, serverLab, until } from "../../../test/lab/dlvServer.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { establishedOn } from "../../../test/lab/sockets.ts";

describe("two clients of one server", function () {
  this.timeout(240_000);
  const lab = serverLab();
  const { folder, breakpoints } = lab;
  before(() => lab.prepare());
  afterEach(() => lab.endAll());
  after(() => lab.remove());

  it("of which one lets the program run again at once: found, and over when that one disconnects", async () => {
    const port = await freePort();
    const server = await lab.headless(port, ["--accept-multiclient"]);
    // A client that sends its next `continue` while the last one is under way, as an editor buffers commands.
    const request = JSON.stringify({ method: "RPCServer.Command", params: [{ name: "continue" }], id: 1 });
    const script = `require("net").connect(${port}, "127.0.0.1").write(${JSON.stringify(request.repeat(2))})`;
    const other = await lab.start([process.execPath, "-e", script]);
    await until(() => establishedOn(port), "the other client connected");

    const stalled = await labLaunch({ config: lab.attach(port), folder, breakpoints, stallAfter: 1500 });
    assert.equal(stalled.ended, "stalled");
    const finding = named(stalled, "two-clients-fight", "proven");
    assert.match(finding.because, new RegExp(`dlv \\(pid ${server.pid}\\), node \\(pid ${other.pid}\\)`));

    await other.end();
    const attached = await labLaunch({ config: lab.attach(port), folder, breakpoints });
    cured(finding, attached);
  });

  it("of which the other does nothing are no finding", async () => {
    const port = await freePort();
    await lab.headless(port, ["--accept-multiclient"]);
    await lab.hold(port);
    const attached = await labLaunch({ config: lab.attach(port), folder, breakpoints });
    silent(attached, "of which the other does nothing are no finding");
  });
});
