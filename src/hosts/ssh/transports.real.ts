import assert from "node:assert/strict";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { freePort, until } from "../../../test/lab/server.ts";
import { skip } from "../../../test/lab/skip.ts";
import { finish, firstBytes, run, withBlocks } from "../../../test/sshd/channels.ts";
import { noSshd, type Sshd, type SshdOptions, startSshd } from "../../../test/sshd/sshd.ts";
import { ownTemporary, using, ways } from "../../../test/sshd/ways.ts";

for (const [way, open] of Object.entries(ways)) {
  describe(`a connection by ${way}`, function () {
    this.timeout(60_000);
    const started: Sshd[] = [];
    let sshd: Sshd;
    let narrow: Sshd;
    let temporary: ReturnType<typeof ownTemporary> | undefined;

    async function start(options?: SshdOptions): Promise<Sshd> {
      const one = await startSshd(options);
      started.push(one);
      return one;
    }

    before(async function () {
      const why = noSshd();
      if (why !== undefined) skip(this, why);
      await needDebian("fish", "tcsh");
      temporary = ownTemporary();
      sshd = await start({ home: { ".bashrc": 'echo "Welcome!"; echo "mind the step" >&2\n' } });
      narrow = await start({ config: ["MaxSessions 1", "PermitOpen 127.0.0.1:1"] });
    });

    after(async () => {
      for (const one of started) await one.stop();
      temporary?.remove();
    });

    afterEach(() => {
      assert.deepEqual(temporary?.left(), []);
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
  });
}
