import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { needDebian } from "../../scripts/setup/debian.ts";
import { shTransport } from "../../test/lab/shTransport.ts";
import { type Machine, machineOver } from "./machine.ts";
import { openStream } from "./relay.ts";

const limits = { ms: 20_000, bytes: 64 * 1024 };

/** Every sh that a host may have for `sh`. */
const shells: Readonly<Record<string, readonly string[]>> = {
  dash: ["dash"],
  bash: ["bash", "--posix"],
  busybox: ["busybox", "sh"],
};

function processes(): { pid: number; words: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ").trim();
        return [{ pid: Number(pid), words }];
      } catch {
        return [];
      }
    });
}

async function untilGone(words: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (!processes().some((one) => one.words.includes(words))) return;
    await sleep(50);
  }
  assert.fail(`still there: ${words}`);
}

let folder = "";
before(async function () {
  this.timeout(300_000);
  await needDebian("dash", "bash", "busybox-static");
  folder = mkdtempSync(join(tmpdir(), "machine-"));
});
after(() => rmSync(folder, { recursive: true, force: true }));

for (const [name, argv] of Object.entries(shells)) {
  describe(`a machine whose sh is ${name}`, () => {
    let machine: Machine;
    before(async () => {
      machine = await machineOver(shTransport(argv));
    });
    after(() => machine.close());

    it("says what it is", () => {
      assert.equal(machine.profile.system, "Linux");
      assert.equal(machine.profile.uid, process.getuid?.());
      assert.ok(machine.profile.path.includes("/usr/bin"));
    });

    it("runs a command in its directory with its environment and input", async () => {
      const script = 'printf "%s|%s|" "$PWD" "$SECRET"; cat; echo err >&2; exit 3';
      const env = { SECRET: "it's $HOME `x`\nnew line", dd_pid: "1", UID: "7" };
      const answer = await machine.run(
        { argv: ["sh", "-c", script], cwd: folder, env, stdin: "in 'quotes'" },
        limits,
      );
      assert.deepEqual(answer, {
        code: 3,
        stdout: `${folder}|${env.SECRET}|in 'quotes'`,
        stderr: "err\n",
        timedOut: false,
      });
    });

    it("rejects where there is no such program or directory", async () => {
      const nowhere = machine.run({ argv: ["no-such-program"] }, limits);
      await assert.rejects(nowhere, { code: "ENOENT", message: "no-such-program: there is no such program" });
      await assert.rejects(machine.run({ argv: ["true"], cwd: "/no/such" }, limits), { code: "ENOENT" });
    });

    it("ends a command at its limit, with all it started", async () => {
      const mark = `41${process.pid}`;
      const answer = await machine.run(
        { argv: ["sh", "-c", `trap '' TERM; sleep ${mark} & sleep ${mark}`] },
        { ...limits, ms: 300 },
      );
      assert.equal(answer.timedOut, true);
      await untilGone(`sleep ${mark}`);
    });

    it("lets a program have its SIGINT, and ends all that a lost connection leaves", async () => {
      const mark = `42${process.pid}`;
      const told = join(folder, `told-${name}`);
      const running = await machine.start({
        argv: [
          "sh",
          "-c",
          `trap ': >${told}; exit 4' INT; setsid sleep ${mark} & sleep ${mark} & echo ready; wait`,
        ],
        env: {},
        graceMs: 2000,
      });
      await new Promise((resolve) => running.stdout.once("data", resolve));
      running.close();
      await untilGone(`sleep ${mark}`);
      assert.ok(readdirSync(folder).includes(`told-${name}`));
    });

    it("takes a silent other side for dead, and a beating one not", async () => {
      const mark = `43${process.pid}`;
      const running = await machine.start({ argv: ["sleep", mark], env: {}, graceMs: 100, deadMs: 2000 });
      const begun = performance.now();
      for (let beats = 0; beats < 8; beats += 1) {
        await sleep(500);
        running.beat();
      }
      assert.ok(processes().some(({ words }) => words === `sleep ${mark}`));
      await running.ended;
      assert.ok(performance.now() - begun > 4000);
      await untilGone(`sleep ${mark}`);
    });

    it("removes what an interrupted build leaves, and nothing else", async () => {
      const dir = join(folder, name);
      const work = join(dir, "go-build12345");
      mkdirSync(join(work, "b001"), { recursive: true });
      writeFileSync(join(dir, "__debug_bin1"), "somebody else's");
      const tool = join(work, "b001", "tool");
      writeFileSync(tool, "#!/bin/sh\n: >$1/__debug_bin2\necho ready\nwhile :; do sleep 1; done\n", {
        mode: 0o755,
      });
      const running = await machine.start({ argv: [tool, dir], env: {}, graceMs: 100, built: { dir } });
      await new Promise((resolve) => running.stdout.once("data", resolve));
      running.interrupt();
      await running.ended;
      assert.deepEqual(readdirSync(dir), ["__debug_bin1"]);
    });
  });
}

describe("a login shell that is not what one hopes for", () => {
  const login = (script: string) => shTransport(["sh", "-c", script]);

  it("may print before sh starts", async () => {
    const machine = await machineOver(login("echo welcome; echo warning >&2; exec sh"));
    const answer = await machine.run({ argv: ["echo", "x"] }, limits);
    assert.deepEqual(answer, { code: 0, stdout: "x\n", stderr: "", timedOut: false });
    await machine.close();
  });

  it("is named where it ends instead", async () => {
    await assert.rejects(
      machineOver(login("echo This account is currently not available. >&2; exit 1")),
      /^Error: the login shell on build7 did not start sh: This account is currently not available\.$/,
    );
  });
});

describe("a relay to a port of the host", () => {
  for (const tool of ["socat", "python3", "perl", "busybox", "bash"]) {
    it(`goes through ${tool}`, async () => {
      await needDebian("socat", "python3-minimal", "busybox-static");
      const bin = join(folder, `bin-${tool}`);
      mkdirSync(bin);
      const path = (program: string) =>
        execFileSync("sh", ["-c", `command -v ${program}`], {
          encoding: "utf8",
          env: { PATH: "/usr/bin:/bin" },
        }).trim();
      for (const program of [tool, "cat"]) symlinkSync(path(program), join(bin, program));
      const server = createServer((socket) => socket.pipe(socket)).listen(0, "127.0.0.1");
      await new Promise((resolve) => server.once("listening", resolve));
      const address = server.address();
      assert.ok(typeof address === "object" && address !== null);
      const transport = shTransport([path("sh")], { PATH: bin });
      const stream = await openStream(transport, { host: "127.0.0.1", port: address.port });
      const chunks: Buffer[] = [];
      const payload = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, index) => index % 251));
      const done = new Promise<void>((resolve) => {
        stream.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          if (Buffer.concat(chunks).length >= payload.length) resolve();
        });
      });
      stream.write(payload);
      await done;
      assert.ok(Buffer.concat(chunks).equals(payload));
      stream.destroy();
      await transport.close();
      server.close();
    });
  }
});
