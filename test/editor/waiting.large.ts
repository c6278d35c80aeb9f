import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { needDelve } from "../../scripts/setup/delve.ts";
import { startNamed, stop, toggleBreakpoint, untilEnded, untilStopped } from "./debug.ts";
import { type DoctorWindow, launched, openDoctor } from "./doctor.ts";
import { clickDialog, clickNotification, notifications, untilDialog, untilNotification } from "./messages.ts";
import { until } from "./window.ts";
import { openFile, pickEntry, runAndPick, runCommand, untilStatus, webviewText } from "./workbench.ts";

const statusId = "delve-doctor.delve-doctor.delveDoctor.status";
const breakpoint = { file: "hello.go", line: 8 };

/** Matches no line, but has the groups that VS Code asks of a pattern. */
const noProblem = { regexp: "^(?!)(.)(.)(.)", file: 1, location: 2, message: 3 };

const tasks = [
  { label: "server", type: "shell", command: "sleep 1000", problemMatcher: [] },
  { label: "build", type: "shell", command: "sleep 1" },
  {
    label: "watch",
    type: "shell",
    command: "echo watching; sleep 1001",
    isBackground: true,
    problemMatcher: [],
  },
  {
    ...{ label: "serve", type: "shell", command: "sleep 1; echo listening; sleep 1002", isBackground: true },
    problemMatcher: {
      pattern: [noProblem],
      background: { activeOnStart: true, beginsPattern: "^(?!)", endsPattern: "listening|ready|started" },
    },
  },
];

describe("a launch that VS Code does not come to, in a real VS Code", function () {
  this.timeout(300_000);
  let doctor: DoctorWindow;
  let page: Page;
  let ran = "";

  before("set up VS Code, Go, Delve and the extension", async function () {
    this.timeout(1_800_000);
    ran = mkdtempSync(join(tmpdir(), "dd-ran-"));
    doctor = await openDoctor({ prepare: furnish, path: [watched(ran)] });
    page = doctor.page;
    await toggleBreakpoint(page, "hello/hello.go", 8);
  });
  afterEach("keep a picture of a failure", async function () {
    if (this.currentTest?.state === "failed") await doctor.picture(`failed, ${this.currentTest.title}`);
  });
  after("leave no process and no file", async () => {
    await doctor?.close();
    rmSync(ran, { recursive: true, force: true });
  });

  const launchJson = () => readFileSync(join(doctor.folder, ".vscode", "launch.json"), "utf8");
  const end = async () => {
    await stop(page);
    await untilEnded(page);
    await doctor.untilNothingIsLeft();
  };
  const trust = (enabled: boolean) => {
    const file = join(doctor.server.home, "data", "User", "settings.json");
    const settings = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(file, JSON.stringify({ ...settings, "security.workspace.trust.enabled": enabled }));
  };
  const report = async (containing: string) => {
    await runCommand(page, "Delve Doctor: Show Last Launch Report");
    const text = await webviewText(page, containing);
    await runCommand(page, "View: Close All Editors");
    return text;
  };

  it("is told of where the Go extension waits for an answer about an old dlv", async () => {
    await startNamed(page, "Hello");
    const { message } = await untilNotification(page, "Hello has waited for ");
    await doctor.picture("a question about an old dlv");
    assert.match(message, /for the Go extension: dlv is 1\.8\.2, and the Go extension waits for an answer/);
    await clickNotification(page, "Hello has waited", "Cancel");
    setSettings(doctor.folder, {});
    await runCommand(page, "Notifications: Clear All Notifications");
  });

  it("is none where the task ends, or says that it is ready, and the time it took is in the report", async () => {
    await startNamed(page, "Built");
    assert.deepEqual(await untilStopped(page), breakpoint);
    assert.match(
      await report("Before the launch"),
      /VS Code took [\d.]+ s, of these [\d.]+ s in task "build"\./,
    );
    await end();
    await startNamed(page, "Served");
    assert.deepEqual(await untilStopped(page), breakpoint);
    await end();
    assert.deepEqual(await notifications(page), []);
  });

  it("is told of and cancelled where the task never ends", async () => {
    await startNamed(page, "Behind a server");
    const { message, buttons, severity } = await untilNotification(page, "Behind a server has waited for ");
    await doctor.picture("a task that never ends");
    const waits = 'The task "server" does nothing and does not end, and VS Code waits for that.';
    assert.match(message, /^Behind a server has waited for [\d.]+ s for the task "server": /);
    assert.ok(message.endsWith(waits), message);
    assert.deepEqual([severity, ...buttons], ["warning", "Show Report", "Apply Fix and Relaunch", "Cancel"]);
    await untilStatus(page, statusId, 'waiting for the task "server"');
    assert.equal(doctor.pids(/sleep 1000/).length > 0, true, "nobody may end the task unasked");
    await clickNotification(page, waits, "Cancel");
    await until("the end of the task", async () => doctor.pids(/sleep 1000/).length === 0);
    await untilEnded(page);
    await doctor.picture("cancelled");
    assert.doesNotMatch(doctor.log(), /Behind a server: launching/);
  });

  it("is explained where the task says to nobody that it is ready, and reaches its stop with the fix", async () => {
    await startNamed(page, "Watched");
    // VS Code asks by itself meanwhile, in words of its own.
    assert.match((await untilDialog(page)).detail, /'watch' has not exited/);
    // The dialog is in front of the bell, so the warning has to be seen while it is on the screen.
    await until("our warning below it", async () =>
      (await notifications(page)).some(({ message }) => message.startsWith("Watched has waited for ")),
    );
    await doctor.picture("a background task without a problem matcher");
    await clickDialog(page, "Cancel");
    const told = await report("Ruled out");
    assert.match(
      told,
      /^The task "watch" runs in the background, .* Proven on .*: task "watch": running for/,
    );
    await runAndPick(page, "Delve Doctor: Apply Fix…", 'Launch without waiting for the task "watch"');
    await pickEntry(page, "Apply and Relaunch");
    assert.deepEqual(await untilStopped(page), breakpoint);
    assert.doesNotMatch(launchJson(), /"watch"/);
    assert.deepEqual(doctor.pids(/sleep 1001/), []);
    await end();
  });

  it("is none of ours in a workspace that is not trusted: VS Code asks, and nothing is run", async () => {
    trust(true);
    setSettings(doctor.folder, hostile);
    const hello = launchJson();
    writeFileSync(
      join(doctor.folder, ".vscode", "launch.json"),
      hello.replace(
        '"name": "Hello",',
        '"name": "Hello", "delveDoctor": { "on": "ssh:evil", "folder": "there" },',
      ),
    );
    // What runs is seen: the Go extension asked go for its variables when the window was opened.
    assert.match(readFileSync(join(ran, "log"), "utf8"), /^go env/m);
    writeFileSync(join(ran, "log"), "");
    await page.reload();
    // The language server is there and has read the file: it says so of what is wrong in it.
    await openFile(page, ".vscode/launch.json", 1);
    await page.locator(".squiggly-error").first().waitFor();
    await openFile(page, "hello/hello.go", 1);
    await runAndPick(page, "Delve Doctor: Diagnose Delve launch", "Built");
    await untilNotification(page, "nothing is run in a workspace that is not trusted");
    const launches = () => doctor.log().match(/launching through/g)?.length;
    const before = launches();
    await startNamed(page, "Hello");
    await untilDialog(page);
    await doctor.picture("a launch in a workspace that is not trusted");
    await clickDialog(page, "Cancel");
    await untilEnded(page);
    assert.equal(launches(), before);
    assert.deepEqual(doctor.pids(launched), []);
    assert.equal(readFileSync(join(ran, "log"), "utf8"), "", "something of ours ran");
    trust(false);
    writeFileSync(join(doctor.folder, ".vscode", "launch.json"), hello);
    setSettings(doctor.folder, {});
  });

  it("is explained where there is no Go extension", async () => {
    const extensions = join(doctor.server.home, "extensions");
    for (const name of readdirSync(extensions))
      if (name.includes("standin-go")) rmSync(join(extensions, name));
    const list = join(extensions, "extensions.json");
    const listed: readonly { readonly location: { readonly path: string } }[] = JSON.parse(
      readFileSync(list, "utf8"),
    );
    const left = listed.filter(({ location }) => existsSync(location.path));
    assert.equal(left.length, listed.length - 1);
    writeFileSync(list, JSON.stringify(left));
    await page.reload();
    // Nothing here can debug at all, so that VS Code has not even a command for it.
    await runAndPick(page, "Delve Doctor: Diagnose Delve launch", "Auto");
    assert.match(await webviewText(page, "Ruled out"), /^There is no Go extension here, .* Proven on /);
    await doctor.picture("report without a Go extension");
  });
});

/** What a workspace might set that means harm. Nobody shall go by it. */
const hostile = {
  "delveDoctor.fastLaunch": "ahead",
  "delveDoctor.hosts": { "127.0.0.1:2345": "ssh:evil 4000" },
  "go.alternateTools": { dlv: "/tmp/no-dlv", go: "/tmp/no-go" },
};

/** A folder of programs that write down that they ran, and then are what they are called. */
function watched(folder: string): string {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const name of ["dlv", "go", "ssh", "docker", "podman", "kubectl", "sudo"]) {
    const text = `#!/bin/sh\necho "${name} $*" >>'${folder}/log'\nPATH=\${PATH#*${bin}:}\nexec ${name} "$@"\n`;
    writeFileSync(join(bin, name), text, { mode: 0o755 });
  }
  return bin;
}

/** What may end by itself is otherwise given half a minute, and a task that does nothing ten seconds. */
function setSettings(folder: string, more: object): void {
  // Tasks that VS Code takes up again in a window that is loaded anew would ask for trust by themselves.
  const settings = { "delveDoctor.stallAfterSeconds": 3, "task.reconnection": false, ...more };
  writeFileSync(join(folder, ".vscode", "settings.json"), JSON.stringify(settings));
}

async function furnish(folder: string): Promise<void> {
  const program = "${workspaceFolder}/hello";
  const go = (name: string, more: object = {}) => ({
    ...{ name, type: "go", request: "launch", mode: "debug", program },
    ...more,
  });
  const configurations = [
    go("Hello"),
    go("Auto", { mode: "auto" }),
    go("Built", { preLaunchTask: "build" }),
    go("Served", { preLaunchTask: "serve" }),
    go("Behind a server", { preLaunchTask: "server" }),
    go("Watched", { preLaunchTask: "watch" }),
  ];
  const write = (name: string, value: object) =>
    writeFileSync(join(folder, ".vscode", name), JSON.stringify({ ...value }, null, 2));
  write("launch.json", { version: "0.2.0", configurations });
  setSettings(folder, { "go.alternateTools": { dlv: await needDelve("v1.8.2") } });
  // A terminal on the screen comes back when the window is loaded anew, and asks for trust by itself.
  const presentation = { reveal: "never" };
  write("tasks.json", { version: "2.0.0", tasks: tasks.map((task) => ({ ...task, presentation })) });
}
