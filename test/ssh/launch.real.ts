import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { assertReport } from "../cli/contract.ts";
import { run, start } from "../cli/delveDoctor.ts";
import { blackHole } from "../lab/blackHole.ts";
import { makeFolder, warmCache } from "../lab/module.ts";
import { greetingFiles, moduleProxy } from "../lab/moduleProxy.ts";
import { assertSelfTest } from "../lab/selfTest.ts";
import { freePort } from "../lab/server.ts";
import { go } from "../lab/tools.ts";
import { signal } from "../sshd/processes.ts";
import { type Lab, makeLab, nothingLeft, skipWithout } from "./lab.ts";

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

  it("is tested there, to an attach and a test, and nothing is left", async () => {
    const { sshd, here, env } = lab;
    await warmCache();
    const goTool = await go();
    const cache = execFileSync(goTool, ["env", "GOCACHE"], { encoding: "utf8" }).trim();
    const root = join(dirname(sshd.home), "root");
    const temporary = join(sshd.home, "temporary");
    mkdirSync(temporary);
    const profile = `export PATH=$PATH:${dirname(goTool)} GOCACHE=${cache} TMPDIR=${temporary} GOFLAGS=\n`;
    writeFileSync(join(root, ".profile"), profile);
    const tool = join(sshd.home, "go", "bin", "dlv");
    const args = ["selftest", "--json", "--on", "ssh:root", "--dlv", tool];
    const { code, stdout, stderr } = await run(here.folder, args, env);
    rmSync(join(root, ".profile"));
    assert.equal(code, 0, stdout);
    assert.match(stderr, /✓ works +dlv attaches to a process/);
    const test = assertSelfTest(stdout);
    assert.equal(test.works, true);
    assert.deepEqual(test.host, { kind: "ssh", name: "root" });
    assert.deepEqual(readdirSync(temporary), []);
    rmSync(temporary, { recursive: true });
  });

  it("stalls there, is explained from there, fixed here, and launched again to its stop", async () => {
    const { sshd, env } = lab;
    const [hole, proxy] = [await blackHole(), await moduleProxy()];
    // Root's account there may use the warm build cache that other tests use here, and any go.
    await warmCache();
    const goTool = await go();
    const cache = execFileSync(goTool, ["env", "GOCACHE"], { encoding: "utf8" }).trim();
    const settings = join(sshd.home, "go.env");
    writeFileSync(settings, `GOPROXY=${proxy.url}\n`);
    const config = {
      name: "Call",
      type: "go",
      request: "launch",
      mode: "debug",
      program: ".",
      env: {
        GOPROXY: hole.url,
        GOENV: settings,
        GOCACHE: cache,
        GOMODCACHE: join(sshd.home, "modules"),
        GOTOOLCHAIN: "local",
        GOFLAGS: "-modcacherw",
        PATH: `${dirname(goTool)}:/usr/bin:/bin`,
      },
    };
    const text = JSON.stringify({ configurations: [config] }, null, 2);
    const here = makeFolder({ ...greetingFiles, ".vscode/launch.json": text });
    const there = join(sshd.home, "call");
    cpSync(here.folder, there, { recursive: true });
    const tool = join(sshd.home, "go", "bin", "dlv");
    const on = ["--on", "ssh:root", "--remote-folder", there, "--dlv", tool];
    const launch = ["launch", "--json", "--break", "main.go:10", ...on];
    try {
      const stalled = await run(here.folder, launch, env);
      const report = assertReport(stalled.stdout);
      assert.equal(report.outcome, "stalled", stalled.stderr);
      const [first] = report.findings;
      assert.equal(first?.cause, "module-download-blocked");
      assert.equal(first.certainty, "proven");
      assert.match(first.evidence.join("\n"), /ESTABLISHED 127\.0\.0\.1:\d+/);
      assert.match(stalled.stderr, /Proven on root:/);
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
    const path = `PATH=${dirname(await go())}:/usr/bin:/bin`;
    const env = [`GOPROXY=${hole.url}`, "GOFLAGS=-mod=mod", "GOTOOLCHAIN=go1.99.0", path];
    const tool = join(lab.sshd.home, "go", "bin", "dlv");
    const on = ["--on", "ssh:root", "--remote-folder", lab.there, "--dlv", tool];
    const debug = ["launch", "--program", lab.here.folder, ...on, ...env.flatMap((one) => ["--env", one])];
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
    const port = await freePort();
    const dlv = `${lab.sshd.home}/go/bin/dlv`;
    const server = `exec ${dlv} exec --headless --accept-multiclient --listen=127.0.0.1:${port} ${lab.there}/app`;
    const text = JSON.stringify({
      configurations: [
        {
          name: "Attach",
          type: "go",
          request: "attach",
          mode: "remote",
          host: "localhost",
          port,
          debugAdapter: "dlv-dap",
        },
      ],
    });
    lab.here.write(".vscode/launch.json", text);
    const serving = spawn(join(lab.here.folder, "ssh"), ["lab", server], {
      stdio: ["pipe", "pipe", "ignore"],
    });
    await new Promise<void>((resolve) =>
      serving.stdout.on("data", (chunk: Buffer) => {
        if (chunk.includes("listening")) resolve();
      }),
    );
    const answer = await run(
      lab.here.folder,
      ["launch", "--config", "Attach", "--break", "main.go:5", "--json", ...lab.on],
      lab.env,
    );
    serving.kill();
    signal(lab.sshd.processes(), "SIGKILL");
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
