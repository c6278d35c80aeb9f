import { setTimeout as sleep } from "node:timers/promises";
import { commands, type MessageItem, window } from "vscode";
import { say } from "../core/say.ts";
import type { Stall } from "../core/stall.ts";
import { awaited, duration, where } from "../report/words.ts";
import { type Editor, inBackground } from "./editor.ts";
import { type Followed, isUnderway } from "./launches.ts";
import { plain } from "./plain.ts";
import { setFor, settingsFor } from "./settings.ts";
import { myTurn, whileShown } from "./turn.ts";

/** How long (ms) the toast waits for the diagnosis, to name the cause. */
const diagnosisMs = 4000;

/** What a launch does in each phase. */
const phases: Readonly<Record<Stall["phase"], string>> = {
  start: say`starting dlv`,
  handshake: say`connecting to dlv`,
  build: "go build",
  load: say`loading the program`,
  configure: say`setting breakpoints`,
  run: say`running`,
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
  const what = stands(followed, stall);
  const choices: readonly Choice[] = [
    { title: say`Show Report`, run: () => commands.executeCommand("delveDoctor.showReport", followed.id) },
    ...(fix === undefined
      ? []
      : [
          {
            title: fix.kind === "advice" ? say`Show Fix` : say`Apply Fix and Relaunch`,
            run: () => commands.executeCommand("delveDoctor.applyFix", followed.id, fix.id),
          },
        ]),
    last(followed),
  ];
  const shown = window.showWarningMessage(
    plain(cause === undefined ? `${what}.` : `${what}: ${cause.because}`),
    ...choices,
  );
  await whileShown(shown);
  // A launch that goes on has its progress back.
  followed.told = false;
  editor.launches.changed(followed);
  await (await shown)?.run();
}

/** Where it stands still: in a phase, or in VS Code before there is any. */
function stands({ name, via, host, state }: Followed, { phase, phaseMs }: Stall): string {
  const time = duration(phaseMs);
  if (via !== "waiting") return say`${name} has stalled in ${phases[phase]} for ${time} ${where(host)}`;
  const { editor } = state?.launch ?? {};
  return editor === undefined
    ? say`${name} has waited for ${time}`
    : say`${name} has waited for ${time} ${awaited(editor)}`;
}

interface Choice extends MessageItem {
  readonly run: () => unknown;
}

/** How many warnings this window has shown: the second one repeats. There is room for three buttons. */
let repeats = 0;

function last({ cancel, via }: Followed): Choice {
  repeats += 1;
  // A launch that waits shows no progress of ours, which has a Cancel of its own.
  if (cancel !== undefined && (repeats === 1 || via === "waiting"))
    return { title: say`Cancel`, run: cancel };
  return { title: say`Don't Show Again`, run: () => setFor(undefined, "notifyOnStall", false) };
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
