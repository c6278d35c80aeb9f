import { commands, type MessageItem, type QuickPickItem, Uri, window } from "vscode";
import { say } from "../core/say.ts";
import type { Change, TextChange } from "../fixes/change.ts";
import { documentUri, scheme, setDocument } from "./documents.ts";

/** What a preview says: what is asked, and for a command what it is, where it acts and how it is undone. */
export interface Question {
  readonly title: string;
  readonly detail: string;
  /** Where it acts, whether it needs root, and whether it can be undone: what a diff does not show. */
  readonly terms?: string;
  /** Relaunching is offered, too. */
  readonly relaunch: boolean;
  /** There are other fixes to choose from. */
  readonly others: boolean;
}

/** What a person says to a preview. */
export type Answer = "apply" | "relaunch" | "other";

const titles: Readonly<Record<Answer, string>> = {
  relaunch: say`Apply and Relaunch`,
  apply: say`Apply`,
  other: say`Choose Another Fix…`,
};

/**
 * Shows what would be done, exactly: a diff or a command, and where it acts. Answers undefined where it shall not be done.
 */
export async function preview(question: Question, change: Change): Promise<Answer | undefined> {
  const { title, detail, relaunch, others } = question;
  const other: readonly Answer[] = others ? ["other"] : [];
  if (change.kind === "advice") return askModally(title, change.text, other);
  const answers: readonly Answer[] = [...(relaunch ? (["relaunch"] as const) : []), "apply", ...other];
  if (change.kind === "command") return askModally(title, detail, answers);
  await showDiff(title, change);
  const answer = await askAbove(question, answers);
  await closeDiffs();
  return answer;
}

async function askModally(
  title: string,
  detail: string,
  answers: readonly Answer[],
): Promise<Answer | undefined> {
  const items = answers.map((means): MessageItem & { means: Answer } => ({ title: titles[means], means }));
  return (await window.showInformationMessage(title, { modal: true, detail }, ...items))?.means;
}

/** Asks above the diff: a notification would move behind the bell after some seconds, a dialog would cover the diff. */
async function askAbove({ title, terms }: Question, answers: readonly Answer[]): Promise<Answer | undefined> {
  const items: readonly (QuickPickItem & { means?: Answer })[] = [
    ...answers.map((means) => ({ label: titles[means], means })),
    { label: say`Discard` },
  ];
  const options = {
    title: say`Apply this change?`,
    placeHolder: [title, ...(terms === undefined ? [] : [terms])].join(" · "),
    ignoreFocusOut: true,
  };
  return (await window.showQuickPick(items, options))?.means;
}

async function showDiff(title: string, { file, before, after }: TextChange): Promise<void> {
  const name = file.split(/[/\\]/).at(-1) ?? file;
  const old = documentUri(name, "before");
  const now = documentUri(name, "after");
  setDocument(old, before ?? "");
  setDocument(now, after ?? "");
  await commands.executeCommand("vscode.diff", old, now, `${name}: ${title}`, { preview: true });
}

async function closeDiffs(): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  await window.tabGroups.close(tabs.filter(({ input }) => modifiedOf(input)?.scheme === scheme));
}

function modifiedOf(input: unknown): Uri | undefined {
  const modified =
    typeof input === "object" && input !== null && "modified" in input ? input.modified : undefined;
  return modified instanceof Uri ? modified : undefined;
}
