import { window } from "vscode";
import { say } from "../core/say.ts";
import type { Change } from "../fixes/change.ts";
import { remember } from "../fixes/journal.ts";
import { previewOf } from "../fixes/preview.ts";
import { verify } from "../fixes/verify.ts";
import type { ReportedFix } from "../report/report.ts";
import { terms, where } from "../report/words.ts";
import { carryOut } from "./carryOut.ts";
import { diagnose, judge, remeasured } from "./diagnose.ts";
import { editText } from "./edit.ts";
import type { Editor } from "./editor.ts";
import type { Followed } from "./launches.ts";
import { plain, plainLabel } from "./plain.ts";
import { preview } from "./preview.ts";
import { noticed, relaunch } from "./relaunch.ts";
import { changeFor } from "./target.ts";

/** A fix, and the cause it is for. */
interface Choice {
  readonly cause: string;
  readonly fix: ReportedFix;
}

/** Previews a fix, applies it once the person agrees, and launches again where they want that. */
export async function applyFix(editor: Editor, followed: Followed, fixId: string | undefined): Promise<void> {
  const report = followed.diagnosed?.report ?? (await diagnose(editor, followed));
  const all = report.findings.flatMap(({ cause, fixes }) => fixes.map((fix) => ({ cause, fix })));
  const chosen = fixId === undefined ? await chooseFix(all) : all.find(({ fix }) => fix.id === fixId);
  if (chosen === undefined) {
    if (all.length === 0)
      void window.showInformationMessage(plain(say`There is no fix for ${followed.name}.`));
    return;
  }
  const { fix } = chosen;
  const change = await changeFor(fix, followed, editor.context);
  const runs = change.kind === "command" ? [say`Runs ${where(followed.host)}`] : [];
  const detail = [...runs, ...previewOf(fix, change).split("\n").slice(1)].join("\n");
  const question = {
    title: fix.title,
    detail,
    terms: terms(fix),
    relaunch: followed.written !== undefined,
    others: all.length > 1,
  };
  const answer = await preview(question, change);
  if (answer === "other") return applyFix(editor, followed, undefined);
  if (answer === undefined) return;
  if (!(await noticed(change, () => apply(editor, followed, chosen, change)))) return;
  editor.log.info(`${followed.name}: applied ${fix.id}`);
  if (answer === "relaunch") await relaunch(editor, followed, remeasured(followed, report));
}

async function chooseFix(all: readonly Choice[]): Promise<Choice | undefined> {
  if (all.length === 0) return undefined;
  const items = all.map((choice) => ({
    label: plainLabel(choice.fix.title),
    description: choice.fix.preferred ? say`preferred` : "",
    detail: `${choice.cause} · ${terms(choice.fix)}`,
    choice,
  }));
  // The report is open beside it, to be clicked and read before one is picked, and a webview takes the focus late.
  const options = { title: say`Apply which fix?`, ignoreFocusOut: true };
  return (await window.showQuickPick(items, options))?.choice;
}

/** Applies a change as it was previewed, and remembers how to take it back. True when it is in force. */
async function apply(
  editor: Editor,
  followed: Followed,
  { fix, cause }: Choice,
  change: Change,
): Promise<boolean> {
  const { host, there } = followed;
  const journal = editor.context.globalStorageUri.fsPath;
  if (change.kind === "text") {
    const edited = await editText(change);
    if (edited.kind === "refused") throw new Error(edited.because);
    if (edited.kind === "saved") await remember(journal, fix.id, edited.change, host);
    return edited.kind === "saved";
  }
  const inForce = async () => {
    const verified = await verify(cause, followed.launch(), (launch) => judge(launch, followed));
    return verified.kind === "clear";
  };
  if (!(await carryOut(change, there?.on, inForce))) return false;
  await remember(journal, fix.id, change, host);
  return true;
}
