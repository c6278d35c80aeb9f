import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ptyAround } from "../../src/hosts/pty.ts";
import { encodeFrame } from "../../src/proxy/frames.ts";
import { type LabFolder, labEnv, makeFolder } from "../lab/module.ts";
import { type Network, network, noNetwork } from "../lab/network.ts";
import { type OwnHome, ownHome } from "../lab/ownHome.ts";
import { freePort, type LabProcess, startProcess, until } from "../lab/server.ts";
import { skip } from "../lab/skip.ts";
import { listenersOn } from "../lab/sockets.ts";
import { dlv, go } from "../lab/tools.ts";
import { noSshd, type Sshd, startSshd } from "../sshd/sshd.ts";
import { assertReport } from "./contract.ts";
import { delveDoctor, run, start } from "./delveDoctor.ts";

const loop = `package main

import "time"

func main() {
	for {
		time.Sleep(time.Second)
	}
}
`;

/** dlv's port on the host behind the tunnel, where nobody else is. */
const there = 4000;

describe("a remote attach through the person's own ssh -L", function () {
  this.timeout(240_000);
  let net: Network;
  let sshd: Sshd;
  let home: OwnHome;
  let folder: LabFolder;
  let server: LabProcess;
  let tunnel: LabProcess;
  let port: number;
  const pidThere = () => sshd.processes().find(({ argv }) => argv[1] === "exec")?.pid ?? 0;

  before(async function () {
    const why = noSshd() ?? noNetwork();
    if (why !== undefined) skip(this, why);
    net = await network();
    sshd = await startSshd({ network: net });
    folder = makeFolder({ "go.mod": "module example.com/loop\n\ngo 1.25\n", "main.go": loop });
    const program = join(folder.folder, "loop");
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
      cwd: folder.folder,
      env: { ...process.env, ...(await labEnv()) },
    });
    copyFileSync(await dlv(), join(folder.folder, "dlv"));
    for (const path of [folder.folder, program, join(folder.folder, "dlv")]) chmodSync(path, 0o755);
    home = ownHome({
      ".ssh/config": readFileSync(sshd.configFile, "utf8").replaceAll("Host lab", "Host build7"),
    });

    const ssh = (...args: string[]) => startProcess([...home.inside, "ssh", ...args], folder.folder);
    const listen = `--listen=127.0.0.1:${there}`;
    const words = [join(folder.folder, "dlv"), "exec", program, "--headless", "--accept-multiclient", listen];
    server = await ssh("build7", ...words);
    await until(() => server.printed().includes("server listening at"), "dlv listens there");
    port = await freePort();
    tunnel = await ssh("-N", "-L", `${port}:localhost:${there}`, "build7");
    await until(() => listenersOn(port).length > 0, "the tunnel");
    const attach = { name: "A", type: "go", request: "attach", mode: "remote", host: "127.0.0.1", port };
    folder.write(".vscode/launch.json", JSON.stringify({ configurations: [attach] }));
    process.kill(pidThere(), "SIGSTOP");
  });
  after(async () => {
    await tunnel?.end();
    await server?.end();
    await sshd?.stop();
    net?.close();
    home?.remove();
    folder?.remove();
  });

  const doctor = (...args: string[]) => run(folder.folder, args, {}, undefined, home.inside);
  const launch = ["launch", "--stall-after", "2000"];

  it("says that the server behind it was not looked at where nobody can be asked", async () => {
    const { code, stdout, stderr } = await doctor(...launch, "--json");
    assert.equal(code, 1, stderr);
    const report = assertReport(stdout);
    assert.deepEqual([report.outcome, report.host.kind, report.findings], ["stalled", "local", []]);
    const unknown = report.unknown.find(({ cause }) => cause === "headless-not-ready-yet");
    assert.match(
      unknown?.because ?? "",
      new RegExp(
        `^ssh \\(pid \\d+\\) listens at 127.0.0.1:${port}, .* --on HOST .* ssh:build7, .* port ${there}$`,
      ),
    );
  });

  it("asks once, with where the tunnel goes as the answer of Enter, and finds the cause there", async () => {
    const env = {
      ...process.env,
      ...(await labEnv()),
      XDG_STATE_HOME: join(folder.folder, "state"),
      PWD: folder.folder,
    };
    const argv = [
      ...home.inside,
      process.execPath,
      await delveDoctor(),
      ...launch,
      "--folder",
      folder.folder,
    ];
    const terminal = await ptyAround(argv, { columns: 200, rows: 50 }, env);
    let shown = "";
    terminal.stdout.setEncoding("utf8").on("data", (text: string) => {
      shown += text;
    });
    await until(() => shown.includes(`What is behind 127.0.0.1:${port}?`), "the question");
    assert.match(shown, new RegExp(`\\[ssh:build7 ${there}\\]: `));
    terminal.stdin.write("\n");
    await until(() => shown.includes("[w]ait or [c]ancel?"), "the answer to it");
    assert.match(shown, new RegExp(`dlv \\(pid \\d+\\) on port ${there} is stopped by a signal`));
    terminal.stdin.write("c\n");
    const { code } = await terminal.ended;
    assert.equal(code, 1, shown);
    assert.match(shown, /Proven on build7: /);
  });

  it("counts for a debug adapter too, which can ask nobody", async () => {
    const args = ["dap", "--config", "A", "--stall-after", "2000"];
    const { child, said, ended } = await start(folder.folder, args, {}, undefined, home.inside);
    const config = { mode: "remote", host: "127.0.0.1", port };
    for (const [command, given] of Object.entries({ initialize: { adapterID: "go" }, attach: config }))
      child.stdin?.write(encodeFrame({ seq: 1, type: "request", command, arguments: given }));
    try {
      await said(/is stopped by a signal.* Proven on build7/);
      await said(/is stalled in \w+ after/);
    } finally {
      child.stdin?.end();
    }
    assert.equal((await ended).code, 0);
  });

  it("remembers it, and mends on that host what was found there", async () => {
    const { stdout, stderr } = await doctor(...launch, "--json");
    const report = assertReport(stdout);
    assert.deepEqual([report.host.kind, report.host.name], ["ssh", "build7"], stderr);
    const [finding] = report.findings;
    assert.equal(finding?.cause, "headless-not-ready-yet");
    const fixed = await doctor("fix", finding.fixes[0]?.id ?? "", "--yes");
    assert.match(fixed.stdout, /^verified: headless-not-ready-yet is gone on build7$/m, fixed.stderr);
    const attached = await doctor(...launch, "--json");
    assert.equal(assertReport(attached.stdout).outcome, "initialized", attached.stderr);
    assert.equal(attached.code, 0);
  });

  it("is looked at there without a launch, too", async () => {
    const { stdout } = await doctor("diagnose", "--json");
    assert.equal(assertReport(stdout).host.name, "build7");
  });
});
