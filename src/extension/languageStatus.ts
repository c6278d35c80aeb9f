import { type DocumentSelector, type LanguageStatusItem, LanguageStatusSeverity, languages } from "vscode";
import type { PastLaunch } from "../core/history.ts";
import { say } from "../core/say.ts";
import { total } from "../report/compare.ts";
import { pastSentence, pastWords } from "../report/past.ts";
import { awaited, duration, phaseWord, where } from "../report/words.ts";
import type { Editor } from "./editor.ts";
import { type Followed, isUnderway } from "./launches.ts";
import { plainLabel } from "./plain.ts";

const selector: DocumentSelector = [
  { language: "go" },
  { language: "go.mod" },
  { language: "go.work" },
  { pattern: "**/.vscode/launch.json" },
];

/** What the item says. */
interface Shown {
  readonly text: string;
  readonly detail: string;
  /** For a screen reader. */
  readonly spoken: string;
  readonly severity?: LanguageStatusSeverity;
  readonly busy?: boolean;
  /** The command behind it, and what that is about. */
  readonly about: readonly ["openLaunch" | "showReport", string | number];
}

const open = new WeakSet<Editor>();

/**
 * The language status item of Go files, go.mod and launch.json: the last launch of this workspace, and how the one is that
 * is underway. It changes with the phase and does not tick. It turns only past the usual time: till then nothing moves on screen.
 */
export function showLanguageStatus(editor: Editor): void {
  const { launches, history, context } = editor;
  // A fork of VS Code may be without it: a launch is not to fail for want of its time.
  if (open.has(editor) || typeof languages.createLanguageStatusItem !== "function") return;
  open.add(editor);
  let item: LanguageStatusItem | undefined;
  let last = "";
  const update = () => {
    const shown = shownOf(editor);
    const now = JSON.stringify(shown);
    if (now === last) return;
    last = now;
    if (shown === undefined) {
      item?.dispose();
      item = undefined;
      return;
    }
    item ??= languages.createLanguageStatusItem("delveDoctor.launch", selector);
    item.name = say`Delve launch`;
    item.text = shown.text;
    item.detail = shown.detail;
    item.busy = shown.busy === true;
    item.severity = shown.severity ?? LanguageStatusSeverity.Information;
    item.accessibilityInformation = { label: shown.spoken };
    const [command, argument] = shown.about;
    item.command = { command: `delveDoctor.${command}`, title: say`Show Report`, arguments: [argument] };
  };
  update();
  context.subscriptions.push(
    { dispose: () => item?.dispose() },
    launches.onChanged(update),
    history.onChanged(update),
  );
}

function shownOf({ launches, history }: Editor): Shown | undefined {
  const followed = launches.last();
  if (followed !== undefined && (followed.via === "waiting" || isUnderway(followed)))
    return followedShown(followed);
  const past = (followed && history.get(history.idOf(followed))) ?? history.all().at(-1);
  return past && pastShown(past, followed);
}

function pastShown(one: PastLaunch, followed: Followed | undefined): Shown {
  const before = followed?.repeats && say`before the fix ${total(followed.repeats)}`;
  const details = [one.name, where(one.host), ...(before === undefined ? [] : [before])];
  return {
    text: say`Last launch ${pastWords(one)}`,
    detail: plainLabel(details.join(" · ")),
    spoken: pastSentence(one),
    ...(one.outcome === "failed" && { severity: LanguageStatusSeverity.Error }),
    about: ["openLaunch", one.id],
  };
}

function followedShown({ id, name, host, via, state, gone }: Followed): Shown {
  const place = `${name} ${where(host)}`;
  const detail = plainLabel(place);
  const about = ["showReport", id] as const;
  const { editor, timeline } = state?.launch ?? {};
  const phase = phaseWord(timeline?.current ?? "start");
  if (via === "waiting" && editor !== undefined) {
    const text = gone
      ? say`Last launch given up after ${duration(editor.ms)}`
      : say`Launch waits ${awaited(editor)}`;
    const severity = gone ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Warning;
    return { text: plainLabel(text), detail, spoken: `${place}: ${text}`, severity, about };
  }
  if (state?.stall !== undefined) {
    const text = say`Launch stalled in ${phase}`;
    const severity = LanguageStatusSeverity.Warning;
    return { text, detail, spoken: `${place}: ${text}`, severity, busy: true, about };
  }
  const text = say`Launching · ${phase}`;
  return { text, detail, spoken: `${place}: ${text}`, busy: state?.late === true, about };
}
