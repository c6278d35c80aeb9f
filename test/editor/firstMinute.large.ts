import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { root } from "../../scripts/programs.ts";
import { needDelve } from "../../scripts/setup/delve.ts";
import { needGo } from "../../scripts/setup/go.ts";
import { helloFiles, type LabFolder, makeFolder, warmCache } from "../lab/module.ts";
import { type CodeServer, startCodeServer } from "./codeServer.ts";
import { start, stop, toggleBreakpoint, untilEnded, untilStopped } from "./debug.ts";
import type { DomElement } from "./dom.ts";
import { clickNotification, notifications, untilNotification } from "./messages.ts";
import { openWindow, screenshot, until, type Window } from "./window.ts";
import { editors, pickLabels, runAndPick, runCommand, webviewText } from "./workbench.ts";

/** Panes of VS Code's own in Run and Debug. */
const own = /^(Variables|Watch|Call Stack|Breakpoints|Loaded Scripts|Run)\b/;

const themes = {
  dark: "Dark 2026",
  light: "Light 2026",
  "high contrast": "Dark High Contrast",
  "light high contrast": "Light High Contrast",
} as const;

describe("the first minute with the package, in a real VS Code", function () {
  this.timeout(300_000);
  let temporary: string;
  let hello: LabFolder;
  let server: CodeServer;
  let window: Window;
  let page: Page;

  before("pack the extension, install it, and open a Go folder", async function () {
    this.timeout(1_800_000);
    const path = [dirname(await needGo()), dirname(await needDelve())];
    await warmCache();
    temporary = realpathSync(mkdtempSync(join(tmpdir(), "dd-first-")));
    const vsix = join(temporary, "doctor.vsix");
    execFileSync(process.execPath, ["--import", "tsx", "scripts/package.ts", "--out", vsix], {
      cwd: root,
      stdio: "pipe",
    });
    // No launch.json, as in most folders at first; the Welcome page comes as it does for everybody.
    hello = makeFolder(helloFiles);
    server = await startCodeServer({
      extensions: [join(import.meta.dirname, "standin-go"), vsix],
      path,
      env: { GOENV: "off", GOFLAGS: "", GOPROXY: "off" },
      settings: { "workbench.startupEditor": "welcomePage" },
    });
    window = await openWindow(server, hello.folder);
    page = window.page;
  });
  afterEach("keep a picture of a failure", async function () {
    if (this.currentTest?.state === "failed") await picture(`failed, ${this.currentTest.title}`);
  });
  after("leave no process and no file", async () => {
    await window?.close();
    await server?.stop();
    assert.deepEqual(server?.processes() ?? [], []);
    assert.deepEqual(readdirSync(hello.folder).sort(), Object.keys(helloFiles).sort());
    assert.deepEqual(scratch(), []);
    hello.remove();
    rmSync(temporary, { recursive: true, force: true });
  });

  const picture = (name: string) => screenshot(page, join(import.meta.dirname, "screenshots", `${name}.png`));
  const logs = () => join(server.home, "data", "logs");
  const read = (name: RegExp) =>
    readdirSync(logs(), { recursive: true, encoding: "utf8" })
      .filter((path) => name.test(path))
      .map((path) => readFileSync(join(logs(), path), "utf8"))
      .join("");
  /** Folders of self-tests of this VS Code: their user has a home and a folder for temporary files of their own. */
  const scratch = () =>
    [tmpdir(), join(server.home, "tmp")].flatMap((folder) =>
      readable(folder).filter((name) => name.startsWith("delve-doctor-selftest")),
    );
  const pids = (command: RegExp) => server.processes().filter((one) => command.test(one.command));

  it("stops at a breakpoint with F5 and nothing in the way", async () => {
    await toggleBreakpoint(page, "main.go", 6);
    assert.ok((await editors(page)).every(({ title }) => !/Delve|Walkthrough/.test(title)));
    await start(page);
    assert.deepEqual(await untilStopped(page), { file: "main.go", line: 6 });
    assert.deepEqual(await notifications(page), []);
    assert.deepEqual(
      (await expandedPanes(page)).filter((name) => !own.test(name)),
      [],
    );
    await picture("first launch");
    await stop(page);
    await untilEnded(page);
    await until("the end of dlv", async () => pids(/\bdlv\S* dap|__debug_bin/).length === 0);
    assert.match(read(/Delve Doctor\.log$/), /launching through 127\.0\.0\.1:\d+/);
    assert.doesNotMatch(read(/Delve Doctor\.log$/), /\[(error|warning)\]/);
    assert.doesNotMatch(read(/exthost.*\.log$/), /\[error\].*delve-doctor/i);
  });

  it("tests this machine on a page of its own, which can be cancelled", async () => {
    await runCommand(page, "Delve Doctor: Test Delve on This Machine");
    await untilNotification(page, "Testing Delve on");
    await clickNotification(page, "Testing Delve on", "Cancel");
    await until(
      "the end of what was cancelled",
      async () => scratch().length === 0 && pids(/\bdlv\S* dap|selftest/).length === 0,
    );
    assert.ok((await editors(page)).every(({ title }) => !title.includes("self-test")));

    await runCommand(page, "Delve Doctor: Test Delve on This Machine");
    const text = await webviewText(page, "parts of a debug launch");
    assert.match(text, /All 14 parts of a debug launch work\./);
    assert.match(text, /A breakpoint is hit\s+✓\u00a0works/);
    await runCommand(page, "View: Toggle Panel Visibility");
    await runCommand(page, "View: Toggle Primary Side Bar Visibility");
    for (const [name, theme] of Object.entries(themes)) {
      await setTheme(theme);
      await picture(`self-test, ${name}`);
    }
    await runCommand(page, "View: Close All Editors");
  });

  it("explains itself in four steps, in every theme", async () => {
    const steps = page.locator(".getting-started-step");
    // Escape leads from the walkthrough to the page that lists them all, and a palette that is late is closed with it.
    const open = () =>
      until("the walkthrough", async () => {
        const title = steps.first().locator(".step-title");
        const there = await title.click({ trial: true, timeout: 3000 }).then(
          () => true,
          () => false,
        );
        if (!there) await runAndPick(page, "Welcome: Open Walkthrough...", "Debug Go with Delve Doctor");
        return there;
      });
    await open();
    assert.equal(await steps.count(), 4);
    for (const [name, theme] of Object.entries(themes)) {
      await setTheme(theme);
      await open();
      for (const [at, step] of ["launch", "slow", "self-test", "configure"].entries()) {
        await steps.nth(at).locator(".step-title").click();
        await until(`the picture of ${step}`, () => pictureOf(page, at));
        await picture(`walkthrough, ${step}, ${name}`);
      }
    }
  });

  async function setTheme(theme: string): Promise<void> {
    await runCommand(page, "Preferences: Color Theme");
    const input = page.locator(".quick-input-widget input.input");
    await input.fill(theme);
    await until(`the theme ${theme} in the list`, async () => (await pickLabels(page))[0] === theme);
    await input.press("Enter");
    await input.waitFor({ state: "hidden" });
  }
});

/** The names of the panes in the side bar that show their content. */
function expandedPanes(page: Page): Promise<string[]> {
  return page
    .locator(".sidebar .pane-header[aria-expanded=true]")
    .evaluateAll((all: DomElement[]) =>
      all.map((header) => header.querySelector(".title")?.textContent ?? ""),
    );
}

/** True once the picture in front is that of a step, which its title tells. */
async function pictureOf(page: Page, at: number): Promise<boolean> {
  const title = ["F5", "build", "✓", "launch.json"][at];
  for (const frame of page.frames()) {
    const titles = await frame
      .locator("svg > title")
      .allTextContents()
      .catch((): string[] => []);
    if (titles.includes(title ?? "")) return true;
  }
  return false;
}

function readable(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
