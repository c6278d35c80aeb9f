import {
  type CodeAction,
  CodeActionKind,
  type Command,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { say } from "../core/say.ts";
import { type Splice, spliceOf } from "../fixes/splice.ts";
import type { Problem } from "./check.ts";
import type { Client } from "./client.ts";
import { diagnosticOf, rangeOf } from "./diagnostics.ts";
import type { Document } from "./document.ts";
import { fixAll, ignoreHere, spliceFor } from "./quickFix.ts";

/** The kind of the action that makes every safe fix; an editor can be told to run it on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.delveDoctor`;

/** A document with its text, for a client. */
export interface Seen {
  readonly document: Document;
  readonly text: TextDocument;
  readonly client: Client;
}

/** What can be done about one problem: its fixes, the first preferred, to ignore it here, and to read about it. */
export function actionsOf(problem: Problem, seen: Seen): (CodeAction | Command)[] {
  const { document, text, client } = seen;
  if (!client.literals) return explained(problem, client);
  const kind = CodeActionKind.QuickFix;
  const diagnostics = [diagnosticOf(problem, text, client)];
  const fixes = problem.fixes.flatMap(({ title, edits }, index): CodeAction[] => {
    const splice = spliceFor(document, edits);
    if (splice === undefined) return [];
    const preferred = index === 0 && { isPreferred: true };
    return [{ title, kind, diagnostics, edit: editOf(splice, title, seen), ...preferred }];
  });
  const explain = explained(problem, client).map((command) => ({
    title: command.title,
    kind,
    diagnostics,
    command,
  }));
  // A text that cannot be read has no line to put a comment above for certain.
  if (problem.code === "DLV001") return [...fixes, ...explain];
  const silence = ignoreHere(document, problem);
  if (silence === undefined) return [...fixes, ...explain];
  const title = say`Ignore ${problem.code} here`;
  return [...fixes, { title, kind, diagnostics, edit: editOf(silence, title, seen) }, ...explain];
}

/** The one action that makes every safe fix, or none where there is nothing to fix. */
export function wholeFix(seen: Seen, problemsOf: (document: Document) => readonly Problem[]): CodeAction[] {
  if (!seen.client.literals) return [];
  const { document } = seen;
  const after = fixAll(document, problemsOf);
  if (after === document.text) return [];
  const title = say`Fix all that is safe to fix`;
  return [{ title, kind: fixAllKind, edit: editOf(spliceOf(document.text, after), title, seen) }];
}

function explained({ code }: Problem, { explainCommand }: Client): Command[] {
  if (explainCommand === undefined) return [];
  return [{ title: say`Explain ${code}`, command: explainCommand, arguments: [code] }];
}

/** One replaced stretch; of exactly this version, and under its own name in a preview, where the client knows that. */
function editOf(
  { at, removed, inserted }: Splice,
  label: string,
  { text, client: { versions, annotations } }: Seen,
): WorkspaceEdit {
  const edit: TextEdit = {
    range: rangeOf({ start: at, end: at + removed.length }, text),
    newText: inserted,
  };
  const { uri, version } = text;
  if (!versions) return { changes: { [uri]: [edit] } };
  if (!annotations) return { documentChanges: [{ textDocument: { uri, version }, edits: [edit] }] };
  return {
    documentChanges: [{ textDocument: { uri, version }, edits: [{ ...edit, annotationId: "fix" }] }],
    changeAnnotations: { fix: { label, description: "Delve Doctor" } },
  };
}
