import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, serverLab, until } from "../../../test/lab/dlvServer.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { listenersOn } from "../../../test/lab/sockets.ts";
import { noSshd, type Sshd, startSshd } from "../../../test/sshd/sshd.ts";
import type { LaunchEvent } from "../../core/event.ts";
import type { Finding } from "../../core/finding.ts";
import { planned } from "../../core/launch.ts";
import { replay } from "../../core/timeline.ts";
import { examine } from "../../examine/examine.ts";
import { type ForwardRefused, nobody, type Transport } from "../../hosts/channel.ts";
import { localHost } from "../../hosts/local.ts";
import { machineOver } from "../../hosts/machine.ts";
import { openSsh } from "../../hosts/ssh/open.ts";
import { thisMachine } from "../../hosts/ssh/thisMachine.ts";
import { drive } from "../../session/drive.ts";
import { causes } from "../index.ts";

describe("an sshd that prohibits forwarding", function () {
  this.timeout(180_000);
  const lab = serverLab();
  const folder = mkdtempSync(join(tmpdir(), "delve-doctor-sshd-conf-"));
  const servers: Sshd[] = [];
  const transports: Transport[] = [];
  const { breakpoints } = lab;

  before(async function () {
    const why = noSshd();
    if (why !== undefined) skip(this, why);
    await lab.prepare();
  });
  afterEach(async () => {
    for (const one of transports.splice(0)) await one.close();
    await lab.endAll();
    for (const one of servers.splice(0)) await one.stop();
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
    lab.remove();
  });

  async function sshdWith(...config: string[]): Promise<Sshd> {
    // dlv answers only its own user (--only-same-user), and the tests run as root. What root's own profile and .bashrc
    // do on this machine is no part of them; a bash that another one started reads no .bashrc.
    const env = `SHLVL=2 HOME=${folder} PATH=/usr/local/bin:/usr/bin:/bin`;
    const asRoot = ["PermitRootLogin yes", `SetEnv ${env}`];
    const sshd = await startSshd({ config: [...config, ...asRoot] });
    servers.push(sshd);
    return sshd;
  }
  async function headless(): Promise<number> {
    const port = await freePort();
    await lab.headless(port, ["--accept-multiclient"]);
    return port;
  }

  /** What the doctor finds over its own connection, after it asked for a stream to dlv's port and told how it went. */
  async function over(sshd: Sshd, port: number) {
    const transport = await openSsh("root", {
      person: nobody,
      env: process.env,
      signal: AbortSignal.timeout(60_000),
      surroundings: { ...thisMachine(), configFile: sshd.configFile },
    });
    transports.push(transport);
    const machine = await machineOver(transport);
    const at = { host: "127.0.0.1", port };
    const { kind, name } = transport;
    const link = { t: 0, kind: "link" } as const;
    const events: LaunchEvent[] = [{ ...link, what: "opened", host: { kind, name }, via: "ssh2" }];
    const refused = await transport.forward?.(at).then(
      (stream) => void stream.destroy(),
      (error: ForwardRefused) => error,
    );
    if (refused)
      events.push({
        ...link,
        what: "refused",
        why: refused.why,
        to: `127.0.0.1:${port}`,
        words: refused.message,
      });
    const config = lab.attach(port);
    const launch = { ...planned(config, folder), timeline: replay(events) };
    const findings = async () => (await examine(machine, launch, causes, localHost)).findings;
    const stops = async () => {
      const stream = await machine.connect(at);
      const driven = drive(stream, { request: "attach", config, breakpoints: lab.breakpoints, goal: "stop" });
      const ended = await driven.reached;
      await driven.disconnect();
      return ended;
    };
    return { findings, stops, refused };
  }

  /** A tunnel as people make it, and what the doctor finds of an attach to its near end. */
  async function throughTunnel(sshd: Sshd, port: number) {
    const near = await freePort();
    const forward = `${near}:127.0.0.1:${port}`;
    await lab.start(["ssh", "-F", sshd.configFile, "-N", "-L", forward, "root"]);
    await until(() => listenersOn(near).length > 0, "the tunnel");
    return labLaunch({ config: lab.attach(near), folder: lab.folder, breakpoints });
  }

  function forwardingOff(findings: readonly Finding[]): Finding {
    assert.equal(findings[0]?.cause, "sshd-forwarding-off", JSON.stringify(findings, null, 1));
    return findings[0];
  }

  for (const [line, said] of [
    ["AllowTcpForwarding no", "allowtcpforwarding no"],
    ["DisableForwarding yes", "disableforwarding yes"],
    ["PermitOpen none", "permitopen none"],
  ] as const)
    it(`${line}: is proven by the refused channel, with the setting read as root, and the relay reaches the stop`, async () => {
      const port = await headless();
      const there = await over(await sshdWith(line), port);
      const finding = forwardingOff(await there.findings());
      assert.deepEqual([finding.certainty, finding.explains], ["proven", undefined]);
      assert.match(finding.evidence.join("\n"), new RegExp(`prohibits forwarding[\\s\\S]*sshd -T: ${said}`));
      assert.equal(await there.stops(), "stopped");
    });

  it("a tunnel that is closed at once is found to be that, and without the tunnel the stop is reached", async () => {
    const port = await headless();
    const sshd = await sshdWith("AllowTcpForwarding no");
    const cut = await throughTunnel(sshd, port);
    assert.equal(cut.ended, "failed");
    const finding = named(cut, "sshd-forwarding-off", "likely");
    assert.equal(finding.explains?.phase, "handshake");
    assert.match(finding.evidence.join("\n"), /administratively prohibited/);
    assert.match(JSON.stringify(preferredFix(finding)), /--on ssh:root/);

    const there = await over(sshd, port);
    assert.equal(await there.stops(), "stopped");
  });

  it("what the server's owner is advised makes a tunnel work, and the check clear", async () => {
    const port = await headless();
    const off = await over(await sshdWith("AllowTcpForwarding no"), port);
    const fix = forwardingOff(await off.findings()).fixes.find(
      ({ id }) => id === "sshd-forwarding-off/allow",
    );
    const block = fix?.action.kind === "advice" ? fix.action.text.split("\n").slice(1).join("\n") : "";
    const file = join(folder, "advised.conf");
    writeFileSync(file, `${block.replace("YOU", "root")}\n`);

    const sshd = await sshdWith(`Include ${file}`, "AllowTcpForwarding no");
    const on = await over(sshd, port);
    assert.equal(on.refused, undefined);
    assert.deepEqual(await on.findings(), []);
    const reached = await throughTunnel(sshd, port);
    silent(reached, "a server that forwards");
  });

  it("a tunnel to a port where nothing listens is something else, and forwarding that works is no finding", async () => {
    const sshd = await sshdWith();
    const nowhere = await freePort();
    const cut = await throughTunnel(sshd, nowhere);
    assert.equal(cut.ended, "failed");
    assert.ok(cut.verdicts.clear.includes("sshd-forwarding-off"), JSON.stringify(cut.verdicts));
    const there = await over(sshd, nowhere);
    assert.equal(there.refused?.why, "refused");
    assert.deepEqual(
      (await there.findings()).filter(({ cause }) => cause === "sshd-forwarding-off"),
      [],
    );
  });
});
