import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { assertReport } from "../cli/contract.ts";
import { run, start } from "../cli/delveDoctor.ts";
import { blackHole } from "../lab/blackHole.ts";
import { type LabFolder, labEnv, makeFolder, warmCache } from "../lab/module.ts";
import { greetingFiles, moduleProxy } from "../lab/moduleProxy.ts";
import { dlv, go } from "../lab/tools.ts";
import { noSshd, type Sshd, type SshdOptions, startSshd } from "../sshd/sshd.ts";

const files = {
  "go.mod": "module example.com/app\n\ngo 1.22\n",
  "main.go": "package main\n\nfunc main() {\n\tx := 1\n\tprintln(x)\n\tselect {}\n}\n",
};

/** A private sshd with a workspace on both sides, and a user who has dlv in ~/go/bin and go on the login PATH only. */
interface Lab {
  readonly sshd: Sshd;
  readonly here: LabFolder;
  readonly there: string;
  readonly env: Readonly<Record<string, string>>;
  /** The words of every command line. */
  readonly on: readonly string[];
  close(): Promise<void>;
}

async function makeLab(options: SshdOptions = {}): Promise<Lab> {
  const goBin = dirname(await go());
  const home = {
    // What a person's shell prints before anything is asked must not matter.
    ".bashrc": "echo welcome; echo warning >&2\n",
    ".profile": `PATH=$PATH:${goBin}\n`,
  };
  const sshd = await startSshd({ home, ...options });
  const here = makeFolder(files);
  const there = join(sshd.home, "app");
  cpSync(here.folder, there, { recursive: true });
  const build = ["build", "-gcflags=all=-N -l", "-o", join(there, "app"), "."];
  const env = { ...process.env, ...(await labEnv()), CGO_ENABLED: "0" };
  execFileSync(await go(), build, { cwd: there, env });
  // An unprivileged user cannot see into root's caches.
  mkdirSync(join(sshd.home, "go", "bin"), { recursive: true });
  cpSync(await dlv(), join(sshd.home, "go", "bin", "dlv"));
  own(sshd);
  const ssh = join(here.folder, "ssh");
  writeFileSync(ssh, `#!/bin/sh\nexec /usr/bin/ssh -F '${sshd.configFile}' "$@"\n`, { mode: 0o755 });
  return {
    sshd,
    here,
    there,
    env: { PATH: `${here.folder}:${process.env["PATH"]}` },
    on: ["--on", "ssh:lab", "--remote-folder", there],
    async close() {
      await sshd.stop();
      here.remove();
    },
  };
}

/** Everything that a test put there belongs to the user there. */
function own({ home, uid }: Sshd): void {
  execFileSync("chown", ["-R", String(uid), home]);
}

/** Nothing runs there any more, and no binary of a killed build lies there. */
async function nothingLeft({ sshd, there }: Lab): Promise<void> {
  for (let tries = 0; tries < 300 && sshd.processes().length > 0; tries += 1) await sleep(50);
  assert.deepEqual(sshd.processes(), []);
  assert.deepEqual(
    readdirSync(there).filter((name) => name.startsWith("__debug_bin")),
    [],
  );
}

function skipWithout(context: Mocha.Context): void {
  const why = noSshd();
  if (why === undefined) return;
  console.log(`      skipped: ${why}`);
  context.skip();
}

describe("dlv on another machine, over SSH", () => {
  let lab: Lab;
  let exec: readonly string[];
  before(async function () {
    skipWithout(this);
    lab = await makeLab();
    exec = ["launch", "--program", join(lab.here.folder, "app"), "--mode", "exec", "--json", ...lab.on];
  });
  after(() => lab?.close());
  afterEach(() => nothingLeft(lab));

  it("is launched to a breakpoint, and nothing is left on either side", async () => {
    const answer = await run(lab.here.folder, [...exec, "--break", "main.go:5"], lab.env);
    const report = assertReport(answer.stdout);
    assert.equal(report.outcome, "stopped", answer.stderr);
    assert.deepEqual(report.findings, []);
    assert.deepEqual([report.host.kind, report.host.name], ["ssh", "lab"]);
    assert.equal(answer.code, 0, answer.stdout);
    assert.match(answer.stderr, /Starting on lab: \S+\/go\/bin\/dlv dap/);
  });

  it("is launched where its configuration says, unless the command line says otherwise", async () => {
    const { here, there, env } = lab;
    const delveDoctor = { on: "ssh:lab", folder: there };
    const program = "${workspaceFolder}/app";
    const config = { name: "App", type: "go", request: "launch", mode: "exec", program, delveDoctor };
    here.write(".vscode/launch.json", JSON.stringify({ configurations: [config] }));
    const words = ["launch", "--json", "--break", "main.go:5"];
    const report = assertReport((await run(here.folder, words, env)).stdout);
    assert.deepEqual([report.outcome, report.host.name], ["stopped", "lab"]);
    assert.deepEqual(Object.keys(report.launch.config).includes("delveDoctor"), false);

    const local = assertReport((await run(here.folder, [...words, "--on", "local"], env)).stdout);
    assert.equal(local.host.kind, "local");

    here.write(
      ".vscode/launch.json",
      JSON.stringify({ configurations: [{ ...config, delveDoctor: "lab" }] }),
    );
    const wrong = await run(here.folder, words, env);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /configuration "App": "delveDoctor" must be an object/);
    rmSync(join(here.folder, ".vscode"), { recursive: true });
  });

  it("stalls there, is explained from there, fixed here, and launched again to its stop", async () => {
    const { sshd, env } = lab;
    const [hole, proxy] = [await blackHole(), await moduleProxy()];
    const cache = join(sshd.home, "cache");
    await warmCache(cache);
    const config = {
      name: "Call",
      type: "go",
      request: "launch",
      mode: "debug",
      program: ".",
      env: { GOPROXY: hole.url, GOCACHE: cache, GOTOOLCHAIN: "local", GOFLAGS: "-modcacherw" },
    };
    const text = JSON.stringify({ configurations: [config] }, null, 2);
    const here = makeFolder({ ...greetingFiles, ".vscode/launch.json": text });
    const there = join(sshd.home, "call");
    cpSync(here.folder, there, { recursive: true });
    writeFileSync(join(sshd.home, ".profile"), `export GOPROXY=${proxy.url}\n`, { flag: "a" });
    own(sshd);
    const launch = ["launch", "--json", "--break", "main.go:10", "--on", "ssh:lab", "--remote-folder", there];
    try {
      const stalled = await run(here.folder, launch, env);
      const report = assertReport(stalled.stdout);
      assert.equal(report.outcome, "stalled", stalled.stderr);
      const [first] = report.findings;
      assert.equal(first?.cause, "module-download-blocked");
      assert.equal(first.certainty, "proven");
      assert.match(first.evidence.join("\n"), /ESTABLISHED 127\.0\.0\.1:\d+/);
      assert.match(stalled.stderr, /Proven on lab:/);
      await nothingLeft({ ...lab, there });

      const applied = await run(here.folder, ["fix", "module-download-blocked/remove-goproxy", "--yes"], env);
      assert.equal(applied.code, 0, applied.stdout + applied.stderr);
      assert.doesNotMatch(readFileSync(join(here.folder, ".vscode", "launch.json"), "utf8"), /GOPROXY/);

      const healthy = await run(here.folder, launch, env);
      assert.equal(assertReport(healthy.stdout).outcome, "stopped", healthy.stderr);
      assert.equal(healthy.code, 0, healthy.stdout);
    } finally {
      await hole.close();
      await proxy.close();
      here.remove();
    }
  });

  it("is cancelled there with Ctrl+C", async () => {
    const hole = await blackHole();
    const env = [`GOPROXY=${hole.url}`, "GOFLAGS=-mod=mod", "GOTOOLCHAIN=go1.99.0"].flatMap((one) => [
      "--env",
      one,
    ]);
    const debug = ["launch", "--program", lab.here.folder, ...lab.on, ...env];
    const { child, said, ended } = await start(lab.here.folder, debug, lab.env);
    await said(/go build/);
    child.kill("SIGINT");
    assert.equal((await ended).code, 1);
    await nothingLeft(lab);
    await hole.close();
  });

  it("says that the connection was lost, and its keeper ends dlv", async () => {
    const { child: _, said, ended } = await start(lab.here.folder, [...exec, "--until", "exit"], lab.env);
    await said(/run /);
    lab.sshd.cutConnections();
    const { code, stdout, stderr } = await ended;
    assert.equal(code, 1);
    assert.match(stderr, /lab: .*connection/i);
    // What is asked after the loss is asked on a connection of its own.
    assert.deepEqual(assertReport(stdout).unknown, []);
    await nothingLeft(lab);
  });

  it("is attached to where it listens already", async () => {
    const port = "40127";
    const server = `${lab.sshd.home}/go/bin/dlv exec --headless --accept-multiclient --listen=127.0.0.1:${port} ${lab.there}/app`;
    const ssh = start(lab.here.folder, ["--help"], lab.env);
    await (await ssh).ended;
    const text = JSON.stringify({
      configurations: [
        {
          name: "Attach",
          type: "go",
          request: "attach",
          mode: "remote",
          host: "localhost",
          port: Number(port),
          debugAdapter: "dlv-dap",
        },
      ],
    });
    lab.here.write(".vscode/launch.json", text);
    const { spawn } = await import("node:child_process");
    const serving = spawn(join(lab.here.folder, "ssh"), ["lab", server], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    await new Promise((resolve) =>
      serving.stdout.on("data", (chunk) => `${chunk}`.includes("listening") && resolve(chunk)),
    );
    const answer = await run(
      lab.here.folder,
      ["launch", "--config", "Attach", "--break", "main.go:5", "--json", ...lab.on],
      lab.env,
    );
    serving.kill();
    for (const { pid } of lab.sshd.processes()) process.kill(pid);
    assert.equal(assertReport(answer.stdout).outcome, "stopped", answer.stderr);
    assert.equal(answer.code, 0, answer.stdout);
  });
});

describe("an sshd that prohibits forwarding", () => {
  let lab: Lab;
  before(async function () {
    skipWithout(this);
    lab = await makeLab({ config: ["AllowTcpForwarding no"] });
  });
  after(() => lab?.close());

  it("lets dlv be debugged all the same, and is named", async () => {
    const args = ["--program", join(lab.here.folder, "app"), "--mode", "exec", "--break", "main.go:5"];
    const answer = await run(lab.here.folder, ["launch", "--json", ...args, ...lab.on], lab.env);
    const report = assertReport(answer.stdout);
    assert.equal(report.outcome, "stopped", answer.stderr);
    assert.deepEqual(
      report.findings.map(({ cause, certainty, explains }) => [cause, certainty, explains]),
      [["sshd-forwarding-off", "proven", undefined]],
    );
    assert.match(report.findings[0]?.evidence.join("\n") ?? "", /sshd prohibits forwarding to 127/);
    await nothingLeft(lab);
  });
});
