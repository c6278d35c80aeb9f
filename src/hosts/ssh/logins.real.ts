import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { until } from "../../../test/lab/server.ts";
import { slowRelay } from "../../../test/lab/slowRelay.ts";
import { run, scripted, withBlocks } from "../../../test/sshd/channels.ts";
import { runsHere } from "../../../test/sshd/processes.ts";
import { noSshd, type Sshd, type SshdOptions, startSshd } from "../../../test/sshd/sshd.ts";
import { nobody, type Person, type Transport } from "../channel.ts";
import { thisMachine } from "./config.ts";
import { openSsh } from "./open.ts";

function open(alias: string, configFile: string, person: Person = nobody): Promise<Transport> {
  const surroundings = { ...thisMachine(), configFile };
  return openSsh(alias, { person, env: process.env, signal: AbortSignal.timeout(90_000), surroundings });
}

describe("logging in over SSH", function () {
  this.timeout(60_000);
  const started: Sshd[] = [];
  let sshd: Sshd;

  async function start(options?: SshdOptions): Promise<Sshd> {
    const one = await startSshd(options);
    started.push(one);
    return one;
  }

  /** Connects, asks who we are, and closes. */
  async function whoAmI(alias: string, configFile: string, person?: Person): Promise<string> {
    const transport = await open(alias, configFile, person);
    try {
      return (await run(transport, "id -un; exit\n")).out.trim();
    } finally {
      await transport.close();
    }
  }

  before(async function () {
    const why = noSshd();
    if (why !== undefined) {
      console.log(`      skipped: ${why}`);
      this.skip();
    }
    sshd = await start();
  });
  after(async () => {
    for (const one of started) await one.stop();
  });

  it("opens a key with its passphrase, asked for until it is right", async () => {
    const person = scripted(["wrong", sshd.keys.passphrase]);
    assert.equal(await whoAmI("locked", sshd.configFile, person), "doctor");
    assert.equal(person.asked.length, 2);
    assert.ok(person.asked[0]?.includes(sshd.keys.locked));
  });

  it("gives up after three wrong passphrases, and at once where nobody is there", async () => {
    const person = scripted(["wrong", "wrong", "wrong", sshd.keys.passphrase]);
    const failure = {
      stage: "authentication",
      message: /^locked: authentication: .*locked.*the server offers publickey/,
    };
    await assert.rejects(open("locked", sshd.configFile, person), failure);
    assert.equal(person.asked.length, 3);
    await assert.rejects(open("locked", sshd.configFile), failure);
  });

  it("asks for no passphrase of a key that the server does not want", async () => {
    const folder = dirname(sshd.configFile);
    const key = join(folder, "locked_stranger");
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "secret", "-f", key]);
    const person = scripted(["secret"]);
    const config = withBlocks(sshd, "unwanted", "Host lab", `IdentityFile ${key}`);
    assert.equal(await whoAmI("lab", config, person), "doctor");
    assert.deepEqual(person.asked, []);
  });

  it("uses the keys of a real agent, and forwards no agent", async () => {
    const socket = join(dirname(sshd.configFile), "agent");
    const agent = spawn("ssh-agent", ["-D", "-a", socket], { stdio: "ignore" });
    try {
      await until(() => existsSync(socket), "the agent listens");
      execFileSync("ssh-add", ["-q", sshd.keys.stranger], {
        env: { ...process.env, SSH_AUTH_SOCK: socket },
        stdio: "ignore",
      });
      execFileSync("ssh-add", ["-q", sshd.keys.plain], {
        env: { ...process.env, SSH_AUTH_SOCK: socket },
        stdio: "ignore",
      });
      const config = withBlocks(
        sshd,
        "agent",
        "Host lab",
        `IdentityAgent ${socket}`,
        "IdentitiesOnly no",
        "IdentityFile /nonexistent",
        "ForwardAgent yes",
      );
      const transport = await open("lab", withoutKey(config));
      const { out } = await run(transport, 'echo "agent: $SSH_AUTH_SOCK"; exit\n');
      await transport.close();
      assert.equal(out, "agent: \n");
    } finally {
      const gone = once(agent, "exit");
      agent.kill();
      await gone;
    }
  });

  /** The same sshd, whose own blocks name a key, without them. */
  function withoutKey(config: string): string {
    const text = readFileSync(sshd.configFile, "utf8")
      .replace(/^ *IdentityFile .*\n/gm, "")
      .replace(/^ *Identit(iesOnly|yAgent) .*\n/gm, "");
    const path = `${config}.bare`;
    writeFileSync(path, readFileSync(config, "utf8").replace(/^Include .*$/m, text));
    return path;
  }

  for (const passwords of ["password", "keyboard-interactive"] as const)
    it(`logs in by ${passwords}, with three tries`, async () => {
      const there = await start({ passwords });
      const person = scripted(["wrong", there.password]);
      assert.equal(await whoAmI("password", there.configFile, person), "doctor");
      assert.equal(person.asked.length, 2);
      assert.match(person.asked[0] ?? "", /doctor@127\.0\.0\.1/);
      const wrong = scripted(["a", "b", "c", "d"]);
      await assert.rejects(open("password", there.configFile, wrong), {
        stage: "authentication",
        message: new RegExp(`offers .*${passwords}`),
      });
      assert.equal(wrong.asked.length, 3);
      await assert.rejects(open("password", there.configFile), { stage: "authentication" });
    });

  it("shows an unknown key's fingerprint, goes on with a yes, and writes it down with another", async () => {
    const file = join(dirname(sshd.configFile), "known_hosts_empty");
    const fingerprint = execFileSync("ssh-keygen", ["-lf", sshd.knownHosts], { encoding: "utf8" }).split(
      " ",
    )[1];
    const no = scripted([]);
    await assert.rejects(open("unknown", sshd.configFile, no), { stage: "host key" });
    assert.equal(no.asked.length, 1);
    assert.ok(no.asked[0]?.includes(fingerprint ?? "?"), no.asked[0]);
    assert.equal(readFileSync(file, "utf8"), "");

    let questions = 0;
    const once_: Person = { ...no, confirm: () => Promise.resolve(questions++ === 0) };
    assert.equal(await whoAmI("unknown", sshd.configFile, once_), "doctor");
    assert.equal(readFileSync(file, "utf8"), "");

    assert.equal(await whoAmI("unknown", sshd.configFile, scripted([], true)), "doctor");
    assert.equal(readFileSync(file, "utf8"), readFileSync(sshd.knownHosts, "utf8"));
    const again = scripted([]);
    assert.equal(await whoAmI("unknown", sshd.configFile, again), "doctor");
    assert.deepEqual(again.asked, []);
    writeFileSync(file, "");
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

  it("turns to the system's ssh for a certificate, and where no algorithm is shared", async () => {
    const authority = join(dirname(sshd.configFile), "authority");
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", authority]);
    const there = await start({
      config: [`TrustedUserCAKeys ${authority}.pub`, "KexAlgorithms sntrup761x25519-sha512@openssh.com"],
    });
    execFileSync("ssh-keygen", [
      "-q",
      "-s",
      authority,
      "-I",
      "lab",
      "-n",
      "doctor",
      `${there.keys.stranger}.pub`,
    ]);
    assert.equal(await whoAmI("stranger", there.configFile), "doctor");
    assert.equal(await whoAmI("lab", there.configFile), "doctor");
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
