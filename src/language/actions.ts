import { type CodeAction, CodeActionKind, type TextEdit } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type Splice, spliceOf } from "../fixes/splice.ts";
import type { Problem } from "./check.ts";
import { diagnosticOf, rangeOf } from "./diagnostics.ts";
import type { Document } from "./document.ts";
import { fixAll, ignoreHere, spliceFor } from "./quickFix.ts";

/** What can be done about one problem: its fixes, the first preferred, and to ignore it here. */
export function actionsOf(
  problem: Problem,
  document: Document,
  text: TextDocument,
  uri: string,
): CodeAction[] {
  const diagnostics = [diagnosticOf(problem, text, uri)];
  const fixes = problem.fixes.flatMap(({ title, edits }, index): CodeAction[] => {
    const splice = spliceFor(document, edits);
    if (splice === undefined) return [];
    const edit = { changes: { [uri]: [textEdit(splice, text)] } };
    return [{ title, kind: CodeActionKind.QuickFix, diagnostics, edit, isPreferred: index === 0 }];
  });
  // A text that cannot be read has no line to put a comment above for certain.
  if (problem.code === "DLV001") return fixes;
  const ignore = { changes: { [uri]: [textEdit(ignoreHere(document, problem), text)] } };
  const title = `Ignore ${problem.code} here`;
  return [...fixes, { title, kind: CodeActionKind.QuickFix, diagnostics, edit: ignore }];
}

/** The one action that makes every safe fix, or none where there is nothing to fix. */
export function wholeFix(
  document: Document,
  problemsOf: (document: Document) => readonly Problem[],
  text: TextDocument,
  uri: string,
): CodeAction[] {
  const after = fixAll(document, problemsOf);
  if (after === document.text) return [];
  const edit = { changes: { [uri]: [textEdit(spliceOf(document.text, after), text)] } };
  return [{ title: "Fix all that is safe to fix", kind: `${CodeActionKind.SourceFixAll}.delveDoctor`, edit }];
}

function textEdit({ at, removed, inserted }: Splice, text: TextDocument): TextEdit {
  return { range: rangeOf({ start: at, end: at + removed.length }, text), newText: inserted };
}
