import type { Frame, Page } from "playwright-core";
import type { DomElement } from "./dom.ts";
import { until } from "./window.ts";

/** Runs a command by its full title in the palette, such as "View: Toggle Panel Visibility". */
export async function runCommand(page: Page, title: string): Promise<void> {
  // The palette first lists only what extensions have declared so far, so a missing title is typed again; at first soon.
  let patienceMs = 1500;
  await until(`the command "${title}" in the palette`, async () => {
    await page.keyboard.press("F1");
    const picked = await pick(page, `>${title}`, title, patienceMs);
    patienceMs = Math.min(5000, patienceMs * 2);
    return picked;
  });
}

/** Opens a file of the folder by its path, and puts the cursor at a line and column when given (from 1). */
export async function openFile(page: Page, path: string, line?: number, column = 1): Promise<void> {
  const parts = path.split("/");
  const name = parts.pop() ?? path;
  // Quick open names a file's folder behind its name.
  const label = [name, parts.join("/")].filter(Boolean).join(" ");
  const at = page.locator('.statusbar-item[id="status.editor.selection"]', {
    hasText: `Ln ${line}, Col ${column}`,
  });
  await until(`the file ${path} in quick open`, async () => {
    await page.keyboard.press("Control+P");
    const picked = await pick(page, line === undefined ? path : `${path}:${line}:${column}`, label, 5000);
    if (!picked) return false;
    await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    if (line === undefined) return true;
    // On a busy machine quick open may open the file and forget the line.
    const there = at.waitFor({ timeout: 15_000 });
    return there.then(
      () => true,
      () => false,
    );
  });
}

/**
 * Opens a Go file in a window that was loaded anew, and waits until what extensions bring is there: before, a launch comes
 * to nothing. On a busy machine that is late, and a window that went soon may not have kept which files were open.
 */
export async function untilLoaded(page: Page, file: string): Promise<void> {
  await openFile(page, file);
  const mode = page.locator('.statusbar-item[id="status.editor.mode"]', { hasText: "Go" });
  await mode.waitFor({ timeout: 180_000 });
}

/** Picks the entry with this label in the open quick pick, without typing anything. */
export async function pickEntry(page: Page, label: string): Promise<void> {
  await entry(page, label).click();
  // What comes next may be another quick input, in the same place.
  await entry(page, label).waitFor({ state: "hidden" });
}

/** Runs a command that opens a quick pick, and picks the entry with this label; both again where something took the focus. */
export async function runAndPick(page: Page, title: string, label: string): Promise<void> {
  await until(`"${label}" to pick after "${title}"`, async () => {
    await runCommand(page, title);
    const clicked = await entry(page, label)
      .click({ timeout: 10_000 })
      .then(
        () => true,
        () => false,
      );
    if (!clicked) await page.keyboard.press("Escape");
    return clicked;
  });
  await entry(page, label).waitFor({ state: "hidden" });
}

/** The labels of the open quick pick. */
export async function pickLabels(page: Page): Promise<string[]> {
  return page.locator(".quick-input-list .label-name").allInnerTexts();
}

/** Types an answer into the open input box and accepts it. */
export async function answerInput(page: Page, text: string): Promise<void> {
  const input = page.locator(".quick-input-widget input.input");
  await input.fill(text);
  await input.press("Enter");
}

/** The titles of the open editors, left to right, and which one is active. */
export async function editors(page: Page): Promise<{ title: string; active: boolean; dirty: boolean }[]> {
  return page.locator(".tab").evaluateAll((tabs: DomElement[]) =>
    tabs.map((tab) => ({
      title: tab.getAttribute("aria-label")?.split(", ")[0] ?? "",
      active: tab.classList.contains("active"),
      dirty: tab.classList.contains("dirty"),
    })),
  );
}

/** All of the text of the active text editor, also what is not scrolled into view or not saved. */
export async function editorText(page: Page): Promise<string> {
  await runCommand(page, "View: Focus Active Editor Group");
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Control+C");
  const text = await page.evaluate<string>("navigator.clipboard.readText()");
  // The cursor goes back to the beginning: a selection would change what the next command acts on.
  await page.keyboard.press("Control+Home");
  return text;
}

/** The text of the webview in front (such as a Markdown preview), all of it, once it holds `containing`. */
export async function webviewText(page: Page, containing = ""): Promise<string> {
  return until(`a webview with the text "${containing}"`, async () => {
    for (const frame of page.frames()) {
      if (!(await isWebviewInFront(page, frame))) continue;
      const text = (
        await frame
          .locator("body")
          .allInnerTexts()
          .catch(() => [])
      ).join("");
      if (text !== "" && text.includes(containing)) return text;
    }
    return undefined;
  });
}

/** The status bar's items by id (such as "status.problems", or "publisher.name.itemId" for an extension's): their text. */
export async function statusBar(page: Page): Promise<Record<string, string>> {
  const items = await page
    .locator(".statusbar-item")
    .evaluateAll((all: DomElement[]) =>
      all.map((item): [string, string] => [item.id, item.textContent?.trim() ?? ""]),
    );
  return Object.fromEntries(items);
}

/** Waits until a status bar item has a text that contains this. */
export async function untilStatus(page: Page, id: string, text: string): Promise<void> {
  await page.locator(`.statusbar-item[id="${id}"]`, { hasText: text }).waitFor();
}

/** Clicks a status bar item. */
export async function clickStatus(page: Page, id: string): Promise<void> {
  await page.locator(`.statusbar-item[id="${id}"] a`).click();
}

/** Opens the code actions at the cursor and returns their titles; they stay open. */
export async function codeActions(page: Page): Promise<string[]> {
  const actions = page.locator(".action-widget .monaco-list-row.action .title");
  // The light bulb knows nothing before the diagnostics have arrived, so it is asked again.
  await until("code actions at the cursor", async () => {
    await page.keyboard.press("Control+.");
    return actions
      .first()
      .waitFor({ timeout: 2000 })
      .then(
        () => true,
        () => false,
      );
  });
  return actions.allInnerTexts();
}

/** Applies the code action with this title at the cursor. */
export async function applyCodeAction(page: Page, title: string): Promise<void> {
  await codeActions(page);
  await page
    .locator(".action-widget .monaco-list-row.action", { has: page.getByText(title, { exact: true }) })
    .click();
  await page.locator(".action-widget").first().waitFor({ state: "hidden" });
}

/** Types a line into the active terminal and enters it. */
export async function typeInTerminal(page: Page, line: string): Promise<void> {
  await page.locator(".terminal-wrapper.active .xterm-screen").click();
  await page.keyboard.type(`${line}\n`);
}

/** What the active terminal shows, without the lines that have scrolled away. */
export async function terminalText(page: Page): Promise<string> {
  const rows = await page.locator(".terminal-wrapper.active .xterm-rows > div").allInnerTexts();
  return rows
    .map((row) => row.replaceAll("\u00a0", " ").trimEnd())
    .join("\n")
    .trimEnd();
}

function entry(page: Page, label: string) {
  const quoted = JSON.stringify(label);
  // The label stands alone, or before ", " and a keybinding or a remark.
  return page
    .locator(
      `.quick-input-list .monaco-list-row:is([aria-label=${quoted}],[aria-label^=${JSON.stringify(`${label}, `)}])`,
    )
    .first();
}

/** Fills the open quick input and clicks the entry; closes it and gives false where there is no such entry. */
async function pick(page: Page, text: string, label: string, timeoutMs: number): Promise<boolean> {
  const input = page.locator(".quick-input-widget input.input");
  try {
    await input.fill(text, { timeout: timeoutMs });
    await entry(page, label).click({ timeout: timeoutMs });
    return true;
  } catch {
    await page.keyboard.press("Escape");
    return false;
  }
}

/** A webview is a frame of VS Code's own with the content in a second frame within it. */
async function isWebviewInFront(page: Page, frame: Frame): Promise<boolean> {
  const outer = frame.parentFrame();
  if (outer === null || outer.parentFrame() !== page.mainFrame()) return false;
  try {
    const [element, content] = await Promise.all([outer.frameElement(), frame.frameElement()]);
    return (await element.isVisible()) && (await content.isVisible());
  } catch {
    // The frame was replaced between two looks: a preview is drawn anew when its document changes.
    return false;
  }
}
