import { MarkdownString, StatusBarAlignment, window } from "vscode";
import { longestFirst } from "../report/chain.ts";
import { total } from "../report/compare.ts";
import { code, prose } from "../report/escape.ts";
import { awaited, duration, where } from "../report/words.ts";
import type { Editor } from "./editor.ts";
import { type Followed, isUnderway } from "./launches.ts";
import { plainLabel } from "./plain.ts";

/** The status bar item of the last launch: its time and how it went. It is not there before the first Go launch. */
export function showStatus({ launches, context }: Editor): void {
  const item = window.createStatusBarItem("delveDoctor.status", StatusBarAlignment.Left);
  item.name = "Delve Doctor";
  item.command = "delveDoctor.showMenu";
  const update = (followed: Followed) => {
    if (followed.state === undefined || followed !== launches.last()) return;
    const { text, words } = summary(followed);
    const shown = followed.there === undefined ? text : `${text} ${plainLabel(where(followed.host))}`;
    if (item.text !== shown) {
      item.text = shown;
      const label = `Delve Doctor: ${followed.name} ${words} ${where(followed.host)}`;
      item.accessibilityInformation = { label };
    }
    if (!isUnderway(followed)) item.tooltip = tooltip(followed, words);
    item.show();
  };
  context.subscriptions.push(item, launches.onChanged(update));
}

/** What the item shows, and the same in words. While a launch is underway it names the phase and does not tick. */
function summary(followed: Followed): { readonly text: string; readonly words: string } {
  if (followed.via === "waiting") return waitingSummary(followed);
  const timeline = followed.state?.launch.timeline;
  const phase = timeline?.current ?? "launch";
  const time = duration(launchMs(followed));
  if (isUnderway(followed) && followed.state?.stall !== undefined)
    return { text: `$(warning) ${phase} stalled`, words: `has stalled in ${phase}` };
  if (isUnderway(followed)) return { text: `$(pulse) ${phase}…`, words: `is in ${phase}` };
  if (timeline?.outcome === "failed") return { text: `$(error) ${time}`, words: `failed after ${time}` };
  if (timeline?.outcome === "cancelled")
    return { text: `$(circle-slash) ${time}`, words: `was cancelled after ${time}` };
  return { text: `$(pulse) ${time}`, words: `was launched in ${time}` };
}

function waitingSummary({ state, gone }: Followed): { readonly text: string; readonly words: string } {
  const { editor } = state?.launch ?? {};
  const time = duration(editor?.ms ?? 0);
  if (gone || editor === undefined)
    return { text: `$(circle-slash) ${time}`, words: `was not launched after ${time}` };
  return {
    text: `$(warning) waiting ${plainLabel(awaited(editor))}`,
    words: `is waiting ${awaited(editor)}`,
  };
}

/** The time until the program ran: how long it ran on before its first stop is the program's own affair. */
function launchMs({ state }: Followed): number {
  const phases = state?.launch.timeline.phases ?? [];
  return phases.reduce((sum, { name, ms }) => (name === "run" ? sum : sum + ms), 0);
}

function tooltip(followed: Followed, words: string): MarkdownString {
  const phases = followed.state?.launch.timeline.phases ?? [];
  const rows = longestFirst(phases).map(({ name, ms }) => `| ${name} | ${duration(ms)} |`);
  const cause = followed.diagnosed?.report.findings[0];
  const before = followed.repeats && `Before the fix: ${total(followed.repeats)}.`;
  return new MarkdownString(
    [
      `${code(followed.name)} ${prose(words)} ${prose(where(followed.host))}.`,
      ...(before ? ["", before] : []),
      ...(cause ? ["", prose(cause.because)] : []),
      "",
      "| Phase | Time |",
      "| :--- | ---: |",
      ...rows,
    ].join("\n"),
  );
}
