import { debug, TreeItem, Uri, window, workspace } from "vscode";
import { differenceOf, shiftOf } from "../core/difference.ts";
import { type PastLaunch, previousOf } from "../core/history.ts";
import { say } from "../core/say.ts";
import { differenceMarkdown, shiftWords } from "../report/difference.ts";
import { pastMarkdown } from "../report/past.ts";
import { scheme, setDocument, showPage } from "./documents.ts";
import type { Editor } from "./editor.ts";
import { timeWords } from "./historyRows.ts";
import type { Followed } from "./launches.ts";
import { plain } from "./plain.ts";

/** Opens what is known of a launch: its report, as long as it is one of this window; else what is kept of it. */
export async function openLaunch(
  { history, launches }: Editor,
  which: unknown,
  report: (followed: Followed) => Promise<void>,
): Promise<void> {
  const one = known(history.get(idOf(which)));
  const number = history.numberOf(one.id);
  const followed = number === undefined ? undefined : launches.get(number);
  if (followed !== undefined) return report(followed);
  const text = pastMarkdown(one, { time: exactly, ...shiftText(history.all(), one) });
  await show(say`Delve launch: ${one.name}`, one.id, text);
}

/** Compares a launch with the one before it of the same configuration. */
export async function compareWithPrevious({ history }: Editor, which: unknown): Promise<void> {
  const after = known(history.get(idOf(which)) ?? history.all().at(-1));
  const before = previousOf(history.all(), after);
  if (before === undefined) throw new Error(say`there is no earlier launch of ${after.name}`);
  await compare(history.all(), before, after);
}

/** Compares two launches, the earlier one first, whichever was picked first. */
export async function compareSelected({ history }: Editor, selected: unknown): Promise<void> {
  const rows: readonly unknown[] = Array.isArray(selected) ? selected : [];
  const picked = rows.flatMap((row) => history.get(idOf(row)) ?? []);
  const [before, after] = picked.toSorted((one, other) => one.at - other.at);
  if (before === undefined || after === undefined || picked.length > 2)
    throw new Error(say`two launches are to be selected`);
  await compare(history.all(), before, after);
}

/** Launches the configuration of a launch once more. */
export async function rerunLaunch({ history, launches }: Editor, which: unknown): Promise<void> {
  const one = known(history.get(idOf(which)) ?? history.all().at(-1));
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.fsPath === one.folder);
  // A folder that is no longer open has taken its configurations along: one of another folder only has the same name.
  const listed: unknown = folder && workspace.getConfiguration("launch", folder).get("configurations");
  const isListed =
    Array.isArray(listed) && listed.some((each: { name?: unknown }) => each?.name === one.name);
  const number = history.numberOf(one.id);
  // A test that was run by its code lens has its configuration nowhere else.
  const configuration = isListed
    ? one.name
    : number === undefined
      ? undefined
      : launches.get(number)?.written;
  if (configuration === undefined)
    throw new Error(say`${one.name} is no longer a configuration of launch.json`);
  await debug.startDebugging(folder, configuration);
}

/** Forgets all launches, once the person agrees. What is learned of usual times stays. */
export async function clearHistory({ history }: Editor): Promise<void> {
  const clear = say`Clear`;
  const question = say`Forget the launches of this workspace?`;
  const detail = say`What is known of the usual times of its configurations stays.`;
  const answer = await window.showWarningMessage(question, { modal: true, detail }, clear);
  if (answer === clear) history.clear();
}

async function compare(all: readonly PastLaunch[], before: PastLaunch, after: PastLaunch): Promise<void> {
  const text = differenceMarkdown(differenceOf(before, after, all), {
    time: exactly,
    ...shiftText(all, after),
  });
  await show(say`Delve launches of ${after.name}`, `${before.id} ${after.id}`, text);
}

function shiftText(all: readonly PastLaunch[], one: PastLaunch): { shift?: string } {
  const shift = shiftOf(all, one);
  return shift === undefined ? {} : { shift: shiftWords(shift) };
}

/** A page that is no report: package.json gives it no buttons. */
async function show(title: string, key: string, text: string): Promise<void> {
  const name = plain(title).replaceAll(/[/\\]/g, "∕");
  const uri = Uri.from({ scheme, path: `/launches/${name}`, query: key });
  setDocument(uri, text);
  await showPage(uri);
}

/** Two launches that are compared may lie within a minute. */
function exactly(at: number): string {
  return timeWords(at, "medium");
}

/** A row of the view, or the id of its launch. */
function idOf(which: unknown): unknown {
  return which instanceof TreeItem ? which.id : which;
}

function known(one: PastLaunch | undefined): PastLaunch {
  if (one === undefined) throw new Error(say`there is no Go launch yet`);
  return one;
}
