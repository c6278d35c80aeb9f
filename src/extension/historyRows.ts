import { env, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from "vscode";
import { shiftOf } from "../core/difference.ts";
import { type PastLaunch, previousOf, reached } from "../core/history.ts";
import { say } from "../core/say.ts";
import { shiftWords } from "../report/difference.ts";
import { prose } from "../report/escape.ts";
import { partsWords, pastSentence, pastWords, versionWords } from "../report/past.ts";
import { printable } from "../report/printable.ts";
import { duration, phaseWord, where } from "../report/words.ts";

/** The rows of the view: the launches, newest first; below each its phases, its causes and its versions. */
export function rowsOf(all: readonly PastLaunch[], row: TreeItem | undefined): TreeItem[] {
  if (row === undefined) return all.toReversed().map((one) => launchRow(all, one));
  const one = all.find(({ id }) => id === row.id);
  return one === undefined ? [] : detailRows(one);
}

/** What the view says above its rows: whether the last configuration takes another time since a version. */
export function shiftOfLast(all: readonly PastLaunch[]): string | undefined {
  const last = all.findLast(reached);
  const shift = last && shiftOf(all, last);
  return shift && `${last.name}: ${shiftWords(shift)}`;
}

/** When a launch was: as short as it can be said, or to the second. */
export function timeWords(at: number, timeStyle: "short" | "medium" = "short"): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  const format: Intl.DateTimeFormatOptions = isToday ? { timeStyle } : { dateStyle: "medium", timeStyle };
  return new Intl.DateTimeFormat(env.language, format).format(at);
}

const icons: Readonly<Record<PastLaunch["outcome"], ThemeIcon>> = {
  stopped: new ThemeIcon("pass", new ThemeColor("testing.iconPassed")),
  exited: new ThemeIcon("pass", new ThemeColor("testing.iconPassed")),
  running: new ThemeIcon("pass", new ThemeColor("testing.iconPassed")),
  failed: new ThemeIcon("error", new ThemeColor("testing.iconFailed")),
  cancelled: new ThemeIcon("circle-slash"),
};

function launchRow(all: readonly PastLaunch[], one: PastLaunch): TreeItem {
  const row = new TreeItem(printable(one.name), TreeItemCollapsibleState.Collapsed);
  const place = one.host.kind === "local" ? [] : [where(one.host)];
  row.id = one.id;
  row.description = [pastWords(one), ...place, timeWords(one.at)].join(" · ");
  row.iconPath = icons[one.outcome];
  row.contextValue = previousOf(all, one) === undefined ? "launch" : "launch with previous";
  const label = [
    pastSentence(one),
    timeWords(one.at),
    ...one.causes.slice(0, 1).map(({ because }) => because),
  ];
  row.accessibilityInformation = { label: printable(label.join(", ")) };
  row.tooltip = new MarkdownString(
    [
      `**${prose(pastSentence(one))}**`,
      prose([timeWords(one.at), one.mode, versionWords(one)].filter((text) => text !== "").join(" · ")),
      ...one.causes.map(({ because }) => prose(because)),
    ].join("\n\n"),
  );
  row.command = { command: "delveDoctor.openLaunch", title: say`Open Report`, arguments: [one.id] };
  return row;
}

function detailRows(one: PastLaunch): TreeItem[] {
  const versions = versionWords(one);
  return [
    ...one.phases.map((phase) =>
      detail(phaseWord(phase.name), duration(phase.ms), partsWords(phase), "watch"),
    ),
    ...one.causes.map(({ id, because }) => detail(id, because, because, "lightbulb")),
    ...(versions === "" ? [] : [detail(versions, "", "", "versions")]),
  ];
}

function detail(label: string, description: string, more: string, icon: string): TreeItem {
  const row = new TreeItem(printable(label));
  row.description = printable(more === "" || more === description ? description : `${description} · ${more}`);
  row.tooltip = printable(more === "" ? label : more);
  // Else VS Code would say the tooltip alone.
  row.accessibilityInformation = { label: `${row.label} ${row.description}` };
  row.iconPath = new ThemeIcon(icon);
  return row;
}
