import assert from "node:assert/strict";
import { freePort, serverLab } from "../../../test/lab/dlvServer.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import type { Host } from "../../core/host.ts";
import { localHost } from "../../hosts/local.ts";

/** Any uid but root's will do; it needs no name. */
const other = 65_534;

describe("a server of another user", function () {
  this.timeout(240_000);
  const lab = serverLab();
  const { folder, breakpoints } = lab;
  const asOther = ["setpriv", `--reuid=${other}`, `--regid=${other}`, "--clear-groups"];
  before(async function () {
    if (process.getuid?.() !== 0) skip(this, "only root can start a server as another user");
    await lab.prepare();
  });
  afterEach(() => lab.endAll());
  after(() => lab.remove());

  it("closes the connection, is found, and takes it when it is started as this user", async () => {
    const port = await freePort();
    const server = await lab.headless(port, ["--accept-multiclient"], asOther);
    const [before] = await lab.diagnose(lab.attach(port));
    assert.deepEqual([before?.cause, before?.certainty], ["same-user-check", "likely"]);

    const closed = await labLaunch({ config: lab.attach(port), folder, breakpoints });
    assert.equal(closed.ended, "failed");
    assert.match(server.printed(), /closing connection from different user/);
    const finding = named(closed, "same-user-check", "proven");
    assert.match(finding.because, new RegExp(`pid ${server.pid}\\) runs as uid ${other}`));
    const { action } = preferredFix(finding);
    assert.match(action.kind === "advice" ? action.text : "", /the user who debugs \(uid 0\)/);

    await lab.endAll();
    await lab.headless(port, ["--accept-multiclient"]);
    const attached = await labLaunch({ config: lab.attach(port), folder, breakpoints });
    cured(finding, attached);
  });

  it("is found for a user who may not look into the server's process", async () => {
    const port = await freePort();
    await lab.headless(port, ["--accept-multiclient"]);
    const limited: Host = {
      ...localHost,
      run: ({ argv, ...command }, limits) =>
        localHost.run({ ...command, argv: [...asOther, ...argv] }, limits),
    };
    const [finding] = await lab.diagnose(lab.attach(port), limited);
    assert.deepEqual([finding?.cause, finding?.certainty], ["same-user-check", "likely"]);
    assert.match(finding?.because ?? "", new RegExp(`runs as uid 0 .* this one is uid ${other}'s`));
  });

  it("with --only-same-user=false takes it as well", async () => {
    const port = await freePort();
    await lab.headless(port, ["--accept-multiclient", "--only-same-user=false"], asOther);
    const attached = await labLaunch({ config: lab.attach(port), folder, breakpoints });
    silent(attached, "with --only-same-user=false takes it as well");
  });
});
