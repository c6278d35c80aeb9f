import { Range, type TextDocument, Uri, WorkspaceEdit, window, workspace } from "vscode";
import { readText } from "../config/text.ts";
import { say } from "../core/say.ts";
import type { TextChange } from "../fixes/change.ts";
import { spliceIn } from "../fixes/splice.ts";

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
  const changed: Edited = {
    kind: "refused",
    because: say`${file} was changed since the preview; preview it again`,
  };
  if (before === null || after === null) {
    // What the person wrote since, into the file or only into its buffer, must not go with it.
    if (onDisk !== before || bufferOf(uri)?.isDirty) return changed;
    if (after === null) edit.deleteFile(uri);
    else edit.createFile(uri, { contents: Buffer.from(after) });
    const done = await workspace.applyEdit(edit);
    return done ? { kind: "saved", change } : { kind: "refused", because: say`${file} could not be written` };
  }
  const document = await workspace.openTextDocument(uri);
  const splice = spliceIn(document.getText(), before, after);
  if (splice === undefined) return changed;
  const wasDirty = document.isDirty;
  const { at, removed, inserted } = splice;
  edit.replace(uri, new Range(document.positionAt(at), document.positionAt(at + removed.length)), inserted);
  if (!(await workspace.applyEdit(edit)))
    return { kind: "refused", because: say`${file} could not be edited` };
  if (wasDirty && !(await maySave(document))) return { kind: "unsaved" };
  if (!(await document.save())) return { kind: "refused", because: say`${file} could not be saved` };
  return { kind: "saved", change: { ...change, before: onDisk, after: (await readText(file)) ?? null } };
}

function bufferOf(uri: Uri): TextDocument | undefined {
  return workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
}

async function maySave({ fileName }: TextDocument): Promise<boolean> {
  const detail = say`It has edits of yours that are not saved yet. They would be saved together with the fix.`;
  const question = say`Save ${fileName.split(/[/\\]/).at(-1) ?? fileName}?`;
  const save = say`Save`;
  return (await window.showWarningMessage(question, { modal: true, detail }, save)) === save;
}
