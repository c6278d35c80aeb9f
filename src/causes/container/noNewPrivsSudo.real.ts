import assert from "node:assert/strict";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { type Attaching, attaching, hostThrough, noSetpriv } from "../../../test/lab/attaching.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { labEnv } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { labTerminal, nobody, openToAll } from "../../../test/lab/userTerminal.ts";

/** A user without rights under the real flag, and the real sudo, which the flag stops. */
describe("asRoot where nothing may gain rights", function () {
  this.timeout(240_000);
  const flagged = [...nobody, "--no-new-privs"];
  const terminal = labTerminal((argv) => [...flagged, ...argv]);
  let lab: Attaching;
  let config: Readonly<Record<string, unknown>> = {};

  before(async function () {
    const why = noSetpriv();
    if (why !== undefined) skip(this, why);
    await needDebian("sudo");
    lab = await attaching();
    const dlvToolPath = await lab.wrap(flagged, await openToAll(lab.folder));
    const common = { name: "lab", type: "go", request: "launch", mode: "exec", program: lab.program };
    // The user of this test is root, the one of the lab is not: dlv would close the connection.
    const dlvFlags = ["--only-same-user=false"];
    config = { ...common, __buildDir: lab.folder, env: await labEnv(), dlvToolPath, dlvFlags };
  });
  afterEach(() => terminal.end());
  after(() => lab?.remove());

  function launch(one: Readonly<Record<string, unknown>>, stallAfter?: number) {
    const { folder, breakpoints } = lab;
    const { runInTerminal } = terminal;
    const host = hostThrough(flagged);
    return labLaunch({
      config: one,
      folder,
      breakpoints,
      host,
      runInTerminal,
      ...(stallAfter && { stallAfter }),
    });
  }

  it("is found while dlv does not dial back, and the fix launches without sudo to the stop", async () => {
    const asRoot = { ...config, asRoot: true };
    const stuck = await launch(asRoot, 1500);
    assert.equal(stuck.ended, "stalled");
    assert.match(terminal.shown(), /no new privileges/);
    const finding = named(stuck, "no-new-privs-sudo", "proven");
    assert.ok(finding.evidence.some((line) => /^sudo: .*no new privileges/.test(line)));

    const fixed = await launch(fixedConfig(asRoot, finding));
    cured(finding, fixed);
    silent(fixed, "a launch that needs no other rights, with no_new_privs set");
  });
});
