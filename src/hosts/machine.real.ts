import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
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
import { skip } from "../../test/lab/skip.ts";
import { planned } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { noTimeline } from "../core/timeline.ts";
import { ask } from "../examine/ask.ts";
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

function pathOf(program: string): string {
  const env = { PATH: "/usr/bin:/bin" };
  return execFileSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8", env }).trim();
}

/** A script of that name: its path. */
function program(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  return path;
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
        graceMs: 500,
      });
      await new Promise((resolve) => running.stdout.once("data", resolve));
      running.close();
      await untilGone(`sleep ${mark}`);
      assert.ok(readdirSync(folder).includes(`told-${name}`));
    });

    it("gets along with an environment that some shells refuse to take back", async () => {
      const shell = program(
        `exports-${name}`,
        "export UID=7 EUID=7 PPID=7 dd_setsid=no; export TOLD='two\nlines'; eval \"$3\"",
      );
      const own = await machineOver(shTransport(argv, { SHELL: shell }));
      const answer = await own.run({ argv: ["sh", "-c", 'echo "$TOLD"'] }, limits);
      assert.deepEqual(answer, { code: 0, stdout: "two\nlines\n", stderr: "", timedOut: false });
      await own.close();
    });

    it("removes what an interrupted build leaves, and nothing else", async () => {
      const dir = join(folder, name);
      const temp = join(dir, "temp");
      const work = join(temp, "go-build12345");
      // A project may have such a name, wherever it lies; a go command's own folder holds b001, b002 ... and no other.
      const projects = [join(dir, "go-build7", "b001"), join(temp, "go-build8", "cmd")];
      for (const each of [join(work, "b001"), ...projects]) mkdirSync(each, { recursive: true });
      for (const file of ["__debug_bin1", "kept"]) writeFileSync(join(dir, file), "somebody else's");
      const tool = join(work, "b001", "compile");
      const makes = ": >$1/__debug_bin2; : >$1/__debug_bin_own";
      writeFileSync(tool, `#!/bin/sh\n${makes}\necho ready\nwhile :; do sleep 1; done\n`, { mode: 0o755 });
      // What the host's environment says is no word of ours.
      const own = await machineOver(
        shTransport(argv, {
          dd_output: join(dir, "kept"),
          dd_works: dir,
          dd_used: join(dir, "__debug_bin1"),
        }),
      );
      const running = await own.start({
        argv: [tool, dir, ...projects.map((each) => join(each, "main.go"))],
        env: { TMPDIR: temp },
        graceMs: 100,
        built: { dir },
      });
      await new Promise((resolve) => running.stdout.once("data", resolve));
      running.interrupt();
      await running.ended;
      assert.deepEqual(readdirSync(dir).sort(), [
        "__debug_bin1",
        "__debug_bin_own",
        "go-build7",
        "kept",
        "temp",
      ]);
      assert.deepEqual(readdirSync(temp), ["go-build8"]);
      for (const each of projects) assert.ok(existsSync(each));
      await own.close();
    });
  });
}

describe("a keeper", () => {
  it("takes a silent other side for dead, and a beating one not, with every sh", async () => {
    const each = Object.entries(shells).map(async ([name, argv]) => {
      const machine = await machineOver(shTransport(argv));
      const mark = `43${process.pid}${name.length}`;
      const running = await machine.start({ argv: ["sleep", mark], env: {}, graceMs: 100, deadMs: 2000 });
      const begun = performance.now();
      while (performance.now() - begun < 3000) {
        await sleep(250);
        running.beat();
      }
      assert.ok(
        processes().some(({ words }) => words === `sleep ${mark}`),
        name,
      );
      await running.ended;
      await untilGone(`sleep ${mark}`);
      await machine.close();
    });
    await Promise.all(each);
  });

  it("finds its processes where another's name holds a line end", async () => {
    const odd = spawn(
      process.execPath,
      ["-e", 'process.title = "a\\nb"; console.log(1); setInterval(() => {}, 1000)'],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await new Promise((resolve) => odd.stdout.once("data", resolve));
    const machine = await machineOver(shTransport());
    const mark = `44${process.pid}`;
    const running = await machine.start({ argv: ["sleep", mark], env: {}, graceMs: 2000 });
    running.interrupt();
    assert.deepEqual(await running.ended, { code: 130 });
    await untilGone(`sleep ${mark}`);
    assert.equal(odd.exitCode, null);
    odd.kill();
    await machine.close();
  });
});

describe("a login shell that is not what one hopes for", () => {
  const login = (script: string) => shTransport(["sh", "-c", script]);

  it("may print before sh starts", async () => {
    const machine = await machineOver(login("echo welcome; echo warning >&2; exec sh"));
    const answer = await machine.run({ argv: ["echo", "x"] }, limits);
    assert.deepEqual(answer, { code: 0, stdout: "x\n", stderr: "", timedOut: false });
    await machine.close();
  });

  it("may leave something behind that holds its output open", async () => {
    const mark = `45${process.pid}`;
    const shell = program("daemon", `sleep ${mark} & echo $! >${join(folder, "daemon.pid")}; eval "$3"`);
    const machine = await machineOver(shTransport(["sh"], { SHELL: shell }));
    assert.equal(machine.profile.shell, shell);
    await machine.close();
    process.kill(Number(readFileSync(join(folder, "daemon.pid"), "utf8")));
  });

  it("is given up where it never says its PATH", async () => {
    const shell = program("hangs", "exec sleep 100");
    const machine = machineOver(shTransport(["sh"], { SHELL: shell }), 1000);
    await assert.rejects(machine, /^Error: build7 did not say its PATH and home within 1 s$/);
  });

  it("is ended where it hangs, by perl where there is no timeout", async () => {
    const bin = join(folder, "no-timeout");
    mkdirSync(bin);
    for (const name of ["sh", "sed", "perl", "uname", "id", "sleep"])
      symlinkSync(pathOf(name), join(bin, name));
    const shell = program(
      "hangs-twice",
      `[ -e ${bin}/once ] && eval "exec sh -c "$2""; : >${bin}/once; sleep 46${process.pid}`,
    );
    const machine = await machineOver(shTransport([pathOf("sh")], { SHELL: shell, PATH: bin }), 4000);
    assert.ok(machine.profile.path.startsWith(bin));
    await untilGone(`sleep 46${process.pid}`);
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
      for (const program of [tool, "cat"]) symlinkSync(pathOf(program), join(bin, program));
      const server = createServer((socket) => socket.pipe(socket)).listen(0, "127.0.0.1");
      await new Promise((resolve) => server.once("listening", resolve));
      const address = server.address();
      assert.ok(typeof address === "object" && address !== null);
      const transport = shTransport([pathOf("sh")], { PATH: bin });
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

describe("a host whose disks are full", () => {
  it("still runs commands, and says of a diagnosis why there is none", async function () {
    if (process.getuid?.() !== 0) skip(this, "only root can mount full disks");
    const full = 'for d in /tmp /var/tmp /dev/shm; do mount -t tmpfs -o nr_inodes=1 full "$d"; done; exec sh';
    const machine = await machineOver(shTransport(["unshare", "-m", "sh", "-c", full], { TMPDIR: "/tmp" }));
    const answer = await machine.run({ argv: ["echo", "x"] }, limits);
    assert.equal(answer.stdout, "x\n");
    const launch = { ...planned({ request: "launch", mode: "exec" }, "/"), timeline: noTimeline };
    const one = probe({ id: "one", argv: ["true"], read: () => true });
    const facts = await ask(machine, launch, new Set([one]));
    assert.deepEqual(facts.get(one), { because: "no directory here can hold a file" });
    await machine.close();
  });
});
