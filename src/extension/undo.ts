import { window } from "vscode";
import { applyChange } from "../fixes/apply.ts";
import { forget } from "../fixes/journal.ts";
import { commandLine } from "../fixes/preview.ts";
import { undoOf } from "../fixes/undo.ts";
import { localHost } from "../hosts/local.ts";
import { editText } from "./edit.ts";
import type { Editor } from "./editor.ts";
import { preview } from "./preview.ts";
import { runInTerminal } from "./terminal.ts";

/** Takes the last fix back, once the person has seen what that changes. */
export async function undoFix({ context, log }: Editor): Promise<void> {
  const journal = context.globalStorageUri.fsPath;
  const undo = await undoOf(journal, localHost);
  if (undo.kind === "nothing") {
    void window.showInformationMessage("There is no fix to undo.");
    return;
  }
  const { entry } = undo;
  if (undo.kind === "refused") throw new Error(`${entry.fix} is not undone: ${undo.because}`);
  const { change } = undo;
  const detail = change.kind === "command" ? `In ${change.cwd}:\n$ ${commandLine(change)}` : "";
  if ((await preview({ title: `Undo ${entry.fix}`, detail, relaunch: false }, change)) === undefined) return;
  if (change.kind === "text") {
    const edited = await editText(change);
    if (edited.kind === "refused") throw new Error(edited.because);
  } else {
    const applied = await applyChange(change, localHost);
    if (applied.kind === "failed" || applied.kind === "refused") throw new Error(applied.because);
    // Only the person can say that the command they sent was the one that was typed.
    if (applied.kind === "in-terminal" && !(await runInTerminal(applied, async () => true))) return;
  }
  await forget(journal, entry.id);
  log.info(`undone: ${entry.fix}`);
}
