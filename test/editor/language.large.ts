import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { startNamed, untilEnded } from "./debug.ts";
import { type DoctorWindow, openDoctor } from "./doctor.ts";
import { clickDialog, notifications } from "./messages.ts";
import { until } from "./window.ts";
import { codeActions, editorText, openFile, runCommand, webviewText } from "./workbench.ts";

/** The first configuration has a fault that Delve refuses, the second none. */
const launchJson = `{
  // Hand-written: comments stay.
  "version": "0.2.0",
  "configurations": [
    { "name": "Attach", "type": "go", "request": "attach", "mode": "exec", "processId": 1 },
    { "name": "Hello", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/hello" }
  ]
}
`;
/** Of the kind that we check, and of no interest to us. */
const tasksJson = `{ "version": "2.0.0", "tasks": [{ "label": "docs", "type": "shell", "command": "make docs" }] }\n`;
/** Ours by its text alone, with a key that is written twice. */
const podYaml =
  "apiVersion: v1\nkind: Pod\nkind: Pod\nspec: { containers: [{ name: a, image: a, command: [dlv] }] }\n";

describe("launch.json while it is written, in a real VS Code", function () {
  this.timeout(300_000);
  let doctor: DoctorWindow;
  let page: Page;
  const path = (name: string) => join(doctor.folder, ".vscode", name);
  const onDisk = () => readFileSync(path("launch.json"), "utf8");
  const servers = () => doctor.pids(/dist\/server\.cjs/);

  before("set up VS Code and the extension", async function () {
    this.timeout(1_800_000);
    doctor = await openDoctor({
      async prepare(folder) {
        const write = (name: string, text: string) => writeFileSync(join(folder, ".vscode", name), text);
        write("launch.json", launchJson);
        write("tasks.json", tasksJson);
        write("other.jsonc", launchJson);
        write("pod.yaml", podYaml);
        write("settings.json", '{ "editor.codeActionsOnSave": { "source.fixAll": "explicit" } }\n');
      },
    });
    page = doctor.page;
  });
  afterEach("keep a picture of a failure", async function () {
    if (this.currentTest?.state === "failed") await doctor?.picture(`failed, ${this.currentTest.title}`);
  });
  after("leave no process and no file", () => doctor?.close());

  /** What the Problems view says from us, with its codes. */
  const problems = async () => {
    const lines = await page.locator(".markers-panel .monaco-list-row").allInnerTexts();
    return lines.filter((line) => line.includes("Delve Doctor")).map((line) => line.replaceAll("\n", " "));
  };
  const untilProblems = (code: RegExp, count: number) =>
    until(`${count} problems ${code}`, async () => {
      const found = await problems();
      return found.length === count && found.every((one) => code.test(one)) && found.concat("seen");
    });

  /** How many of the buttons are in the editor's title that only a report of a launch has. */
  const reportButtons = () => page.locator('.editor-actions [aria-label*="Copy Report"]').count();

  it("starts no server for files that are not ours, or do not speak of Go", async () => {
    await openFile(page, ".vscode/other.jsonc");
    await openFile(page, ".vscode/tasks.json");
    // A command waits for the activation, and that looks at what is open.
    await runCommand(page, "Delve Doctor: Show Log");
    await page.locator(".output-view-container, .panel .monaco-editor").first().waitFor();
    assert.deepEqual(servers(), []);
  });

  it("marks what Delve will refuse, and explains it in a hover and on a page", async () => {
    await openFile(page, ".vscode/launch.json", 5, 70);
    await runCommand(page, "Problems: Focus on Problems View");
    const [problem] = await untilProblems(/DLV103/, 1);
    assert.match(problem ?? "", /An attach has no mode "exec".*\[Ln 5, Col 68\]/);
    assert.equal(servers().length, 1);
    assert.equal(await reportButtons(), 0);

    await openFile(page, ".vscode/launch.json", 5, 70);
    await runCommand(page, "Show or Focus Hover");
    const hover = page.locator(".monaco-editor .monaco-hover:visible").first();
    await until("our message and the attribute's text", async () => {
      const text = await hover.innerText();
      return text.includes("refuses this one") && text.includes("Read by Delve");
    });
    await doctor.picture("rule in a hover");
    await hover.getByText("DLV103").click();
    const text = await webviewText(page, "How to ignore it");
    assert.match(text, /An attach has a mode that there is not.*DLV103/s);
    assert.equal(await reportButtons(), 0);
    await doctor.picture("page of a rule");
    await runCommand(page, "View: Close Editor");
  });

  it("is mended by keyboard, and Ctrl+Z gives the same bytes", async () => {
    await openFile(page, ".vscode/launch.json", 5, 70);
    const titles = await codeActions(page);
    await doctor.picture("fixes of a rule");
    assert.equal(titles[0], 'Write "mode": "local"');
    assert.deepEqual(titles.slice(-2), ["Ignore DLV103 here", "Explain DLV103"]);
    await page.keyboard.press("Enter");
    await page.locator(".action-widget").first().waitFor({ state: "hidden" });
    assert.equal(await editorText(page), launchJson.replace('"exec"', '"local"'));
    await runCommand(page, "Problems: Focus on Problems View");
    await untilProblems(/DLV/, 0);
    await runCommand(page, "View: Focus Active Editor Group");
    await page.keyboard.press("Control+Z");
    assert.equal(await editorText(page), launchJson);
    await untilProblems(/DLV103/, 1);
  });

  it("is looked at again after the server has crashed, with a line in the log and nothing else", async () => {
    const [first] = servers();
    assert(first !== undefined);
    process.kill(first, "SIGKILL");
    await until("another server", async () => servers().length === 1 && servers()[0] !== first);
    await openFile(page, ".vscode/launch.json", 6, 10);
    await page.keyboard.press("Control+Home");
    await page.keyboard.type(" ");
    await untilProblems(/DLV103/, 1);
    assert.equal(doctor.log().match(/Server will restart/g)?.length, 1);
    assert.deepEqual(await notifications(page), []);
    await page.keyboard.press("Control+Z");
  });

  it("is left alone where the settings say so, and looked at again", async () => {
    const before = readFileSync(path("settings.json"), "utf8");
    writeFileSync(path("settings.json"), '{ "delveDoctor.check.enable": false }\n');
    await untilProblems(/DLV/, 0);
    writeFileSync(path("settings.json"), before);
    await untilProblems(/DLV103/, 1);
  });

  it("is completed with what only this folder knows: its programs", async () => {
    const key = '"program": "';
    const text = launchJson.replace(/"program": ".*"/, `${key}"`);
    writeFileSync(path("launch.json"), text);
    const column = (text.split("\n")[5] ?? "").indexOf(key) + key.length + 1;
    await openFile(page, ".vscode/launch.json", 6, column);
    const rows = page.locator(".suggest-widget.visible .monaco-list-row");
    await until("the program among the proposals", async () => {
      await runCommand(page, "Trigger Suggest");
      await rows.first().waitFor();
      const labels = await rows.allInnerTexts();
      if (labels.some((label) => label.includes("${workspaceFolder}/hello"))) return true;
      await page.keyboard.press("Escape");
      return false;
    });
    await doctor.picture("programs to complete with");
    await page.keyboard.press("Escape");
  });

  it("is not the only file that is looked at: a manifest with a dlv is ours by its text", async () => {
    await openFile(page, ".vscode/pod.yaml", 1);
    await runCommand(page, "Problems: Focus on Problems View");
    await until("the key that is written twice", async () =>
      (await problems()).some((one) => /DLV002/.test(one)),
    );
    await runCommand(page, "View: Close Editor");
  });

  it("is rid of what does nothing when it is saved, where a person wants that", async () => {
    const idle = launchJson.replace('"mode": "debug"', '"coreFilePath": "core", "mode": "debug"');
    writeFileSync(path("launch.json"), idle);
    await openFile(page, ".vscode/launch.json", 1);
    await runCommand(page, "Problems: Focus on Problems View");
    await until("what does nothing", async () => (await problems()).some((one) => one.includes("DLV106")));
    await runCommand(page, "View: Focus Active Editor Group");
    await page.keyboard.press("Control+Home");
    await page.keyboard.type(" ");
    await page.keyboard.press("Control+S");
    await until("the file without it", async () => onDisk() === ` ${launchJson}`);
    writeFileSync(path("launch.json"), launchJson);
    await untilProblems(/DLV103/, 1);
  });

  it("says it once where the last launch has shown it", async () => {
    await startNamed(page, "Attach");
    await clickDialog(page, "Cancel");
    await untilEnded(page);
    await runCommand(page, "Problems: Focus on Problems View");
    await until("the finding", async () =>
      (await problems()).some((one) => /wrong-popular-settings/.test(one)),
    );
    await doctor.picture("finding in place of a rule");
    await untilProblems(/wrong-popular-settings/, 1);
    await openFile(page, ".vscode/launch.json", 5, 70);
    const titles = await codeActions(page);
    assert.ok(titles.includes('Ignore "wrong-popular-settings" here'));
    assert.deepEqual(
      titles.filter((title) => title.includes("DLV")),
      [],
    );
    await page.keyboard.press("Escape");
  });
});
