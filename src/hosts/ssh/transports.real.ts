import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { type Network, network, noNetwork } from "../../../test/lab/network.ts";
import { freePort, until } from "../../../test/lab/server.ts";
import { finish, firstBytes, run, withBlocks } from "../../../test/sshd/channels.ts";
import { runsHere } from "../../../test/sshd/processes.ts";
import { noSshd, type Sshd, type SshdOptions, startSshd } from "../../../test/sshd/sshd.ts";
import { nobody, type Transport } from "../channel.ts";
import { resolveSsh, thisMachine } from "./config.ts";
import { openSsh2 } from "./ssh2Transport.ts";
import type { SshLimits } from "./stage.ts";
import { openSystemSsh } from "./systemSsh.ts";

/** Connects to an alias of a configuration file, where nobody can answer. */
type Open = (alias: string, configFile: string, limits?: Partial<SshLimits>) => Promise<Transport>;

const common = { person: nobody, env: process.env };
const ways: Readonly<Record<string, Open>> = {
  ssh2: async (alias, configFile, limits = {}) => {
    const target = await resolveSsh(alias, { ...thisMachine(), configFile });
    return openSsh2(target, { ...common, signal: AbortSignal.timeout(90_000), limits });
  },
  "the system's ssh": async (alias, configFile, limits = {}) => {
    const target = await resolveSsh(alias, { ...thisMachine(), configFile });
    const ssh = ["ssh", "-F", configFile];
    return openSystemSsh(target, { ...common, ssh, signal: AbortSignal.timeout(90_000), limits });
  },
};

/** Opens, works, closes; and whatever happened nothing is left running there. */
async function using(
  opening: Promise<Transport>,
  sshd: Sshd,
  work: (transport: Transport) => Promise<void>,
): Promise<void> {
  const transport = await opening;
  try {
    await work(transport);
  } finally {
    await transport.close();
  }
  await until(() => sshd.processes().length === 0, "nothing is left on the host");
}

for (const [way, open] of Object.entries(ways)) {
  describe(`a connection by ${way}`, function () {
    this.timeout(60_000);
    const started: Sshd[] = [];
    let sshd: Sshd;
    let narrow: Sshd;
    let net: Network | undefined;
    let folders: string[];

    async function start(options?: SshdOptions): Promise<Sshd> {
      const one = await startSshd(options);
      started.push(one);
      return one;
    }

    function privateFolders(): string[] {
      return readdirSync(tmpdir()).filter((name) => name.startsWith("delve-doctor-ssh-"));
    }

    before(async function () {
      const why = noSshd();
      if (why !== undefined) {
        console.log(`      skipped: ${why}`);
        this.skip();
      }
      await needDebian("fish", "tcsh");
      folders = privateFolders();
      sshd = await start({ home: { ".bashrc": 'echo "Welcome!"; echo "mind the step" >&2\n' } });
      narrow = await start({ config: ["MaxSessions 1", "PermitOpen 127.0.0.1:1"] });
    });

    after(async () => {
      for (const one of started) await one.stop();
      net?.close();
    });

    afterEach(() => {
      assert.deepEqual(
        privateFolders().filter((name) => !folders.includes(name)),
        [],
      );
    });

    it("starts sh as often as it is asked, behind a noisy login shell whose noise nobody sees", () =>
      using(open("lab", sshd.configFile), sshd, async (transport) => {
        assert.deepEqual(await run(transport, "id -un; echo oops >&2; exit 3\n"), {
          code: 3,
          out: "doctor\n",
          err: "oops\n",
        });
        const both = await Promise.all([run(transport, "echo $0; exit 4\n"), run(transport, "kill -9 $$\n")]);
        assert.deepEqual(both[0], { code: 4, out: "sh\n", err: "" });
        assert.notEqual(both[1].code, 0);
      }));

    it("carries a megabyte there and back", () =>
      using(open("lab", sshd.configFile), sshd, async (transport) => {
        const shell = await transport.shell();
        shell.stdin.write("wc -c; exit\n");
        const counted = finish(shell, "");
        // wc has taken sh's place only after sh has read the line.
        await until(() => sshd.processes().some(({ argv }) => argv[0] === "wc"), "wc runs");
        shell.stdin.end(Buffer.alloc(1024 * 1024, "x"));
        assert.equal((await counted).out, "1048576\n");
        const many = await run(transport, "head -c 3000000 /dev/zero | tr '\\0' y; exit\n");
        assert.equal(many.out.length, 3_000_000);
      }));

    it("ends a program at once when its channel is closed", () =>
      using(open("lab", sshd.configFile), sshd, async (transport) => {
        const shell = await transport.shell();
        shell.stdin.write("cat\n");
        await until(() => sshd.processes().some(({ argv }) => argv[0] === "cat"), "cat runs");
        shell.close();
        await shell.ended;
        await until(() => !sshd.processes().some(({ argv }) => argv[0] === "cat"), "cat is gone");
      }));

    it("opens a stream to an address that only the host sees", () =>
      using(open("lab", sshd.configFile), sshd, async (transport) => {
        const stream = await transport.forward?.({ host: "127.0.0.1", port: sshd.port });
        assert.ok(stream);
        assert.match(await firstBytes(stream), /^SSH-2\.0-/);
      }));

    it("tells a closed port from a prohibited one", async () => {
      const port = await freePort();
      await using(open("lab", sshd.configFile), sshd, async ({ forward }) => {
        await assert.rejects(async () => forward?.({ host: "127.0.0.1", port }), {
          name: "ForwardRefused",
          why: "refused",
          message: `lab: channel: nothing takes a connection to 127.0.0.1 port ${port}`,
        });
      });
      await using(open("lab", narrow.configFile), narrow, async ({ forward }) => {
        await assert.rejects(async () => forward?.({ host: "127.0.0.1", port }), {
          name: "ForwardRefused",
          why: "prohibited",
        });
      });
    });

    it("gives a terminal of the asked size, which a person can type into", () =>
      using(open("lab", sshd.configFile), sshd, async (transport) => {
        await run(transport, "exit\n");
        const terminal = await transport.terminal?.(
          { columns: 77, rows: 11 },
          "stty size; read x; echo got $x; exit 5",
        );
        assert.ok(terminal);
        let out = "";
        terminal.stdout.on("data", (chunk: Buffer) => {
          out += chunk.toString();
        });
        await until(() => /11 77/.test(out), "the size is told");
        terminal.stdin.write("this\n");
        assert.equal((await terminal.ended).code, 5);
        assert.match(out, /got this/);
      }));

    it("works where sshd allows one session, and says so when a second is asked for", () =>
      using(open("lab", narrow.configFile), narrow, async (transport) => {
        assert.equal((await run(transport, "echo one; exit\n")).out, "one\n");
        const held = await transport.shell();
        await assert.rejects(transport.shell(), { message: /^lab: channel: .*MaxSessions/ });
        assert.equal((await finish(held, "echo two; exit\n")).out, "two\n");
        const terminal = await transport.terminal?.({ columns: 80, rows: 24 }, "exit 6");
        assert.ok(terminal);
        terminal.stdout.resume();
        assert.equal((await terminal.ended).code, 6);
        assert.equal((await run(transport, "echo three; exit\n")).out, "three\n");
      }));

    for (const shell of ["/usr/bin/fish", "/bin/tcsh", "/bin/sh"])
      it(`starts sh under ${shell}`, async () => {
        const there = await start({
          shell,
          home: { ".tcshrc": "echo noise\n", ".config/fish/config.fish": "echo noise\n" },
        });
        await using(open("lab", there.configFile), there, async (transport) => {
          assert.equal((await run(transport, "a='b c'; echo \"$a\"; exit\n")).out, "b c\n");
        });
      });

    it("waits for a slow login shell, and not for ever for one that never starts sh", async () => {
      const slow = await start({ home: { ".bashrc": "sleep 3\n" } });
      await using(open("lab", slow.configFile), slow, async (transport) => {
        assert.equal((await run(transport, "echo late; exit\n")).out, "late\n");
      });
      await using(open("lab", slow.configFile, { shell: 500 }), slow, async (transport) => {
        await assert.rejects(transport.shell(), {
          message: "lab: channel: the login shell on lab did not start sh within 0.5 s",
        });
      });
    });

    it("says what a login shell said that ends before it starts sh", async () => {
      const closed = await start({ shell: "/usr/sbin/nologin" });
      await using(open("lab", closed.configFile), closed, async (transport) => {
        await assert.rejects(transport.shell(), {
          message:
            "lab: channel: the login shell ended with status 1 before it started sh: This account is currently not available.",
        });
      });
    });

    it("names the stage and the host when it cannot connect", async () => {
      const refused = withBlocks(sshd, "refused", "Host lab", `Port ${await freePort()}`);
      await assert.rejects(open("lab", refused), { stage: "connect", message: /^lab: connect: .*[Rr]efuse/ });
      const nowhere = withBlocks(sshd, "nowhere", "Host lab", "HostName nowhere.invalid");
      await assert.rejects(open("lab", nowhere), {
        stage: "resolve",
        message: /^lab: resolve: .*nowhere\.invalid/,
      });
      await assert.rejects(open("stranger", sshd.configFile), {
        stage: "authentication",
        message: /^stranger: authentication: .*publickey/,
      });
      await assert.rejects(open("unknown", sshd.configFile), {
        stage: "host key",
        message: /^unknown: host key: .*known/,
      });
    });

    it("says that there is no route", async function () {
      const why = noNetwork();
      if (why !== undefined) {
        console.log(`      skipped: ${why}`);
        this.skip();
      }
      net ??= await network();
      const away = withBlocks(sshd, "away", "Host lab", `HostName ${net.unused}`);
      await assert.rejects(open("lab", away), { stage: "connect", message: /^lab: connect: .*[Nn]o route/ });
    });

    it("gives up a host that never answers after ConnectTimeout, and one that is no sshd", async () => {
      const mute = createServer((socket) => socket.on("error", () => {}));
      const rude = createServer((socket) => socket.end("220 ESMTP\r\n"));
      for (const server of [mute, rude]) server.listen(0, "127.0.0.1");
      const portOf = (server: typeof mute): number => {
        const address = server.address();
        return typeof address === "object" && address !== null ? address.port : 0;
      };
      await until(() => portOf(mute) > 0 && portOf(rude) > 0, "both listen");
      try {
        const silent = withBlocks(sshd, "silent", "Host lab", `Port ${portOf(mute)}`, "ConnectTimeout 1");
        await assert.rejects(open("lab", silent, { handshake: 1000 }), { stage: "connect" });
        const other = withBlocks(sshd, "other", "Host lab", `Port ${portOf(rude)}`);
        await assert.rejects(open("lab", other), { stage: "connect" });
      } finally {
        for (const server of [mute, rude]) server.close();
      }
    });

    it("refuses a host whose key has changed, and one whose key is revoked", async () => {
      const changing = await start();
      await changing.changeHostKey();
      await assert.rejects(open("lab", changing.configFile), {
        stage: "host key",
        message: /^lab: host key: changed: it shows SHA256:\S+.*known_hosts line 1/,
      });
      const revoked = withBlocks(sshd, "revoked", "Host lab", `UserKnownHostsFile ${sshd.revokedHosts}`);
      await assert.rejects(open("lab", revoked), {
        stage: "host key",
        message: /^lab: host key: .*revoked/i,
      });
    });

    it("notices within two keep-alives that nothing comes any more", async () => {
      const quick = withBlocks(sshd, "quick", "Host lab", "ServerAliveInterval 2");
      const transport = await open("lab", quick);
      try {
        const shell = await transport.shell();
        const begun = performance.now();
        sshd.stopConnections();
        assert.match(await transport.lost, /^lab: /);
        const ms = performance.now() - begun;
        assert.ok(ms < 8000, `${ms} ms`);
        assert.equal((await shell.ended).code, null);
        await assert.rejects(transport.shell(), { stage: "channel" });
      } finally {
        sshd.continueConnections();
        await transport.close();
      }
      await until(() => sshd.processes().length === 0, "nothing is left on the host");
    });

    it("says that the connection is lost when its sshd is killed", async () => {
      const transport = await open("lab", sshd.configFile);
      sshd.cutConnections();
      assert.match(await transport.lost, /^lab: .*(closed|ended|reset)/i);
      await transport.close();
    });

    it("says nothing of a loss when it is closed", async () => {
      const transport = await open("lab", sshd.configFile);
      await transport.close();
      assert.equal(
        await Promise.race([transport.lost, new Promise((resolve) => setImmediate(() => resolve("calm")))]),
        "calm",
      );
      await transport.close();
    });

    it("can be cancelled", async () => {
      const slow = withBlocks(sshd, "cancel", "Host lab", "ProxyCommand sleep 4711");
      const target = await resolveSsh("lab", { ...thisMachine(), configFile: slow });
      const options = { ...common, signal: AbortSignal.timeout(500) };
      await assert.rejects(
        way === "ssh2"
          ? openSsh2(target, options)
          : openSystemSsh(target, { ...options, ssh: ["ssh", "-F", slow] }),
        { stage: "connect", message: "lab: connect: cancelled" },
      );
      await until(() => !runsHere("4711"), "the ProxyCommand is gone");
    });
  });
}
