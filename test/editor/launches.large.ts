import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { needDelve, oldDelve } from "../../scripts/setup/delve.ts";
import { needToolchain } from "../../scripts/setup/go.ts";
import {
  debugConsole,
  restart,
  startNamed,
  stop,
  toggleBreakpoint,
  untilEnded,
  untilStopped,
} from "./debug.ts";
import { type DoctorWindow, openDoctor } from "./doctor.ts";
import {
  inEachTheme,
  languageStatus,
  launchLabels,
  launchRows,
  openLaunches,
  pickInMenu,
  untilDiagram,
} from "./history.ts";
import { clickDialog, notifications, untilDialog } from "./messages.ts";
import { mochaInHost } from "./mochaInHost.ts";
import { until } from "./window.ts";
import {
  editorText,
  openFile,
  pickEntry,
  pickLabels,
  runAndPick,
  runCommand,
  statusBar,
  terminalText,
  webviewText,
} from "./workbench.ts";

const statusId = "delve-doctor.delve-doctor.delveDoctor.status";
const breakpoint = { file: "hello.go", line: 8 };

describe("a healthy launch through the proxy, in a real VS Code", function () {
  this.timeout(300_000);
  let doctor: DoctorWindow;
  let page: Page;

  before("set up VS Code, Go, Delve and the extension", async function () {
    this.timeout(1_800_000);
    doctor = await openDoctor();
    page = doctor.page;
  });
  afterEach("keep a picture of a failure, and leave nothing of it to the next test", async function () {
    if (this.currentTest?.state !== "failed") return;
    await doctor.picture(`failed, ${this.currentTest.title}`);
    rmSync(settingsFile(), { force: true });
    await page.keyboard.press("Escape");
    // VS Code ignores Shift+F5 while a session only begins.
    await until("the end of what a failed test has launched", async () => {
      await stop(page);
      return doctor.untilNothingIsLeft(5000).then(
        () => true,
        () => false,
      );
    });
    await untilEnded(page);
  });
  after("leave no process and no file", () => doctor?.close());

  const settingsFile = () => join(doctor.folder, ".vscode", "settings.json");
  // The program itself, and not the go build that names it.
  const programs = () => doctor.pids(/^\S*__debug_bin/);
  const ports = () =>
    [...doctor.log().matchAll(/launching through 127\.0\.0\.1:(\d+)/g)].map(([, port]) => port);
  const end = async () => {
    await stop(page);
    await untilEnded(page);
    await doctor.untilNothingIsLeft();
  };

  const restartWithAnotherDlv = async (dlv: RegExp) => {
    const [before] = programs();
    const dlvBefore = doctor.pids(dlv);
    const count = ports().length;
    await restart(page);
    // Until then VS Code may still show where the old program stood, and ignores Shift+F5.
    await until("another program", async () => programs().some((pid) => pid !== before));
    assert.deepEqual(await untilStopped(page), breakpoint);
    await until("the second connection", async () => ports().length === count + 1);
    assert.equal(ports().at(-1), ports().at(-2));
    const dlvAfter = doctor.pids(dlv);
    assert.deepEqual([dlvBefore.length, dlvAfter.length], [1, 1]);
    assert.notDeepEqual(dlvAfter, dlvBefore);
  };

  it("can be looked at before it ever happened", async () => {
    assert.equal((await statusBar(page))[statusId], undefined);
    await runAndPick(page, "Delve Doctor: Diagnose Delve launch", "Hello");
    assert.match(await webviewText(page, "Ruled out"), /"Hello" \(debug\) was looked at without a launch/);
    await doctor.picture("report without a launch");
    await runCommand(page, "View: Close All Editors");
  });

  it("shows nothing but its time in the language status", async () => {
    await toggleBreakpoint(page, "hello/hello.go", 8);
    assert.doesNotMatch(await languageStatus(page), /launch/i);
    await startNamed(page, "Hello");
    assert.deepEqual(await untilStopped(page), breakpoint);
    const status = await until("the language status", async () => {
      const label = await languageStatus(page);
      return label.includes("Hello was launched on ") && label;
    });
    assert.match(status, /Hello was launched on \S+: [\d.]+ m?s · \w+ [\d.]+ m?s/);
    await page.locator('.statusbar-item[id="status.languageStatus"] a').hover();
    await page.getByText(/^Last launch [\d.]+ m?s/).waitFor();
    await doctor.picture("healthy launch");
    assert.equal((await statusBar(page))[statusId], undefined);
    assert.deepEqual(await notifications(page), []);
    assert.equal(ports().length, 1);
    await end();
    await runCommand(page, "Delve Doctor: Show Menu");
    await until("the menu", async () => (await pickLabels(page)).includes('Leave alone "Hello"'));
    await doctor.picture("menu");
    await page.keyboard.press("Escape");
  });

  it("is restarted on the same port with a fresh dlv, though Delve could restart it itself", async () => {
    await startNamed(page, "Hello");
    await untilStopped(page);
    await restartWithAnotherDlv(/\bdlv\S* dap/);
    await end();
  });

  it("is restarted on the same port with a fresh dlv where Delve cannot", async () => {
    const old = await needDelve(oldDelve.version, oldDelve.go);
    const PATH = [dirname(await needToolchain(oldDelve.go)), process.env["PATH"]].join(delimiter);
    const settings = { "go.alternateTools": { dlv: old }, "go.toolsEnvVars": { PATH } };
    writeFileSync(settingsFile(), JSON.stringify(settings));
    const dlv = /dlv-v1\.22\.1\S* dap/;
    await until("a session of the old dlv", async () => {
      await startNamed(page, "Hello");
      await untilStopped(page);
      if (doctor.pids(dlv).length > 0) return true;
      await end();
      return false;
    });
    await restartWithAnotherDlv(dlv);
    await end();
    rmSync(settingsFile());
  });

  it("is listed in Run and Debug with the ones before it, and compared with them", async () => {
    await openLaunches(page);
    const labels = await until("the launches", async () => {
      const all = await launchLabels(page);
      return all.length >= 4 && all;
    });
    assert.ok(
      labels.every((label) => /^Hello\b.* was launched on /.test(label)),
      labels.join("\n"),
    );
    const rows = launchRows(page);
    await rows.first().click();
    await webviewText(page, "Configuration as resolved on ");
    await rows.first().locator(".monaco-tl-twistie").click();
    const phase = await until("the phases of the first launch", async () =>
      (await launchLabels(page)).find((label) => label.startsWith("build")),
    );
    assert.match(phase, /^build [\d.]+ m?s/);
    await inEachTheme(page, settingsFile(), async (theme) => {
      await untilDiagram(page);
      await doctor.picture(`launches, ${theme}`);
    });
    await rows.first().locator(".monaco-tl-twistie").click();
    await until("rows of launches alone", async () =>
      (await launchLabels(page)).every((label) => label.startsWith("Hello")),
    );

    await runCommand(page, "Delve Doctor: Compare with Previous Launch");
    assert.match(await webviewText(page, "Difference"), /\nbuild\t[\d.]+ m?s\t[\d.]+ m?s\t/);
    await doctor.picture("comparison of two launches");
    await runCommand(page, "View: Close All Editors");
    await rows.first().click();
    await webviewText(page, "Configuration as resolved on ");
    await rows.last().click({ modifiers: ["ControlOrMeta"] });
    await pickInMenu(page, rows.first(), "Compare Selected Launches");
    assert.match(await webviewText(page, "What else"), /\ndlv 1\.22\.1 \(was 1\.\d+/);
    await doctor.picture("comparison of two versions of dlv");
    await runCommand(page, "View: Close All Editors");
  });

  it("can be told of in an issue, which a person sees before its page is opened", async () => {
    await runAndPick(page, "Delve Doctor: Open Issue…", "New issue in go-delve/delve…");
    await until("the question above the issue", async () => (await pickLabels(page)).includes("Discard"));
    await doctor.picture("issue before it is opened");
    await pickEntry(page, "Open in Browser");
    const { detail, message } = await untilDialog(page);
    await doctor.picture("question of VS Code before a page is opened");
    assert.match(`${message} ${detail}`, /https:\/\/github\.com\/go-delve\/delve\/issues\/new\?title=Go/);
    await clickDialog(page, "Cancel");
    const text = await editorText(page);
    assert.match(text, /^# Go debug launch \(debug\)\n\n<!-- Please say what you did[\s\S]*It hid: /);
    assert.doesNotMatch(text, new RegExp(`\\b${hostname()}\\b`));
    await runCommand(page, "View: Close All Editors");
  });

  it("runs to its end without debugging", async () => {
    await startNamed(page, "Hello, not debugged");
    await until("the program's output", async () => (await debugConsole(page)).includes("the answer is 42"));
    await untilEnded(page);
    await doctor.untilNothingIsLeft();
  });

  it("has its dlv and its program in VS Code's own terminal where it asks for one", async () => {
    await startNamed(page, "Hello in a terminal");
    assert.deepEqual(await untilStopped(page), breakpoint);
    await doctor.picture("integrated terminal");
    await page.keyboard.press("F5");
    await untilEnded(page);
    assert.match(await terminalText(page), /dap --client-addr=127\.0\.0\.1:\d+[\s\S]*the answer is 42/);
    await doctor.untilNothingIsLeft();
  });

  it("is followed just so where a code lens or the test explorer debugs one test", async () => {
    const count = ports().length;
    await toggleBreakpoint(page, "tested/tested_test.go", 7);
    for (const debugOne of [
      () => page.locator(".codelens-decoration a", { hasText: "debug test" }).click(),
      () => runCommand(page, "Test: Debug Test at Cursor"),
    ]) {
      await debugOne();
      assert.deepEqual(await untilStopped(page), { file: "tested_test.go", line: 7 });
      assert.deepEqual(await notifications(page), []);
      await end();
    }
    assert.equal(ports().length, count + 2);
    await toggleBreakpoint(page, "tested/tested_test.go", 7);
  });

  it("is one of two in a compound", async () => {
    const count = ports().length;
    await startNamed(page, "Both");
    await until("two programs at their breakpoints", async () => programs().length === 2);
    await untilStopped(page);
    assert.equal(new Set(ports().slice(count)).size, 2);
    await doctor.picture("compound");
    await stop(page);
    await until("one program", async () => programs().length === 1);
    // Stop is for the session in front, and VS Code takes a moment to bring the other one there.
    await until("the end of both", async () => {
      await stop(page);
      return programs().length === 0;
    });
    await untilEnded(page);
    await doctor.untilNothingIsLeft();
  });

  it("leaves nothing when its window is loaded anew", async () => {
    await startNamed(page, "Hello");
    await untilStopped(page);
    await page.reload();
    await doctor.untilNothingIsLeft();
    await page.locator(".monaco-workbench").waitFor();
    await openFile(page, "hello/hello.go");
    // It is told of before there is one in this window.
    await until("the last launch in the language status", async () =>
      (await languageStatus(page)).includes("Hello was launched on "),
    );
  });

  it("is remembered by its workspace until a person clears that", async () => {
    await openLaunches(page);
    await until("the launches", async () => (await launchLabels(page)).length >= 2);
    await launchRows(page).first().click();
    assert.match(
      await webviewText(page, "This is what is kept"),
      /^Hello was launched on [\s\S]*\nGo 1\.\d+.*, Delve 1\./m,
    );
    await doctor.picture("what is kept of a launch");
    await runCommand(page, "Delve Doctor: Clear Launch History…");
    await untilDialog(page);
    await clickDialog(page, "Clear");
    await page.getByText("The last Go launches of this workspace are listed here").waitFor();
    await doctor.picture("no launches yet");
    assert.doesNotMatch(await languageStatus(page), /launched/);
    await runCommand(page, "View: Close All Editors");
    await runCommand(page, "View: Show Explorer");
  });

  it("has a fix for root typed into a terminal, for a person to send, and tools for language models", async () => {
    const tests = ["terminal", "agentTools"].map((name) =>
      join(import.meta.dirname, "host", `${name}.host.ts`),
    );
    const results = await mochaInHost(doctor.server, doctor.folder, { tests });
    assert.deepEqual(
      results.map(({ state, error }) => error ?? state),
      results.map(() => "passed"),
    );
    assert.equal(results.length, 5);
  });

  it("goes its own way when we fail, and the log says why", async () => {
    const parts = join(doctor.extension, "dist", "parts");
    const name = readdirSync(parts).find((one) => one.startsWith("surfaces-"));
    const part = join(parts, name ?? "");
    const text = readFileSync(part, "utf8");
    // An address that no machine has (RFC 5737), so that listening is refused.
    const failing = text.replaceAll(/(server\d*\.listen\(\w+, )"127\.0\.0\.1"/g, '$1"192.0.2.1"');
    assert.notEqual(failing, text);
    writeFileSync(part, failing);
    await page.reload();
    await startNamed(page, "Hello");
    assert.deepEqual(await untilStopped(page), breakpoint);
    assert.match(doctor.log(), /Hello: bypassed, because listen EADDRNOTAVAIL/);
    assert.deepEqual(await notifications(page), []);
    await end();
  });
});
