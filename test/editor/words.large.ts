import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { startNamed, stop, untilEnded } from "./debug.ts";
import { type DoctorWindow, openDoctor } from "./doctor.ts";
import { clickNotification, untilNotification } from "./messages.ts";
import { until } from "./window.ts";
import { pickLabels, runCommand, webviewText } from "./workbench.ts";

/** A text that nobody has written: what is on the screen outside of such brackets was not said through the language. */
const pseudo = (english: string) =>
  `⟦${english.replaceAll(/[aeiou]/g, (letter) => accents[letter] ?? letter)}⟧`;
const accents: Readonly<Record<string, string>> = { a: "á", e: "é", i: "í", o: "ó", u: "ú" };

describe("another language, in a real VS Code", function () {
  this.timeout(300_000);
  let doctor: DoctorWindow;
  let page: Page;

  before("set up a VS Code that speaks it", async function () {
    this.timeout(1_800_000);
    doctor = await openDoctor({ language: "qps-ploc", words: pseudo });
    page = doctor.page;
  });
  afterEach("keep a picture of a failure", async function () {
    if (this.currentTest?.state === "failed") await doctor.picture(`failed, ${this.currentTest.title}`);
  });
  after("leave no process and no file", () => doctor?.close());

  it("is that of commands, of the menu, of a stall's message and of its report", async () => {
    await runCommand(page, `Delve Doctor: ${pseudo("Choose Mode…")}`);
    await until("the modes", async () => (await pickLabels(page)).includes("observe"));
    await doctor.picture("modes in another language");
    await page.keyboard.press("Escape");

    await startNamed(page, "Stuck");
    const { message, buttons } = await untilNotification(page, "hás stálléd");
    await doctor.picture("stall warning in another language");
    for (const text of [message, ...buttons]) assert.match(text, /^⟦.*⟧/);
    await clickNotification(page, "hás stálléd", pseudo("Show Report"));
    const report = await webviewText(page, "⟦");
    await doctor.picture("report in another language");
    assert.deepEqual(plainLines(report), []);
    await stop(page);
    await untilEnded(page);
    await doctor.untilNothingIsLeft();
  });
});

/** The lines of a report that were said by nobody, and are neither a command nor the diagram before it is drawn. */
function plainLines(report: string): string[] {
  const quoted = /^(?:go|gantt|dlv)\b/;
  return report
    .split("\n")
    .filter((line) => /[a-z]{3} [a-z]{3}/.test(line) && !line.includes("⟦") && !quoted.test(line.trim()));
}
