import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { until } from "../../../test/lab/server.ts";
import { skip } from "../../../test/lab/skip.ts";
import { run, scripted, withBlocks } from "../../../test/sshd/channels.ts";
import { noSshd, type Sshd, type SshdOptions, startSshd } from "../../../test/sshd/sshd.ts";
import { nobody, type Person, type Transport } from "../channel.ts";
import { openSsh } from "./open.ts";
import { thisMachine } from "./thisMachine.ts";

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
    if (why !== undefined) skip(this, why);
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
});
