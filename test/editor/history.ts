import { readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Locator, Page } from "playwright-core";
import type { DomElement } from "./dom.ts";
import { until } from "./window.ts";
import { runCommand } from "./workbench.ts";

const pane = '.pane:has(> .pane-header[aria-label^="Delve Launches"])';

/** What a screen reader says of the language status, all items of the file in front. */
export async function languageStatus(page: Page): Promise<string> {
  const item = page.locator('.statusbar-item[id="status.languageStatus"] a');
  return (await item.getAttribute("aria-label", { timeout: 1000 }).catch(() => null)) ?? "";
}

/** Opens the list of the last launches in Run and Debug, which is collapsed at first. */
export async function openLaunches(page: Page): Promise<void> {
  await runCommand(page, "View: Show Run and Debug");
  const header = page.locator(`${pane} > .pane-header`);
  await header.waitFor();
  if ((await header.getAttribute("aria-expanded")) !== "true") await header.click();
  await page.locator(`${pane} .pane-body`).waitFor();
}

/** Its rows. */
export function launchRows(page: Page): Locator {
  return page.locator(`${pane} .monaco-list-row`);
}

/** What a screen reader says of its rows, top to bottom. */
export async function launchLabels(page: Page): Promise<string[]> {
  return launchRows(page).evaluateAll((rows: DomElement[]) =>
    rows.map((row) => row.getAttribute("aria-label") ?? ""),
  );
}

/** Picks an entry of the context menu of a row. */
export async function pickInMenu(page: Page, row: Locator, title: string): Promise<void> {
  await until(`"${title}" in the menu`, async () => {
    await row.click({ button: "right" });
    const item = page.getByRole("menuitem", { name: title });
    // VS Code takes no click that comes too soon after its menu, and leaves the menu open then.
    return item
      .click({ timeout: 5000 })
      .then(() => item.waitFor({ state: "hidden", timeout: 2000 }))
      .then(
        () => true,
        async () => {
          await page.keyboard.press("Escape");
          return false;
        },
      );
  });
}

/** Waits until the Mermaid diagram of a report's phases is drawn. */
export async function untilDiagram(page: Page): Promise<void> {
  await until("the diagram of the phases", async () => {
    const bars = page
      .frames()
      .map((frame) => frame.locator('svg[aria-roledescription="gantt"] rect.task').count());
    return (await Promise.allSettled(bars)).some((one) => one.status === "fulfilled" && one.value > 0);
  });
}

/** Does something in each kind of colour theme: dark, light and high contrast. `settings` is the workspace's file. */
export async function inEachTheme(
  page: Page,
  settings: string,
  work: (theme: string) => Promise<void>,
): Promise<void> {
  const themes = {
    light: "Default Light Modern",
    "high contrast": "Default High Contrast",
    dark: "Default Dark Modern",
  };
  const classes: Readonly<Record<string, string>> = {
    light: "vs",
    "high contrast": "hc-black",
    dark: "vs-dark",
  };
  const before = textOf(settings);
  try {
    for (const [name, theme] of Object.entries(themes)) {
      writeFileSync(settings, JSON.stringify({ "workbench.colorTheme": theme }));
      await page.locator(`.monaco-workbench.${classes[name]}`).waitFor();
      await work(name);
    }
  } finally {
    if (before === undefined) rmSync(settings, { force: true });
    else writeFileSync(settings, before);
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
