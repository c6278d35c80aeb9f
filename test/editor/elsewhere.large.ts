import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { type BlackHole, blackHole } from "../lab/blackHole.ts";
import { labEnv } from "../lab/module.ts";
import { freePort, startProcess } from "../lab/server.ts";
import { skip } from "../lab/skip.ts";
import { dlv, go } from "../lab/tools.ts";
import { noSshd, type Sshd, startSshd } from "../sshd/sshd.ts";
import { restart, startNamed, stop, toggleBreakpoint, untilEnded, untilStopped } from "./debug.ts";
import { type DoctorWindow, openDoctor } from "./doctor.ts";
import { languageStatus } from "./history.ts";
import { clickDialog, clickNotification, notifications, untilDialog, untilNotification } from "./messages.ts";
import { until } from "./window.ts";
import { answerInput, openFile, pickEntry, pickLabels, runCommand, webviewText } from "./workbench.ts";

describe("a launch on another machine, in a real VS Code", function () {
  this.timeout(300_000);
  const wrapper = mkdtempSync(join(tmpdir(), "dd-ssh-"));
  let sshd: Sshd;
  let doctor: DoctorWindow;
  let page: Page;
  let port: number;
  let silent: BlackHole;

  before("set up a machine, VS Code, Go, Delve and the extension", async function () {
    const why = noSshd();
    if (why !== undefined) skip(this, why);
    this.timeout(1_800_000);
    sshd = await startSshd({ home: { ".profile": `PATH=$PATH:${dirname(await go())}\n` } });
    const ssh = `#!/bin/sh\nexec /usr/bin/ssh -F '${sshd.configFile}' "$@"\n`;
    writeFileSync(join(wrapper, "ssh"), ssh, { mode: 0o755 });
    silent = await blackHole();
    const silentHost = `\nHost silent\n  HostName ${silent.host}\n  Port ${silent.port}\n  User nobody\n`;
    appendFileSync(sshd.configFile, silentHost);
    port = await freePort();
    doctor = await openDoctor({ path: [wrapper], prepare: (folder) => furnish(sshd, folder, port) });
    page = doctor.page;
  });
  afterEach("keep a picture of a failure", async function () {
    if (this.currentTest?.state === "failed") await doctor?.picture(`failed, ${this.currentTest.title}`);
  });
  after("leave no process and no file", async () => {
    await doctor?.close();
    await silent?.close();
    await sshd?.stop();
    rmSync(wrapper, { recursive: true });
  });

  const breakpoint = { file: "hello.go", line: 8 };
  const there = (line: RegExp) => sshd.processes().filter(({ argv }) => line.test(argv.join(" ")));
  const end = async () => {
    await stop(page);
    await untilEnded(page);
    await until("the end of dlv and its program there", async () => there(/dlv|hello/).length === 0);
  };
  const serve = async () => {
    const program = join(sshd.home, "shop", "hello", "hello");
    const argv = [await dlv(), "exec", program, "--headless", `--listen=127.0.0.1:${port}`];
    // The connection comes from the user there.
    const server = await startProcess([...argv, "--only-same-user=false"], sshd.home, {});
    await until("a server that listens", async () => server.printed().includes("listening at"));
    return server;
  };

  it("stops at the breakpoint of the editor's file, says where, and leaves nothing there", async () => {
    await toggleBreakpoint(page, "hello/hello.go", 8);
    await startNamed(page, "Hello on lab");
    assert.deepEqual(await untilStopped(page), breakpoint);
    await until("the language status", async () =>
      (await languageStatus(page)).includes("Hello on lab was launched on lab: "),
    );
    assert.deepEqual(await notifications(page), []);
    assert.deepEqual(doctor.pids(/\bdlv\S* dap/), []);
    assert.equal(there(/\bgo\/bin\/dlv dap/).length, 1);
    await doctor.picture("launch on another machine");

    await runCommand(page, "Delve Doctor: Show Last Launch Report");
    const report = await webviewText(page, "Configuration as resolved on lab");
    assert.match(report, /"Hello on lab" \(exec\) .* on lab/);
    assert(!report.includes("delveDoctor"), "neither dlv nor VS Code gets our attribute");
    assert(!report.includes("GOPATH"), "golang.go's own environment is this machine's");
    await doctor.picture("report of another machine");
    await runCommand(page, "View: Close All Editors");

    const pids = () => there(/\bdlv dap/).map(({ pid }) => pid);
    const [before] = pids();
    await restart(page);
    await until("another dlv there", async () => pids().length === 1 && pids()[0] !== before);
    assert.deepEqual(await untilStopped(page), breakpoint);
    await end();
  });

  it("asks for a passphrase unseen, and attaches to a server that only the machine itself reaches", async () => {
    const server = await serve();
    try {
      await startNamed(page, "Attach on locked");
      await page.getByText("Connecting to locked").first().waitFor();
      await doctor.picture("question for a passphrase");
      await answerInput(page, sshd.keys.passphrase);
      assert.deepEqual(await untilStopped(page), breakpoint);
      await until("the language status", async () =>
        (await languageStatus(page)).includes("Attach on locked was launched on locked: "),
      );
      await end();
    } finally {
      await server.end();
    }
  });

  it("shows an unknown host's key, and does not connect unless told to", async () => {
    await startNamed(page, "Hello on unknown");
    const { message, detail, buttons } = await untilDialog(page);
    assert.equal(message, "Connect to unknown, whose host key is not known?");
    assert.match(detail, /ssh-ed25519 key, SHA256:/);
    assert.deepEqual(buttons.toSorted(), ["Cancel", "Connect", "Don't Connect"]);
    await doctor.picture("question about a host key");
    // The button that has the focus.
    await page.keyboard.press("Enter");
    await until("VS Code's own dialog", async () =>
      (await untilDialog(page)).detail.includes("unknown: host key: SHA256:"),
    );
    await clickDialog(page, "Cancel");
    await untilEnded(page);
  });

  it("is given up without a word where a person cancels while it connects", async () => {
    await startNamed(page, "Hello on silent");
    await untilNotification(page, "Connecting to silent");
    await doctor.picture("connecting");
    await clickNotification(page, "Connecting to silent", "Cancel");
    await untilEnded(page);
    await until("the end of the message", async () => (await notifications(page)).length === 0);
    assert.equal(await page.locator(".monaco-dialog-box").count(), 0);
    assert.doesNotMatch(doctor.log(), /Hello on silent: launching/);
  });

  it("fails with one line and the button where the machine lets nobody in", async () => {
    await startNamed(page, "Hello on stranger");
    const { message, detail, buttons } = await untilDialog(page);
    assert.match(message + detail, /stranger: authentication: /);
    assert(buttons.includes("Diagnose Delve launch"), buttons.join());
    await doctor.picture("failure to connect");
    await clickDialog(page, "Cancel");
    await untilEnded(page);
  });

  it("is not launched at all where the attribute names no machine", async () => {
    await startNamed(page, "Hello nowhere");
    const { message, detail } = await untilDialog(page);
    assert.equal(message, "Hello nowhere");
    assert.match(detail, /"delveDoctor\.on" is "lab"; there are local, ssh:ALIAS/);
    await clickDialog(page, "Cancel");
    assert.deepEqual(doctor.pids(/\bdlv\S* dap/), []);
  });

  it("is known to launch.json, which marks only what is wrong with it", async () => {
    await openFile(page, ".vscode/launch.json");
    await runCommand(page, "Problems: Focus on Problems View");
    const problems = page.locator(".markers-panel .monaco-list-row .marker-message-line");
    // VS Code says it by our schema, and Delve Doctor by a rule that other editors have as well.
    const [rule, schema, ...others] = await until("both", async () => {
      const found = await problems.allInnerTexts();
      return found.length > 1 && found.sort();
    });
    assert.match(rule ?? "", /^"delveDoctor\.on" is "lab"; there are local, ssh:ALIAS, .*DLV330/s);
    assert.match(schema ?? "", /^There are local, ssh:ALIAS, docker:NAME, podman:NAME and kubectl:POD\./);
    assert.deepEqual(others, []);
  });

  it("is one of the machines that Delve can be tested on, and why it cannot be is told in a line", async () => {
    await runCommand(page, "Delve Doctor: Test Delve on This Machine");
    const labels = await until("the machines", async () => {
      const all = await pickLabels(page);
      return all.includes("ssh:stranger") && all;
    });
    const there = ["lab", "stranger", "unknown", "silent", "locked"].map((name) => `ssh:${name}`);
    assert.deepEqual(labels, ["This machine", ...there]);
    await pickEntry(page, "ssh:stranger");
    const { severity } = await untilNotification(page, "stranger: authentication: ");
    assert.equal(severity, "error");
  });
});

/** Puts the program and dlv there, and the configurations here. */
async function furnish({ home, uid }: Sshd, folder: string, port: number): Promise<void> {
  const there = join(home, "shop");
  cpSync(join(folder, "hello"), join(there, "hello"), { recursive: true });
  const env = { ...process.env, ...(await labEnv()), CGO_ENABLED: "0" };
  const build = ["build", "-gcflags=all=-N -l", "-o", "hello", "."];
  execFileSync(await go(), build, { cwd: join(there, "hello"), env });
  mkdirSync(join(home, "go", "bin"), { recursive: true });
  cpSync(await dlv(), join(home, "go", "bin", "dlv"));
  execFileSync("chown", ["-R", String(uid), home]);
  const on = (name: string, host: string) => ({
    ...{ name, type: "go", request: "launch", mode: "exec", program: "${workspaceFolder}/hello/hello" },
    delveDoctor: { on: host, folder: there },
  });
  const configurations = [
    on("Hello on lab", "ssh:lab"),
    on("Hello on stranger", "ssh:stranger"),
    on("Hello on unknown", "ssh:unknown"),
    on("Hello on silent", "ssh:silent"),
    {
      ...{ name: "Attach on locked", type: "go", request: "attach", mode: "remote" },
      ...{ host: "127.0.0.1", port, delveDoctor: { on: "ssh:locked", folder: there } },
    },
    on("Hello nowhere", "lab"),
  ];
  const settings = { "go.toolsEnvVars": { GOPATH: join(folder, "go") } };
  writeFileSync(join(folder, ".vscode", "settings.json"), JSON.stringify(settings));
  const text = JSON.stringify({ version: "0.2.0", configurations }, null, 2);
  writeFileSync(join(folder, ".vscode", "launch.json"), text);
}
