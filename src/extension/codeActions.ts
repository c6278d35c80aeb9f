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
import { findIn } from "../config/find.ts";
import { parseJsonc } from "../config/jsonc.ts";
import type { JsonPath } from "../core/fix.ts";
import { say } from "../core/say.ts";
import type { ReportedFinding } from "../report/report.ts";
import { type Editor, inBackground } from "./editor.ts";
import { type Followed, isUnderway } from "./launches.ts";
import { targetOf } from "./target.ts";

/** A finding of a launch, to be marked where its configuration is written. */
interface Mark {
  readonly followed: Followed;
  readonly finding: ReportedFinding;
  /** The path to the list of configurations in the file's JSON. */
  readonly under: JsonPath;
}

/**
 * Marks the findings of the last launch of each configuration in the file it is written in, and offers their fixes there.
 * A later launch of that configuration takes its marks away.
 */
export function markFindings(editor: Editor): void {
  const { launches, context } = editor;
  const collection = languages.createDiagnosticCollection("delve-doctor");
  const marks = new Map<string, readonly Mark[]>();
  const show = (document: TextDocument) => {
    const mine = marks.get(document.fileName) ?? [];
    collection.set(
      document.uri,
      mine.flatMap((mark) => diagnosticOf(document, mark) ?? []),
    );
  };
  const put = async (file: string, mine: readonly Mark[]) => {
    marks.set(file, mine);
    show(await workspace.openTextDocument(Uri.file(file)));
  };
  const drop = async ({ id, name }: Followed) => {
    for (const [file, mine] of marks) {
      const left = mine.filter(({ followed }) => followed.name !== name || followed.id === id);
      if (left.length < mine.length) await put(file, left);
    }
  };
  const shown = new WeakMap<Followed, unknown>();
  const update = async (followed: Followed) => {
    const { diagnosed, name } = followed;
    if (isUnderway(followed) && diagnosed === undefined) await drop(followed);
    if (diagnosed === undefined || shown.get(followed) === diagnosed) return;
    shown.set(followed, diagnosed);
    const { source } = await targetOf(followed);
    if (source === undefined) return;
    // Where only a person can act, as on a compiler's error, launch.json is not the place that is wrong.
    const findings = diagnosed.report.findings.filter((one) =>
      one.fixes.some(({ kind }) => kind !== "advice"),
    );
    const mine = findings.map((finding) => ({ followed, finding, under: source.at.slice(0, -2) }));
    const others = (marks.get(source.file) ?? []).filter((mark) => mark.followed.name !== name);
    await put(source.file, [...others, ...mine]);
  };
  const files = [{ pattern: "**/.vscode/launch.json" }, { pattern: "**/*.code-workspace" }];
  const provideCodeActions = (document: TextDocument, range: Range) =>
    (marks.get(document.fileName) ?? []).flatMap((mark) => {
      const diagnostic = diagnosticOf(document, mark);
      const here = diagnostic?.range.intersection(range) !== undefined;
      return diagnostic !== undefined && here ? actionsOf(mark, diagnostic) : [];
    });
  context.subscriptions.push(
    collection,
    launches.onChanged((followed) => inBackground(editor, update(followed))),
    // VS Code moves what it shows along with the text, and not the ranges that code actions are asked for.
    workspace.onDidChangeTextDocument(({ document }) => marks.has(document.fileName) && show(document)),
    languages.registerCodeActionsProvider(
      files,
      { provideCodeActions },
      { providedCodeActionKinds: [CodeActionKind.QuickFix] },
    ),
  );
}

/**
 * The finding on the line it is about: the attribute that its best fix edits, else the configuration's name. Undefined
 * where the configuration is no longer there.
 */
function diagnosticOf(document: TextDocument, { followed, finding, under }: Mark): Diagnostic | undefined {
  const text = document.getText();
  const { configurations } = findIn(text, document.fileName, under);
  const at = configurations.find(({ name }) => name === followed.name)?.source.at;
  if (at === undefined) return undefined;
  const { root } = parseJsonc(text);
  const edits = finding.fixes.flatMap(({ action }) => (action.kind === "launch.json" ? action.edits : []));
  const places = [...edits.map((edit) => edit.at.slice(0, 1)), ["name"]];
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

function actionsOf({ followed, finding }: Mark, diagnostic: Diagnostic): CodeAction[] {
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
    action(say`Show the report of this launch`, "showReport"),
    action(say`Ignore "${finding.cause}" here`, "ignoreCause", finding.cause),
  ];
}
