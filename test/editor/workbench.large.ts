import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { run } from "../../scripts/setup/run.ts";
import { type CodeServer, startCodeServer } from "./codeServer.ts";
import { clickDialog, clickNotification, notifications, untilDialog, untilNotification } from "./messages.ts";
import { openWindow, screenshot, until, type Window } from "./window.ts";
import {
  answerInput,
  applyCodeAction,
  clickStatus,
  codeActions,
  editors,
  editorText,
  openFile,
  pickEntry,
  pickLabels,
  runCommand,
  terminalText,
  typeInTerminal,
  untilStatus,
  webviewText,
} from "./workbench.ts";

const here = import.meta.dirname;
const status = "delve-doctor-tests.sample.sample.status";

describe("the eyes and hands of the editor tests", function () {
  this.timeout(300_000);
  let folder = "";
  let server: CodeServer;
  let window: Window;
  let page: Page;

  before("set up VS Code with the sample extension as a VSIX", async function () {
    this.timeout(1_800_000);
    folder = realpathSync(mkdtempSync(join(tmpdir(), "dd-sample-")));
    writeFileSync(join(folder, "note.txt"), "this is teh text\n");
    writeFileSync(join(folder, "long.txt"), `${"a line\n".repeat(500)}the last line\n`);
    server = await startCodeServer({ extensions: [await packSample(folder)], path: ["/first"] });
    window = await openWindow(server, folder);
    page = window.page;
    await untilStatus(page, status, "sample ready");
  });

  afterEach("keep a picture of a failure", async function () {
    if (this.currentTest?.state !== "failed") return;
    await screenshot(page, join(here, "screenshots", `${this.currentTest.title}.png`));
  });

  after("leave no process and no file", async () => {
    await window?.close();
    await server?.stop();
    assert.deepEqual(server?.processes() ?? [], []);
    rmSync(folder, { recursive: true, force: true });
  });

  it("read a notification and click its button, also when its toast has gone", async () => {
    for (const gone of [false, true]) {
      await runCommand(page, "Sample: Ask in a Toast");
      assert.deepEqual(await untilNotification(page, "Which"), {
        severity: "warning",
        message: "Which one?",
        buttons: ["This one", "That one"],
        progress: false,
      });
      if (gone) {
        await page.keyboard.press("Escape");
        await until("the end of the toast", async () => (await notifications(page)).length === 0);
      }
      const button = gone ? "That one" : "This one";
      await clickNotification(page, "Which", button);
      await untilStatus(page, status, `toast: ${button}`);
    }
    assert.deepEqual(await notifications(page), []);
  });

  it("see progress and cancel it", async () => {
    await runCommand(page, "Sample: Work with Progress");
    const { message, progress } = await untilNotification(page, "step one");
    assert.deepEqual({ message, progress }, { message: "Working: step one", progress: true });
    await clickNotification(page, "Working", "Cancel");
    await untilStatus(page, status, "work: cancelled");
  });

  it("read a modal dialog and click its button", async () => {
    await runCommand(page, "Sample: Ask in a Dialog");
    const { message, detail, buttons } = await untilDialog(page);
    assert.deepEqual({ message, detail }, { message: "Really?", detail: "It matters." });
    assert.deepEqual(buttons.sort(), ["Cancel", "Surely"]);
    await clickDialog(page, "Surely");
    await untilStatus(page, status, "dialog: Surely");
  });

  it("click a status bar item, pick from a list and answer an input box", async () => {
    await clickStatus(page, status);
    await until("the list", async () => (await pickLabels(page)).includes("Last name"));
    await pickEntry(page, "Last name");
    await answerInput(page, "Gopher");
    await untilStatus(page, status, "Last name: Gopher");
  });

  it("read a Markdown preview to its end, and use the keyboard again afterwards", async () => {
    await runCommand(page, "Sample: Show a Page");
    const text = await webviewText(page, "Line 200");
    assert.match(text, /^A sample page\n/);
    assert.match(text, /Line 200 of the page\.\s*$/);
    assert.deepEqual(
      (await editors(page)).filter(({ active }) => active).map(({ title }) => title),
      ["Preview Sample page.md"],
    );
    await openFile(page, "note.txt");
  });

  it("apply a code action, and read what an editor holds and the file does not yet", async () => {
    await openFile(page, "note.txt", 1, 10);
    assert.deepEqual(await codeActions(page), ["Write the"]);
    await page.keyboard.press("Escape");
    await applyCodeAction(page, "Write the");
    assert.equal(await editorText(page), "this is the text\n");
    assert.equal(readFileSync(join(folder, "note.txt"), "utf8"), "this is teh text\n");
    const [active] = (await editors(page)).filter((editor) => editor.active);
    assert.deepEqual(active, { title: "note.txt", active: true, dirty: true });
    await runCommand(page, "File: Save");
    await until("the saved file", async () =>
      readFileSync(join(folder, "note.txt"), "utf8").includes("the text"),
    );
  });

  it("read all of a text that does not fit the window", async () => {
    await openFile(page, "long.txt");
    assert.match(await editorText(page), /^a line\n.*\nthe last line\n$/s);
  });

  it("type into a terminal and read it, with the PATH that the test chose", async () => {
    await runCommand(page, "Terminal: Create New Terminal");
    await until("a prompt", async () => (await terminalText(page)).includes(folder));
    await typeInTerminal(page, "echo path=${PATH%%:*} home=$HOME");
    await until("the answer", async () =>
      (await terminalText(page)).includes(`path=/first home=${server.home}`),
    );
  });
});

/** Packs the sample extension, and returns the path of the VSIX. */
async function packSample(folder: string): Promise<string> {
  const vsix = join(folder, "sample.vsix");
  const vsce = join(dirname(createRequire(import.meta.url).resolve("@vscode/vsce/package.json")), "vsce");
  const flags = ["--no-dependencies", "--allow-missing-repository", "--skip-license"];
  await run([process.execPath, vsce, "package", ...flags, "--out", vsix], { cwd: join(here, "sample") });
  return vsix;
}
