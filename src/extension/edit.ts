import { Range, type TextDocument, Uri, WorkspaceEdit, window, workspace } from "vscode";
import { readText } from "../config/text.ts";
import type { TextChange } from "../fixes/change.ts";
import { spliceOf } from "../fixes/splice.ts";

/** What became of an edit: saved, in the buffer only, or not made for a reason. */
export type Edited =
  | { readonly kind: "saved"; readonly change: TextChange }
  | { readonly kind: "unsaved" }
  | { readonly kind: "refused"; readonly because: string };

/**
 * Makes a text change in the editor, so that one Ctrl+Z takes it back. A file with unsaved edits of the person's own is
 * saved only when they say so. `saved` holds the change as it is on disk.
 */
export async function editText(change: TextChange): Promise<Edited> {
  const { file, before, after } = change;
  const uri = Uri.file(file);
  const onDisk = (await readText(file)) ?? null;
  const edit = new WorkspaceEdit();
  if (before === null || after === null) {
    if (after === null) edit.deleteFile(uri);
    else edit.createFile(uri, { contents: Buffer.from(after) });
    const done = await workspace.applyEdit(edit);
    return done ? { kind: "saved", change } : { kind: "refused", because: `${file} could not be written` };
  }
  const document = await workspace.openTextDocument(uri);
  if (document.getText() !== before)
    return { kind: "refused", because: `${file} was changed since the preview; preview it again` };
  const wasDirty = document.isDirty;
  const { at, removed, inserted } = spliceOf(before, after);
  edit.replace(uri, new Range(document.positionAt(at), document.positionAt(at + removed.length)), inserted);
  if (!(await workspace.applyEdit(edit))) return { kind: "refused", because: `${file} could not be edited` };
  if (wasDirty && !(await maySave(document))) return { kind: "unsaved" };
  if (!(await document.save())) return { kind: "refused", because: `${file} could not be saved` };
  return { kind: "saved", change: { ...change, before: onDisk, after: (await readText(file)) ?? null } };
}

async function maySave({ fileName }: TextDocument): Promise<boolean> {
  const detail = "It has edits of yours that are not saved yet. They would be saved together with the fix.";
  const question = `Save ${fileName.split(/[/\\]/).at(-1)}?`;
  return (await window.showWarningMessage(question, { modal: true, detail }, "Save")) === "Save";
}
