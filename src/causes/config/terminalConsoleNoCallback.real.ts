import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { type Attaching, attaching } from "../../../test/lab/attaching.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { labEnv } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { dlv } from "../../../test/lab/tools.ts";
import { type LabTerminal, labTerminal } from "../../../test/lab/userTerminal.ts";

describe("a launch whose dlv is to run in a terminal", function () {
  this.timeout(240_000);
  let lab: Attaching;
  let terminal: LabTerminal | undefined;

  before(async () => {
    lab = await attaching();
  });
  afterEach(() => terminal?.end());
  after(() => lab?.remove());

  async function launch(
    config: Readonly<Record<string, unknown>>,
    prefix: (argv: readonly string[]) => readonly string[],
    stallAfter?: number,
  ) {
    terminal = labTerminal(prefix);
    const { folder, breakpoints } = lab;
    const { runInTerminal } = terminal;
    return labLaunch({ config, folder, breakpoints, runInTerminal, ...(stallAfter && { stallAfter }) });
  }

  async function configured() {
    const common = { name: "lab", type: "go", request: "launch", mode: "exec", program: lab.program };
    const env = await labEnv();
    return {
      ...common,
      __buildDir: lab.folder,
      env,
      dlvToolPath: await dlv(),
      console: "integratedTerminal",
    };
  }

  it("is found where the terminal's shell never comes to the command, and the fix needs no terminal", async () => {
    const config = await configured();
    // A shell whose rc file waits for something.
    const stuck = await launch(config, () => ["sleep", "600"], 2000);
    assert.equal(stuck.ended, "stalled");
    const finding = named(stuck, "terminal-console-no-callback", "likely");
    assert.match(finding.evidence.join("\n"), /no process has dlv's --client-addr/);
    await terminal?.end();

    const fixed = fixedConfig(config, finding);
    const relaunched = await launch(fixed, () => ["false"]);
    cured(finding, relaunched);
    silent(await launch(config, (argv) => argv), "a launch whose dlv dials back from its terminal");
  });

  it("is proven where the terminal is in another network namespace", async function () {
    await needDebian("iptables", "iproute2");
    // Nothing answers there, so dlv keeps trying; where something refused, it would have ended at once.
    const silent = "ip link set lo up && iptables -A INPUT -i lo -p tcp -j DROP";
    const apart = ["unshare", "-n", "sh", "-c", `${silent} && exec "$@"`, "sh"];
    try {
      execFileSync("unshare", [...apart.slice(1), "true"], { stdio: "ignore" });
    } catch {
      skip(this, "unshare may not make a network namespace with a firewall here");
    }
    const stuck = await launch(await configured(), (argv) => [...apart, ...argv], 2000);
    const finding = named(stuck, "terminal-console-no-callback", "proven");
    assert.match(finding.because, /dlv \(pid \d+\) runs in another network namespace/);
  });
});
