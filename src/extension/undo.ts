import { window } from "vscode";
import { say } from "../core/say.ts";
import { withCodePoints } from "../core/unprintable.ts";
import { forget, remembered } from "../fixes/journal.ts";
import { commandLine } from "../fixes/preview.ts";
import { undoOf } from "../fixes/undo.ts";
import { localHost } from "../hosts/local.ts";
import { where } from "../report/words.ts";
import { carryOut } from "./carryOut.ts";
import { hostOn } from "./connections.ts";
import { editText } from "./edit.ts";
import type { Editor } from "./editor.ts";
import { preview } from "./preview.ts";

/** Takes the last fix back, once the person has seen what that changes. */
export async function undoFix({ context, log }: Editor): Promise<void> {
  const journal = context.globalStorageUri.fsPath;
  const last = (await remembered(journal)).at(-1);
  const on =
    last?.kind === "command" && last.host.kind !== "local"
      ? `${last.host.kind}:${last.host.name}`
      : undefined;
  const host = on === undefined ? localHost : hostOn(on);
  const undo = await undoOf(journal, host);
  if (undo.kind === "nothing") {
    void window.showInformationMessage(say`There is no fix to undo.`);
    return;
  }
  const { entry } = undo;
  if (undo.kind === "refused") throw new Error(say`${entry.fix} is not undone: ${undo.because}`);
  const { change } = undo;
  const detail =
    change.kind === "command"
      ? `${say`Runs ${where(host)}, in ${withCodePoints(change.cwd)}:`}\n$ ${commandLine(change)}`
      : "";
  if (
    (await preview({ title: say`Undo ${entry.fix}`, detail, relaunch: false, others: false }, change)) ===
    undefined
  )
    return;
  if (change.kind === "text") {
    const edited = await editText(change);
    if (edited.kind === "refused") throw new Error(edited.because);
  } else {
    // Only the person can say that the command they sent was the one that was typed.
    if (!(await carryOut(change, on, async () => true))) return;
  }
  await forget(journal, entry.id);
  log.info(`undone: ${entry.fix}`);
}
