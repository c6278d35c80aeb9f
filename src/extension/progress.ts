import { ProgressLocation, window, workspace } from "vscode";
import { say } from "../core/say.ts";
import { where } from "../report/words.ts";
import { progressMessage } from "../session/progress.ts";
import type { Editor } from "./editor.ts";
import { type Followed, isUnderway } from "./launches.ts";
import { plain } from "./plain.ts";

interface Shown {
  say(message: string, percentage: number | undefined): void;
  end(): void;
}

/**
 * Shows a launch that is past its usual time, with Cancel, until it is over or its stall is told. VS Code shows a debug
 * adapter's own progress only for the session that has the focus; this also serves compounds and observed launches.
 */
export function showProgress({ launches, context }: Editor): void {
  const shown = new Map<Followed, Shown>();
  const subscription = launches.onChanged((followed) => {
    const { state } = followed;
    const due = state !== undefined && isUnderway(followed) && followed.told !== true;
    if (!due) {
      shown.get(followed)?.end();
      shown.delete(followed);
      return;
    }
    if (!state.late && !shown.has(followed)) return;
    const one = shown.get(followed) ?? begin(followed);
    shown.set(followed, one);
    const { timeline } = state.launch;
    const { packages } = timeline;
    const percentage = packages && Math.floor((packages.done / packages.total) * 100);
    one.say(progressMessage(timeline, followed.usual), percentage);
  });
  context.subscriptions.push(subscription);
}

function begin({ name, host, cancel }: Followed): Shown {
  let end: () => void = () => {};
  let report: (value: { message: string; increment?: number }) => void = () => {};
  let said = "";
  let reached = 0;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const title = plain(say`Launching ${name} ${where(host)}`);
  const options = { location: ProgressLocation.Notification, title, cancellable: cancel !== undefined };
  void window.withProgress(options, (progress, token) => {
    report = (value) => progress.report(value);
    token.onCancellationRequested(() => cancel?.());
    return over;
  });
  return {
    say(message, percentage) {
      const heard = spoken(message);
      if (heard === said) return;
      said = heard;
      const increment = percentage === undefined ? undefined : percentage - reached;
      reached = percentage ?? reached;
      report({ message: plain(heard), ...(increment !== undefined && increment > 0 && { increment }) });
    },
    end,
  };
}

/** What is shown of a message: for a screen reader, which reads each change aloud, nothing that changes by the second. */
function spoken(message: string): string {
  const reader = workspace.getConfiguration("editor").get("accessibilitySupport") === "on";
  return reader ? (message.split(" · ")[0] ?? message) : message;
}
