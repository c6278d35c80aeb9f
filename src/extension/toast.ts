import { setTimeout as sleep } from "node:timers/promises";
import { commands, type MessageItem, window } from "vscode";
import type { Stall } from "../core/stall.ts";
import { awaited, duration, where as placeOf } from "../report/words.ts";
import { type Editor, inBackground } from "./editor.ts";
import { type Followed, isUnderway } from "./launches.ts";
import { setFor, settingsFor } from "./settings.ts";
import { myTurn, whileShown } from "./turn.ts";

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
    if (settingsFor(followed.folder).notifyOnStall) inBackground(editor, warn(editor, followed));
  });
  editor.context.subscriptions.push(subscription);
}

async function warn(editor: Editor, followed: Followed): Promise<void> {
  await diagnosed(editor, followed);
  await myTurn();
  const stall = followed.state?.stall;
  if (stall === undefined || !isUnderway(followed)) return;
  followed.told = true;
  editor.launches.changed(followed);
  const cause = followed.diagnosed?.report.findings[0];
  const fix = cause?.fixes.find((one) => one.preferred);
  const where = whereIn(followed, stall);
  const because = cause === undefined ? "." : `: ${cause.because}`;
  const choices: readonly Choice[] = [
    { title: "Show Report", run: () => commands.executeCommand("delveDoctor.showReport", followed.id) },
    ...(fix === undefined
      ? []
      : [
          {
            title: fix.kind === "advice" ? "Show Fix" : "Apply Fix and Relaunch",
            run: () => commands.executeCommand("delveDoctor.applyFix", followed.id, fix.id),
          },
        ]),
    last(followed),
  ];
  const shown = window.showWarningMessage(`${followed.name} ${where}${because}`, ...choices);
  await whileShown(shown);
  // A launch that goes on has its progress back.
  followed.told = false;
  editor.launches.changed(followed);
  await (await shown)?.run();
}

/** Where it stands still: in a phase, or in VS Code before there is any. */
function whereIn({ via, host, state }: Followed, { phase, phaseMs }: Stall): string {
  if (via !== "waiting") return `has stalled in ${phases[phase]} for ${duration(phaseMs)} ${placeOf(host)}`;
  const { editor } = state?.launch ?? {};
  return `has waited for ${duration(phaseMs)} ${editor === undefined ? "" : awaited(editor)}`;
}

interface Choice extends MessageItem {
  readonly run: () => unknown;
}

/** How many warnings this window has shown: the second one repeats. There is room for three buttons. */
let repeats = 0;

function last({ cancel, via }: Followed): Choice {
  repeats += 1;
  // A launch that waits shows no progress of ours, which has a Cancel of its own.
  if (cancel !== undefined && (repeats === 1 || via === "waiting")) return { title: "Cancel", run: cancel };
  return { title: "Don't Show Again", run: () => setFor(undefined, "notifyOnStall", false) };
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
