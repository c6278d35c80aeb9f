import { setTimeout as sleep } from "node:timers/promises";
import { commands, window } from "vscode";
import type { Stall } from "../core/stall.ts";
import { localHost } from "../hosts/local.ts";
import type { ReportedFix } from "../report/report.ts";
import { duration } from "../report/words.ts";
import type { Editor } from "./editor.ts";
import { type Followed, isUnderway } from "./launches.ts";
import { setFor, settingsFor } from "./settings.ts";

/** How long (ms) the toast waits for the diagnosis, to name the cause. */
const diagnosisMs = 4000;

const phases: Readonly<Record<Stall["phase"], string>> = {
  start: "starting dlv",
  handshake: "connecting to dlv",
  build: "go build",
  load: "loading the program",
  configure: "setting breakpoints",
  run: "running",
};

/** Warns once a launch when it has stalled, with the cause where it is known, and what to do about it. */
export function warnOfStalls(editor: Editor): void {
  const warned = new WeakSet<Followed>();
  const subscription = editor.launches.onChanged((followed) => {
    if (followed.state?.stall === undefined || warned.has(followed)) return;
    warned.add(followed);
    if (settingsFor(followed.folder).notifyOnStall) void warn(editor, followed);
  });
  editor.context.subscriptions.push(subscription);
}

async function warn(editor: Editor, followed: Followed): Promise<void> {
  await diagnosed(editor, followed);
  const stall = followed.state?.stall;
  if (stall === undefined || !isUnderway(followed)) return;
  followed.told = true;
  editor.launches.changed(followed);
  const cause = followed.diagnosed?.report.findings[0];
  const fix = cause?.fixes.find((one) => one.preferred);
  const where = `has stalled in ${phases[stall.phase]} for ${duration(stall.phaseMs)} on ${localHost.name}`;
  const because = cause === undefined ? "." : `: ${cause.because}`;
  const buttons = [
    "Show Report",
    ...(fix !== undefined ? [applyTitle(fix)] : []),
    ...(followed.cancel !== undefined ? ["Cancel Launch"] : []),
    "Don't Show Again",
  ];
  const chosen = await window.showWarningMessage(`${followed.name} ${where}${because}`, ...buttons);
  // A launch that goes on has its progress back.
  followed.told = false;
  editor.launches.changed(followed);
  if (chosen === "Show Report") await commands.executeCommand("delveDoctor.showReport", followed.id);
  else if (chosen === "Cancel Launch") followed.cancel?.();
  else if (chosen === "Don't Show Again") await setFor(undefined, "notifyOnStall", false);
  else if (chosen !== undefined)
    await commands.executeCommand("delveDoctor.applyFix", followed.id, fix?.id, true);
}

/** Advice is read, everything else is applied. */
function applyTitle(fix: ReportedFix): string {
  return fix.kind === "advice" ? "Show Fix" : "Apply Fix and Relaunch";
}

/** Waits until the launch is diagnosed, and no longer than a person would wait for the warning. */
async function diagnosed({ launches }: Editor, followed: Followed): Promise<void> {
  let heard: { dispose(): void } | undefined;
  const done = new Promise<void>((resolve) => {
    heard = launches.onChanged((one) => one === followed && one.diagnosed !== undefined && resolve());
  });
  await Promise.race([done, sleep(diagnosisMs)]);
  heard?.dispose();
}
