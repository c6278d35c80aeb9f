import { commands, type MessageItem, Uri, window } from "vscode";
import type { Change, TextChange } from "../fixes/change.ts";
import { documentUri, scheme, setDocument } from "./documents.ts";

/** What a preview says: what is asked, and for a command what it is, where it acts and how it is undone. */
export interface Question {
  readonly title: string;
  readonly detail: string;
  /** Relaunching is offered, first or second. */
  readonly relaunch?: "first" | "second";
}

interface Answer extends MessageItem {
  readonly means: "apply" | "relaunch" | "discard";
}

const answers: Readonly<Record<Answer["means"], Answer>> = {
  relaunch: { title: "Apply and Relaunch", means: "relaunch" },
  apply: { title: "Apply", means: "apply" },
  discard: { title: "Discard", means: "discard" },
};

/** Shows what would be done, exactly: a diff or a command. Answers undefined where it shall not be done. */
export async function preview(question: Question, change: Change): Promise<"apply" | "relaunch" | undefined> {
  const { title, detail, relaunch } = question;
  if (change.kind === "advice") {
    await window.showInformationMessage(title, { modal: true, detail: change.text });
    return undefined;
  }
  const { apply, discard } = answers;
  const offered = relaunch === undefined ? [apply] : [answers.relaunch, apply];
  if (relaunch === "second") offered.reverse();
  if (change.kind === "command")
    return meant(await window.showInformationMessage(title, { modal: true, detail }, ...offered));
  await showDiff(title, change);
  const answer = await window.showInformationMessage(`${title}?`, ...offered, discard);
  await closeDiffs();
  return meant(answer);
}

function meant(answer: Answer | undefined): "apply" | "relaunch" | undefined {
  return answer === undefined || answer.means === "discard" ? undefined : answer.means;
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
