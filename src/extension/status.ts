import { MarkdownString, StatusBarAlignment, window } from "vscode";
import { launchMs } from "../core/phases.ts";
import { say } from "../core/say.ts";
import { longestFirst } from "../report/chain.ts";
import { code, prose } from "../report/escape.ts";
import { awaited, duration, phaseWord, where } from "../report/words.ts";
import type { Editor } from "./editor.ts";
import { type Followed, isUnderway } from "./launches.ts";
import { plainLabel } from "./plain.ts";

/**
 * The status bar item of a launch that a person may wonder about: late, waiting, stalled, failed or cancelled. A healthy one
 * has none: its time is in the language status. It stays until the next launch, and leads to the menu.
 */
export function showStatus({ launches, context }: Editor): void {
  const item = window.createStatusBarItem("delveDoctor.status", StatusBarAlignment.Left);
  item.name = "Delve Doctor";
  item.command = "delveDoctor.showMenu";
  const update = (followed: Followed) => {
    if (followed.state === undefined || followed !== launches.last()) return;
    const summed = summary(followed);
    if (summed === undefined) return item.hide();
    const place = where(followed.host);
    const shown = followed.there === undefined ? summed.text : `${summed.text} ${plainLabel(place)}`;
    const label = `Delve Doctor: ${followed.name} ${place}: ${summed.words}`;
    // Two launches may look alike.
    if (item.text !== shown || item.accessibilityInformation?.label !== label) {
      item.text = shown;
      item.accessibilityInformation = { label };
    }
    if (!isUnderway(followed)) item.tooltip = tooltip(followed, summed.words);
    item.show();
  };
  context.subscriptions.push(item, launches.onChanged(update));
}

interface Summary {
  readonly text: string;
  /** The same for a screen reader. */
  readonly words: string;
}

/** What the item shows. While a launch is underway it names the phase and does not tick. */
function summary(followed: Followed): Summary | undefined {
  if (followed.via === "waiting") return waitingSummary(followed);
  const { state } = followed;
  const timeline = state?.launch.timeline;
  const phase = phaseWord(timeline?.current ?? "start");
  const time = duration(launchMs(timeline?.phases ?? []));
  if (isUnderway(followed)) {
    if (state?.stall !== undefined)
      return { text: `$(warning) ${say`${phase} stalled`}`, words: say`it has stalled in ${phase}` };
    return state?.late === true
      ? { text: `$(pulse) ${say`${phase}…`}`, words: say`it is late in ${phase}` }
      : undefined;
  }
  if (timeline?.outcome === "failed")
    return { text: `$(error) ${time}`, words: say`it failed after ${time}` };
  if (timeline?.outcome === "cancelled")
    return { text: `$(circle-slash) ${time}`, words: say`it was cancelled after ${time}` };
  return undefined;
}

function waitingSummary({ state, gone }: Followed): Summary {
  const { editor } = state?.launch ?? {};
  const time = duration(editor?.ms ?? 0);
  if (gone || editor === undefined)
    return { text: `$(circle-slash) ${time}`, words: say`it was given up after ${time}` };
  const waits = say`waiting ${awaited(editor)}`;
  return { text: `$(warning) ${plainLabel(waits)}`, words: waits };
}

function tooltip(followed: Followed, words: string): MarkdownString {
  const phases = followed.state?.launch.timeline.phases ?? [];
  const rows = longestFirst(phases).map(({ name, ms }) => `| ${phaseWord(name)} | ${duration(ms)} |`);
  const cause = followed.diagnosed?.report.findings[0];
  return new MarkdownString(
    [
      `${code(followed.name)} ${prose(where(followed.host))}: ${prose(words)}.`,
      ...(cause ? ["", prose(cause.because)] : []),
      "",
      `| ${say`Phase`} | ${say`Time`} |`,
      "| :--- | ---: |",
      ...rows,
    ].join("\n"),
  );
}
