import type { Page } from "playwright-core";
import type { DomElement } from "./dom.ts";
import { until } from "./window.ts";
import { openFile, runAndPick, runCommand } from "./workbench.ts";

/** Sets or removes a breakpoint, with F9 on the line (from 1). */
export async function toggleBreakpoint(page: Page, file: string, line: number): Promise<void> {
  const glyphs = page.locator('.cgmr[class*="codicon-debug-breakpoint"]');
  await openFile(page, file, line);
  const before = await glyphs.count();
  await page.keyboard.press("F9");
  await until(`the breakpoint at ${file}:${line}`, async () => (await glyphs.count()) !== before);
}

/** F5: starts the selected configuration, or lets a stopped program run on. */
export async function start(page: Page): Promise<void> {
  await page.keyboard.press("F5");
}

/** Starts a configuration of launch.json by its name. */
export async function startNamed(page: Page, name: string): Promise<void> {
  await runAndPick(page, "Debug: Select and Start Debugging", name);
}

/** Shift+F5. */
export async function stop(page: Page): Promise<void> {
  await page.keyboard.press("Shift+F5");
}

/** Ctrl+Shift+F5. */
export async function restart(page: Page): Promise<void> {
  await page.keyboard.press("Control+Shift+F5");
}

/** Waits until the program is stopped, and returns the highlighted line of the active editor. */
export async function untilStopped(page: Page, timeoutMs?: number): Promise<{ file: string; line: number }> {
  return until(
    "a stopped program",
    async () => {
      if (!(await page.locator(".debug-toolbar .codicon-debug-continue").isVisible())) return false;
      return page.locator(".monaco-workbench").evaluate((workbench: DomElement) => {
        const mark = workbench.querySelector(".view-overlays .debug-top-stack-frame-line");
        const top = mark?.parentElement?.style.top;
        // The line's number stands in the margin at the same height as the highlight.
        const rows = [
          ...(mark?.closest(".editor-instance")?.querySelectorAll(".margin-view-overlays > div") ?? []),
        ];
        const line = rows.find((row) => row.style.top === top)?.querySelector(".line-numbers")?.textContent;
        const file = workbench.querySelector(".tab.active")?.getAttribute("data-resource-name");
        return line && file ? { file, line: Number(line) } : undefined;
      });
    },
    timeoutMs,
  );
}

/** Whether a debug session is there, running or stopped or starting. */
async function isDebugging(page: Page): Promise<boolean> {
  return page.locator(".debug-toolbar").isVisible();
}

/** Waits until there is no debug session any more. */
export async function untilEnded(page: Page, timeoutMs?: number): Promise<void> {
  await until("the end of the debug session", async () => !(await isDebugging(page)), timeoutMs);
}

/** The debug console's lines, all of them. */
export async function debugConsole(page: Page): Promise<string> {
  await runCommand(page, "Debug Console: Focus on Debug Console View");
  const list = page.locator(".repl .monaco-list");
  await list.first().waitFor();
  await list.hover();
  const rows = new Map<number, string>();
  const look = async (): Promise<boolean> => {
    const shown = await page
      .locator(".repl .monaco-list-row")
      .evaluateAll((all: DomElement[]) =>
        all.map((row): [number, string] => [Number(row.getAttribute("data-index")), row.textContent ?? ""]),
      );
    const fresh = shown.some(([index]) => !rows.has(index));
    for (const [index, text] of shown) rows.set(index, text);
    return fresh;
  };
  // The list holds only the rows in view, so it is scrolled from the top to the bottom.
  await page.mouse.wheel(0, -1_000_000);
  await page.waitForTimeout(100);
  while (await look()) {
    await page.mouse.wheel(0, 80);
    await page.waitForTimeout(100);
  }
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([, text]) => text)
    .join("\n");
}
