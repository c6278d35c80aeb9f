import { findNodeAtLocation } from "jsonc-parser";
import {
  CodeAction,
  CodeActionKind,
  Diagnostic,
  DiagnosticSeverity,
  languages,
  Range,
  type TextDocument,
  Uri,
  workspace,
} from "vscode";
import { parseJsonc } from "../config/jsonc.ts";
import type { JsonPath } from "../core/fix.ts";
import type { ReportedFinding } from "../report/report.ts";
import type { Editor } from "./editor.ts";
import { type Followed, isUnderway } from "./launches.ts";
import { targetOf } from "./target.ts";

/** A finding of a launch, marked where its configuration is written. */
interface Mark {
  readonly followed: Followed;
  readonly finding: ReportedFinding;
  readonly diagnostic: Diagnostic;
}

/**
 * Marks the findings of the last launch of each configuration in the file it is written in, and offers their fixes there.
 * A later launch of that configuration takes its marks away.
 */
export function markFindings({ launches, context }: Editor): void {
  const collection = languages.createDiagnosticCollection("delve-doctor");
  const marks = new Map<string, readonly Mark[]>();
  const put = (file: string, mine: readonly Mark[]) => {
    marks.set(file, mine);
    collection.set(
      Uri.file(file),
      mine.map(({ diagnostic }) => diagnostic),
    );
  };
  const drop = ({ id, name }: Followed) => {
    for (const [file, mine] of marks)
      put(
        file,
        mine.filter(({ followed }) => followed.name !== name || followed.id === id),
      );
  };
  const shown = new WeakMap<Followed, unknown>();
  const update = async (followed: Followed) => {
    const { diagnosed } = followed;
    if (isUnderway(followed) && diagnosed === undefined) drop(followed);
    if (diagnosed === undefined || shown.get(followed) === diagnosed) return;
    shown.set(followed, diagnosed);
    const { source } = await targetOf(followed);
    if (source === undefined) return;
    const document = await workspace.openTextDocument(Uri.file(source.file));
    const others = (marks.get(source.file) ?? []).filter((mark) => mark.followed.name !== followed.name);
    // Where only a person can act, as on a compiler's error, launch.json is not the place that is wrong.
    const findings = diagnosed.report.findings.filter((one) =>
      one.fixes.some(({ kind }) => kind !== "advice"),
    );
    const mine = findings.map((finding) => ({
      followed,
      finding,
      diagnostic: diagnosticOf(document, source.at, finding),
    }));
    put(source.file, [...others, ...mine]);
  };
  const files = [{ pattern: "**/.vscode/launch.json" }, { pattern: "**/*.code-workspace" }];
  context.subscriptions.push(
    collection,
    launches.onChanged((followed) => void update(followed)),
    languages.registerCodeActionsProvider(
      files,
      {
        provideCodeActions: ({ uri }, range) =>
          (marks.get(uri.fsPath) ?? [])
            .filter(({ diagnostic }) => diagnostic.range.intersection(range) !== undefined)
            .flatMap(actionsOf),
      },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
  );
}

/** The finding on the line it is about: the attribute that its best fix edits, else the configuration's name. */
function diagnosticOf(document: TextDocument, at: JsonPath, finding: ReportedFinding): Diagnostic {
  const { root } = parseJsonc(document.getText());
  const edits = finding.fixes.flatMap(({ action }) => (action.kind === "launch.json" ? action.edits : []));
  const places = [...edits.map((edit) => edit.at.slice(0, 1)), ["name"], []];
  const nodes = places.map((place) => root && findNodeAtLocation(root, [...at, ...place]));
  const node = nodes.find((one) => one !== undefined);
  // A property is marked by its key as well: the value alone may be half a file.
  const offset = node?.parent?.type === "property" ? node.parent.offset : (node?.offset ?? 0);
  const start = document.positionAt(offset);
  const range = new Range(start, document.lineAt(start.line).range.end);
  const diagnostic = new Diagnostic(range, finding.because, DiagnosticSeverity.Warning);
  diagnostic.source = "Delve Doctor";
  diagnostic.code = finding.cause;
  return diagnostic;
}

function actionsOf({ followed, finding, diagnostic }: Mark): CodeAction[] {
  const action = (title: string, command: string, ...args: unknown[]): CodeAction => {
    const one = new CodeAction(title, CodeActionKind.QuickFix);
    one.diagnostics = [diagnostic];
    one.command = { title, command: `delveDoctor.${command}`, arguments: [followed.id, ...args] };
    return one;
  };
  const fixes = finding.fixes.map((fix) => {
    const one = action(fix.title, "applyFix", fix.id);
    one.isPreferred = fix.preferred;
    return one;
  });
  return [
    ...fixes,
    action("Show the report of this launch", "showReport"),
    action(`Ignore "${finding.cause}" here`, "ignoreCause", finding.cause),
  ];
}
