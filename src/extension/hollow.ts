import { commands, type MessageItem, window } from "vscode";
import { unsetBreakpoints } from "../core/breakpoints.ts";
import type { Finding } from "../core/finding.ts";
import type { Launch } from "../core/launch.ts";
import { say } from "../core/say.ts";
import { diagnose, judge } from "./diagnose.ts";
import { type Editor, inBackground } from "./editor.ts";
import type { Followed } from "./launches.ts";
import { plain } from "./plain.ts";
import { myTurn, whileShown } from "./turn.ts";

interface Choice extends MessageItem {
  readonly run: () => Thenable<unknown>;
}

/**
 * Warns once a launch of a breakpoint that is not set, where its cause is known: VS Code itself only greys it. A
 * breakpoint in a file that is no part of the program is none of these, so a workspace of many programs stays quiet.
 */
export function warnOfHollow(editor: Editor): void {
  const looked = new WeakSet<Followed>();
  const subscription = editor.launches.onChanged((followed) => {
    const launch = followed.state?.launch;
    if (launch === undefined || looked.has(followed) || unsetBreakpoints(launch.timeline).length === 0)
      return;
    looked.add(followed);
    inBackground(editor, warn(editor, followed, launch));
  });
  editor.context.subscriptions.push(subscription);
}

async function warn(editor: Editor, followed: Followed, launch: Launch): Promise<void> {
  // These alone, and at once: what dlv built is gone as soon as the program has ended.
  const { findings } = await judge(launch, followed, "hollowCauses");
  const [cause] = findings;
  if (cause === undefined) return;
  await diagnose(editor, followed);
  await myTurn();
  const shown = window.showWarningMessage(
    plain(`${followed.name}: ${cause.because}`),
    ...choices(followed, cause),
  );
  await whileShown(shown);
  await (await shown)?.run();
}

function choices({ id, diagnosed }: Followed, { cause }: Finding): readonly Choice[] {
  const found = diagnosed?.report.findings.find((one) => one.cause === cause);
  const fix = found?.fixes.find((one) => one.preferred && one.kind !== "advice");
  return [
    { title: say`Show Report`, run: () => commands.executeCommand("delveDoctor.showReport", id) },
    ...(fix === undefined
      ? []
      : [
          {
            title: say`Apply Fix and Relaunch`,
            run: () => commands.executeCommand("delveDoctor.applyFix", id, fix.id),
          },
        ]),
    { title: say`Ignore Here`, run: () => commands.executeCommand("delveDoctor.ignoreCause", id, cause) },
  ];
}
