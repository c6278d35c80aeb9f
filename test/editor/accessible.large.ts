import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Locator, Page } from "playwright-core";
import { startNamed, stop, toggleBreakpoint, untilEnded, untilStopped } from "./debug.ts";
import { type DoctorWindow, openDoctor } from "./doctor.ts";
import type { DomElement } from "./dom.ts";
import { languageStatus, launchLabels, launchRows, openLaunches } from "./history.ts";
import { notifications, untilNotification } from "./messages.ts";
import { until } from "./window.ts";
import { pickLabels, untilLoaded, webviewText } from "./workbench.ts";

const status = '.statusbar-item[id="delve-doctor.delve-doctor.delveDoctor.status"] a';
const removeGoproxy = "Remove GOPROXY from this configuration, so that the environment's own holds";
const secret = "what nobody else is to read";

/** The high contrast themes of VS Code: what they are called in its settings, and the class of its window. */
const themes = {
  "high contrast": ["Default High Contrast", "hc-black"],
  "light high contrast": ["Default High Contrast Light", "hc-light"],
} as const;

/** Keeps what VS Code has a screen reader say aloud. */
const listen = `
  globalThis.heard = [];
  const said = new Map();
  new MutationObserver(() => {
    for (const one of document.querySelectorAll(".monaco-aria-container > *")) {
      if (one.textContent !== "" && said.get(one) !== one.textContent) globalThis.heard.push(one.textContent);
      said.set(one, one.textContent);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });`;

describe("a launch for who hears it, has no mouse or needs contrast, in a real VS Code", function () {
  this.timeout(300_000);
  let doctor: DoctorWindow;
  let page: Page;
  const vscode = (file: string) => join(doctor.folder, ".vscode", file);
  const launchJson = () => readFileSync(vscode("launch.json"), "utf8");

  before("set up a VS Code that is told of a screen reader", async function () {
    this.timeout(1_800_000);
    doctor = await openDoctor({
      async prepare(folder) {
        const file = join(folder, ".vscode", "launch.json");
        const env = `"TOKEN": ${JSON.stringify(secret)}, "GREETING_LANGUAGE"`;
        writeFileSync(file, readFileSync(file, "utf8").replace('"GREETING_LANGUAGE"', env));
        writeFileSync(join(folder, ".vscode", "settings.json"), settingsWith({}));
      },
    });
    page = doctor.page;
    await toggleBreakpoint(page, "greet/main.go", 13);
  });
  afterEach("keep a picture of a failure", async function () {
    if (this.currentTest?.state === "failed") await doctor.picture(`failed, ${this.currentTest.title}`);
  });
  after("leave no process and no file", () => doctor?.close());

  it("says each phase once, and that it has stalled", async () => {
    await page.evaluate(listen);
    await byKeyboard(page, "Debug: Select and Start Debugging");
    await choose(page, "Greet");
    await untilNotification(page, "Greet has stalled in go build");
    const heard = (await page.evaluate<string[]>("globalThis.heard")).filter((text) =>
      text.includes("Greet"),
    );
    assert.deepEqual(heard, [...new Set(heard)]);
    const launching = heard.filter((text) => text.includes("Launching Greet"));
    assert.ok(launching.length > 0);
    // Nothing in it that changes by the second.
    for (const text of launching) assert.match(text, /^Info: Launching Greet on [^:]+: [A-Za-z ]+$/);
    assert.equal(heard.filter((text) => text.startsWith("Warning: Greet has stalled in go build")).length, 1);
    assert.match(
      (await page.locator(status).getAttribute("aria-label")) ?? "",
      /^Delve Doctor: Greet on \S+: it has stalled in build$/,
    );
    assert.match(await languageStatus(page), /Greet on \S+: Launch stalled in build/);
  });

  it("is explained, fixed and relaunched to its breakpoint without a mouse", async () => {
    await byKeyboard(page, "Notifications: Show Notifications");
    await page.locator(".notifications-center.visible *:focus").first().waitFor();
    await tabTo(page, "Show Report");
    await page.keyboard.press("Enter");
    await webviewText(page, "Ruled out");
    const { headings, columns, diagram } = await until("the diagram of the phases", () => outline(page));
    assert.deepEqual(headings.slice(0, 2), ["Phases", "1. go waits for a module that it cannot download"]);
    assert.deepEqual(columns, ["Phase", "From", "Time", "Share", "Parts"]);
    assert.equal(diagram, "The phases of the launch, as in the table");
    await inHighContrast("report");

    await byKeyboard(page, "Delve Doctor: Apply Fix…");
    await choose(page, removeGoproxy);
    await choose(page, "Apply and Relaunch");
    assert.deepEqual(await untilStopped(page, 120_000), { file: "main.go", line: 13 });
    assert.doesNotMatch(launchJson(), /"Greet",[^}]*"GOPROXY"/);
  });

  it("is saved as a trace where a person says, without what its variables hold", async () => {
    const file = join(doctor.folder, "saved.trace.json");
    await byKeyboard(page, "Delve Doctor: Save Launch Trace…");
    const input = page.locator(".quick-input-widget input.input");
    await until("the path that is offered", async () =>
      (await input.inputValue()).endsWith("/shop/Greet.trace.json"),
    );
    await doctor.picture("place for a trace");
    await input.fill(file);
    await input.press("Enter");
    const text = await until("the trace", async () => existsSync(file) && readFileSync(file, "utf8"));
    const events = JSON.parse(text) as readonly { name: string; ph: string; cat?: string }[];
    const phases = events.filter(({ ph, cat }) => ph === "X" && cat === "phase").map(({ name }) => name);
    for (const name of ["start", "build", "run"]) assert.ok(phases.includes(name), phases.join());
    assert.ok(launchJson().includes(secret) && !text.includes(secret));
    await stop(page);
    await untilEnded(page);
    await doctor.untilNothingIsLeft();
  });

  it("has words for every row and entry, and can be read in high contrast", async () => {
    await openLaunches(page);
    const [last, first] = await until("the launches", async () => {
      const labels = await launchLabels(page);
      return labels.length >= 2 && labels;
    });
    assert.match(last ?? "", /^Greet was launched on \S+: /);
    assert.match(first ?? "", /^Greet was not launched on \S+: /);
    await launchRows(page).first().locator(".monaco-tl-twistie").click();
    const rows = await until("the phases of the last launch", async () => {
      const labels = await launchLabels(page);
      return labels.some((label) => /^build [\d.]+ m?s/.test(label)) && labels;
    });
    for (const row of rows) assert.match(row, /^[a-zA-Z]+ [^$]+$/);
    await inHighContrast("launches");

    await byKeyboard(page, "Delve Doctor: Show Menu");
    await until("the menu", async () => (await pickLabels(page)).includes("Show Log"));
    for (const entry of await entries(page)) assert.match(entry, /^[A-Z][a-z]+ [^$]+$/);
    await page.keyboard.press("Escape");
  });

  it("comes to its breakpoint in a fork without language models, languages and language status", async () => {
    const through = () => doctor.log().split("Greet: launching through ").length;
    const [before, logged] = [through(), doctor.log().length];
    asFork(join(doctor.extension, "dist"));
    await page.reload();
    await untilLoaded(page, "greet/main.go");
    await startNamed(page, "Greet");
    assert.deepEqual(await untilStopped(page, 120_000), { file: "main.go", line: 13 });
    assert.equal(through(), before + 1);
    assert.doesNotMatch(doctor.log().slice(logged), /\[error\]/);
    assert.doesNotMatch(await languageStatus(page), /Greet/);
    assert.deepEqual(await notifications(page), []);
    await stop(page);
    await untilEnded(page);
    await doctor.untilNothingIsLeft();
  });

  /** Takes a picture in each high contrast theme. */
  async function inHighContrast(name: string): Promise<void> {
    for (const [kind, [theme, mark]] of Object.entries(themes)) {
      writeFileSync(vscode("settings.json"), settingsWith({ "workbench.colorTheme": theme }));
      await page.locator(`.monaco-workbench.${mark}`).waitFor();
      await doctor.picture(`${name}, ${kind}`);
    }
  }
});

function settingsWith(more: Readonly<Record<string, string>>): string {
  return JSON.stringify({ "editor.accessibilitySupport": "on", ...more });
}

/** Runs a command by its full title in the palette, with keys alone. */
async function byKeyboard(page: Page, title: string): Promise<void> {
  await until(`the command "${title}" in the palette`, async () => {
    await page.keyboard.press("F1");
    await field(page).waitFor();
    await page.keyboard.type(title);
    const found = await isFirst(page, title);
    await page.keyboard.press(found ? "Enter" : "Escape");
    return found;
  });
}

/** Picks an entry of the list that is open or about to open, with keys alone. */
async function choose(page: Page, label: string): Promise<void> {
  const entry = page.locator(".quick-input-list .label-name").getByText(label, { exact: true }).first();
  await entry.waitFor();
  await field(page).waitFor();
  await page.keyboard.type(label);
  assert.ok(await isFirst(page, label), `"${label}" is not the first that is found`);
  await page.keyboard.press("Enter");
  await entry.waitFor({ state: "hidden" });
}

/** Where is typed into the open list. Typed any sooner, it would go into the editor. */
function field(page: Page): Locator {
  return page.locator(".quick-input-widget input.input:focus");
}

async function isFirst(page: Page, label: string): Promise<boolean> {
  const first = page.locator(".quick-input-list .monaco-list-row.focused .label-name").first();
  const read = async () => (await first.textContent({ timeout: 500 }).catch(() => null)) === label;
  return until("it", read, 4000).catch(() => false);
}

/** Moves the focus with Tab to a button. */
async function tabTo(page: Page, button: string): Promise<void> {
  const focused = page.locator("*:focus");
  await until(`the button "${button}" by Tab`, async () => {
    if ((await focused.allTextContents()).includes(button)) return true;
    await page.keyboard.press("Tab");
    return false;
  });
}

/** What a screen reader says of the entries of the open list. */
function entries(page: Page): Promise<string[]> {
  return page
    .locator(".quick-input-list .monaco-list-row")
    .evaluateAll((all: DomElement[]) => all.map((one) => one.getAttribute("aria-label") ?? ""));
}

/** The headings of the page in front, the columns of its first table, and the name of its diagram once that is drawn. */
async function outline(page: Page) {
  for (const frame of page.frames()) {
    const titles = await frame
      .locator("svg[aria-roledescription=gantt] > title")
      .allTextContents()
      .catch((): string[] => []);
    const [diagram] = titles;
    if (diagram === undefined) continue;
    const headings = await frame.locator("h1, h2, h3").allInnerTexts();
    const columns = await frame.locator("table").first().locator("th").allInnerTexts();
    return { headings, columns, diagram };
  }
  return undefined;
}

/** Has the built extension see what an old fork of VS Code would give it. */
function asFork(dist: string): void {
  const fork = join(dist, "fork.cjs");
  for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
    const piece = join(dist, name);
    if (!name.endsWith(".cjs")) continue;
    const to = JSON.stringify(`./${relative(join(piece, ".."), fork)}`);
    writeFileSync(piece, readFileSync(piece, "utf8").replaceAll('require("vscode")', `require(${to})`));
  }
  writeFileSync(
    fork,
    `const all = require("vscode");
const languages = Object.create(all.languages, { createLanguageStatusItem: { value: undefined } });
module.exports = { ...all, lm: undefined, l10n: undefined, languages };
`,
  );
}
