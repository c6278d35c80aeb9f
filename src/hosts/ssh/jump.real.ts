import assert from "node:assert/strict";
import { once } from "node:events";
import { until } from "../../../test/lab/server.ts";
import { skip } from "../../../test/lab/skip.ts";
import { slowRelay } from "../../../test/lab/slowRelay.ts";
import { run, withBlocks } from "../../../test/sshd/channels.ts";
import { runsHere } from "../../../test/sshd/processes.ts";
import { noSshd, type Sshd, type SshdOptions, startSshd } from "../../../test/sshd/sshd.ts";
import { nobody, type Transport } from "../channel.ts";
import { openSsh } from "./open.ts";
import { thisMachine } from "./thisMachine.ts";

function open(alias: string, configFile: string): Promise<Transport> {
  const surroundings = { ...thisMachine(), configFile };
  return openSsh(alias, {
    person: nobody,
    env: process.env,
    signal: AbortSignal.timeout(90_000),
    surroundings,
  });
}

describe("the way to an SSH host", function () {
  this.timeout(60_000);
  const started: Sshd[] = [];
  let sshd: Sshd;

  async function start(options?: SshdOptions): Promise<Sshd> {
    const one = await startSshd(options);
    started.push(one);
    return one;
  }

  before(async function () {
    const why = noSshd();
    if (why !== undefined) skip(this, why);
    sshd = await start();
  });
  after(async () => {
    for (const one of started) await one.stop();
  });

  it("goes through a jump host, and verifies each of the two", async () => {
    const behind = await start();
    const jump = (known: string): string =>
      withBlocks(
        sshd,
        known,
        "Host far",
        `HostName 127.0.0.1`,
        `Port ${behind.port}`,
        "User doctor",
        `IdentityFile ${behind.keys.plain}`,
        "IdentitiesOnly yes",
        `UserKnownHostsFile ${behind.knownHosts}`,
        `ProxyJump ${known}`,
      );
    const transport = await open("far", jump("lab"));
    assert.equal(transport.name, "far");
    assert.equal((await run(transport, "pwd; exit\n")).out.trim(), behind.home);
    sshd.cutConnections();
    assert.match(await transport.lost, /^far: /);
    await transport.close();

    await assert.rejects(open("far", jump("unknown")), {
      stage: "host key",
      message: /^unknown: host key: /,
    });
    await behind.changeHostKey();
    await assert.rejects(open("far", jump("lab")), { stage: "host key", message: /^far: host key: changed/ });
    await until(() => sshd.processes().length === 0, "nothing is left on the jump host");
  });

  it("says that the jump host may not forward", async () => {
    const closed = await start({ config: ["AllowTcpForwarding no"] });
    const config = withBlocks(
      closed,
      "far",
      "Host far",
      "HostName 127.0.0.1",
      "User doctor",
      "ProxyJump lab",
    );
    await assert.rejects(open("far", config), {
      stage: "connect",
      message: /^far: connect: the jump host prohibits forwarding to 127\.0\.0\.1 port 22/,
    });
  });

  it("connects through a ProxyCommand, and ends it", async () => {
    const config = withBlocks(
      sshd,
      "proxied",
      "Host lab",
      `ProxyCommand ${process.execPath} -e 'const s=require("net").connect(%p,"%h");process.stdin.pipe(s).pipe(process.stdout)' marker-8113`,
    );
    const transport = await open("lab", config);
    assert.equal((await run(transport, "echo hi; exit\n")).out, "hi\n");
    assert.ok(runsHere("marker-8113"));
    await transport.close();
    await until(() => !runsHere("marker-8113"), "the ProxyCommand is gone");
    const broken = withBlocks(sshd, "broken", "Host lab", "ProxyCommand echo no way there >&2; exit 1");
    await assert.rejects(open("lab", broken), { stage: "connect", message: /^lab: connect: .*no way there/ });
  });

  it("measures the round trip, and needs one for a script on an open connection", async () => {
    const relay = await slowRelay(sshd.port, { delayMs: 100 });
    const lines = [`HostKeyAlias [127.0.0.1]:${sshd.port}`, `Port ${relay.port}`, "ServerAliveInterval 30"];
    const transport = await open("lab", withBlocks(sshd, "slow", "Host lab", ...lines));
    try {
      await run(transport, "exit\n");
      // The second shell waits for the spare, which is started while the first is at work; the third finds its spare.
      await run(transport, "exit\n");
      const spare = await transport.shell();
      const begun = performance.now();
      spare.stdin.write("echo here\n");
      const [chunk] = await once(spare.stdout, "data");
      const ms = performance.now() - begun;
      assert.equal(String(chunk), "here\n");
      assert.ok(ms >= 199 && ms < 390, `${ms} ms for a script at 200 ms of round trip`);
      const rtt = transport.rttMs?.() ?? 0;
      assert.ok(rtt >= 199 && rtt < 1000, `${rtt} ms measured`);
    } finally {
      await transport.close();
      await relay.close();
    }
  });
});
