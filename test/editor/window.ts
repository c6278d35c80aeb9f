import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { chromium, type Page } from "playwright-core";
import { needChromium } from "../../scripts/setup/vscode.ts";
import type { CodeServer } from "./codeServer.ts";

/** A VS Code window: a browser of its own, showing one folder. */
export interface Window {
  page: Page;
  close(): Promise<void>;
}

/** Generous, since two cores may be shared with a build: what a healthy VS Code does within a second or two. */
const patienceMs = 60_000;

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Nothing outside this machine is looked up, whatever VS Code or an extension asks for.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

export interface WindowOptions {
  /** Width and height in pixels. */
  size?: { width: number; height: number };
  /** Called with the page before VS Code loads in it. */
  prepare?: (page: Page) => Promise<void>;
}

/** Opens a folder (or, by its path, a .code-workspace file) and waits for the workbench. */
export async function openWindow(
  server: CodeServer,
  folder: string,
  options: WindowOptions = {},
): Promise<Window> {
  const browser = await chromium.launch({ executablePath: await needChromium(), args: flags });
  try {
    const context = await browser.newContext({
      viewport: options.size ?? { width: 1280, height: 800 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMs);
    await options.prepare?.(page);
    const kind = folder.endsWith(".code-workspace") ? "workspace" : "folder";
    await page.goto(`${server.url}/?${kind}=${encodeURIComponent(folder)}`);
    await page.locator(".monaco-workbench").waitFor();
    return { page, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** Polls until `probe` gives something other than undefined or false; the error after `timeoutMs` says what was awaited. */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  timeoutMs: number = patienceMs,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs / 1000} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Writes a picture of the window to a PNG file, making its folder when needed. */
export async function screenshot(page: Page, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  await page.screenshot({ path: file, animations: "disabled" });
}
