import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { type Attaching, attaching } from "../../../test/lab/attaching.ts";
import { launchInside } from "../../../test/lab/launchInside.ts";
import { labEnv } from "../../../test/lab/module.ts";
import { noNetwork } from "../../../test/lab/network.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { dlv } from "../../../test/lab/tools.ts";

/** A firewall of a network namespace of our own, in which editor, proxy and dlv all are. */
describe("a launch whose loopback is filtered", function () {
  this.timeout(240_000);
  const up = "ip link set lo up";
  const drop = `${up} && iptables -A INPUT -i lo -p tcp -j DROP`;
  const inside = (script: string) => ["unshare", "-n", "sh", "-c", `${script} && exec "$@"`, "sh"];
  let lab: Attaching;

  before(async function () {
    const why = noNetwork();
    if (why !== undefined) skip(this, why);
    await needDebian("iptables", "iproute2");
    try {
      const [command = "", ...args] = [...inside(drop), "true"];
      execFileSync(command, args, { stdio: "ignore" });
    } catch {
      skip(this, "this kernel gives a network namespace no firewall");
    }
    lab = await attaching();
  });
  after(() => lab?.remove());

  async function launch(script: string, stallAfter?: number) {
    const { program, folder, breakpoints } = lab;
    const common = { name: "lab", type: "go", request: "launch", mode: "exec", program, __buildDir: folder };
    const config = { ...common, env: await labEnv(), dlvToolPath: await dlv() };
    return launchInside(inside(script), { config, folder, breakpoints, ...(stallAfter && { stallAfter }) });
  }

  it("is found while nothing answers, and the same launch works with loopback let through", async () => {
    const stuck = await launch(drop, 1500);
    const finding = named(stuck, "loopback-filtered", "proven");
    assert.match(finding.evidence.join("\n"), /got no answer in \d+\.\d s/);
    assert.equal(finding.explains?.phase, "handshake");

    // What the fix asks of a person: an exception before the rule.
    const healthy = await launch(`${drop} && iptables -I INPUT -i lo -j ACCEPT`);
    cured(finding, healthy);
    silent(healthy, "a launch through a firewall that leaves loopback alone");
  });
});
