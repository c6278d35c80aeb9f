import type { Locator, Page } from "playwright-core";
import type { DomElement } from "./dom.ts";
import { until } from "./window.ts";

/** A notification, shown as a toast or, some seconds later, only in the notification centre. */
export interface Notification {
  severity: "info" | "warning" | "error";
  message: string;
  buttons: string[];
  /** Whether a progress bar runs below it. */
  progress: boolean;
}

const items =
  ".notifications-toasts.visible .monaco-list-row, .notifications-center.visible .monaco-list-row";

/** The notifications on the screen. */
export async function notifications(page: Page): Promise<Notification[]> {
  return page.locator(items).evaluateAll((rows: DomElement[]) =>
    rows.map((row): Notification => {
      const icon = row.querySelector(".notification-list-item-icon")?.classList;
      return {
        severity: icon?.contains("codicon-error")
          ? "error"
          : icon?.contains("codicon-warning")
            ? "warning"
            : "info",
        message: row.querySelector(".notification-list-item-message")?.textContent ?? "",
        buttons: [...row.querySelectorAll(".notification-list-item-buttons-container .monaco-button")].map(
          (button) => button.textContent ?? "",
        ),
        progress: row.querySelector(".monaco-progress-container.active") !== null,
      };
    }),
  );
}

/** Waits for a notification whose message contains this text. */
export async function untilNotification(
  page: Page,
  containing: string,
  timeoutMs?: number,
): Promise<Notification> {
  const find = async (): Promise<Notification | undefined> =>
    (await notifications(page)).find(({ message }) => message.includes(containing));
  let lookInCentre = Date.now() + 2000;
  return until(
    `a notification with "${containing}"`,
    async () => {
      const shown = await find();
      if (shown !== undefined || Date.now() < lookInCentre) return shown;
      // A toast leaves after 15 to 20 s, so it may have come and gone; then it is in the notification centre alone.
      lookInCentre = Date.now() + 15_000;
      await toggleCentre(page);
      const kept = await find();
      if (kept === undefined) await toggleCentre(page);
      return kept;
    },
    timeoutMs,
  );
}

/** Clicks a button of the notification whose message contains this text. */
export async function clickNotification(page: Page, containing: string, button: string): Promise<void> {
  await untilNotification(page, containing);
  const row = page.locator(items, { hasText: containing }).first();
  await buttonOf(row, button).click();
}

/** A modal dialog of VS Code. */
export interface Dialog {
  message: string;
  /** The smaller text below the message; VS Code shows a debug adapter's error here, with no message. */
  detail: string;
  buttons: string[];
}

/** Waits for a modal dialog and reads it. */
export async function untilDialog(page: Page, timeoutMs?: number): Promise<Dialog> {
  const box = page.locator(".monaco-dialog-box");
  await box.waitFor(timeoutMs === undefined ? {} : { timeout: timeoutMs });
  return {
    message: await textOf(box.locator("#monaco-dialog-message-text")),
    detail: await textOf(box.locator("#monaco-dialog-message-detail")),
    buttons: await box.locator(".dialog-buttons .monaco-button").allInnerTexts(),
  };
}

/** Clicks a button of the modal dialog and waits for the dialog to go. */
export async function clickDialog(page: Page, button: string): Promise<void> {
  const box = page.locator(".monaco-dialog-box");
  await buttonOf(box, button).click();
  await box.waitFor({ state: "hidden" });
}

async function toggleCentre(page: Page): Promise<void> {
  await page.locator('.statusbar-item[id="status.notifications"] a').click();
  // The bell's tooltip lies over the centre for as long as the mouse rests on the bell.
  await page.mouse.move(1, 1);
}

function buttonOf(box: Locator, name: string): Locator {
  return box.locator(`.monaco-button:text-is(${JSON.stringify(name)})`);
}

async function textOf(part: Locator): Promise<string> {
  return (await part.allInnerTexts()).join("");
}
