import { fileURLToPath } from "node:url";
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Connection,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { rules } from "../rules/index.ts";
import { actionsOf, wholeFix } from "./actions.ts";
import { check, type Problem } from "./check.ts";
import { diagnosticOf } from "./diagnostics.ts";
import type { Document } from "./document.ts";
import { kindOf } from "./kind.ts";
import { openKnowledge } from "./knowledge.ts";
import { openDocument } from "./open.ts";

/** How long (ms) the text must rest before what must be looked up on the machine is looked up. */
const restMs = 150;

/** A document as it was last read. */
interface Read {
  readonly version: number;
  readonly document: Document;
  problems: readonly Problem[];
}

/**
 * Serves the files where Go launches are configured over a connection, until it is closed. Problems that show in the text
 * alone are told at every keystroke; those that need a look at the machine follow when the text rests.
 */
export function serve(connection: Connection): void {
  const texts = new TextDocuments(TextDocument);
  const knowledge = openKnowledge();
  const reads = new Map<string, Read>();
  const timers = new Map<string, NodeJS.Timeout>();

  /** Undefined for a file that is none of ours. */
  function read(uri: string): Read | undefined {
    const text = texts.get(uri);
    const path = pathOf(uri);
    const kind = path === undefined ? undefined : kindOf(path);
    if (text === undefined || path === undefined || kind === undefined) return undefined;
    const old = reads.get(uri);
    if (old?.version === text.version) return old;
    const document = openDocument(path, kind, text.getText());
    const one = { version: text.version, document, problems: problemsOf(document) };
    reads.set(uri, one);
    return one;
  }
  const problemsOf = (document: Document) => check(document, rules, knowledge.worldOf(document.file));

  function tell(uri: string): void {
    const one = read(uri);
    const text = texts.get(uri);
    if (one === undefined || text === undefined) return;
    const diagnostics = one.problems.map((problem) => diagnosticOf(problem, text, uri));
    void connection.sendDiagnostics({ uri, version: one.version, diagnostics });
    clearTimeout(timers.get(uri));
    timers.set(
      uri,
      setTimeout(() => void lookAround(uri), restMs),
    );
  }
  async function lookAround(uri: string): Promise<void> {
    timers.delete(uri);
    if (!(await knowledge.settle())) return;
    const one = read(uri);
    if (one === undefined) return;
    one.problems = problemsOf(one.document);
    tell(uri);
  }
  function codeActions({ textDocument: { uri }, range, context }: CodeActionParams): CodeAction[] {
    const one = read(uri);
    const text = texts.get(uri);
    if (one === undefined || text === undefined) return [];
    const wants = (kind: string) =>
      context.only === undefined || context.only.some((only) => within(kind, only));
    const [from, to] = [text.offsetAt(range.start), text.offsetAt(range.end)];
    const here = one.problems.filter(({ start, end }) => start <= to && end >= from);
    return [
      ...(wants(CodeActionKind.QuickFix)
        ? here.flatMap((problem) => actionsOf(problem, one.document, text, uri))
        : []),
      ...(wants(`${CodeActionKind.SourceFixAll}.delveDoctor`)
        ? wholeFix(one.document, problemsOf, text, uri)
        : []),
    ];
  }

  connection.onInitialize(() => ({
    serverInfo: { name: "delve-doctor" },
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, `${CodeActionKind.SourceFixAll}.delveDoctor`],
      },
    },
  }));
  connection.onCodeAction(codeActions);
  texts.onDidChangeContent(({ document }) => tell(document.uri));
  texts.onDidClose(({ document: { uri } }) => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    if (reads.delete(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  texts.listen(connection);
  connection.listen();
}

/** True where a kind of code action is `only` or inside it. */
function within(kind: string, only: string): boolean {
  return kind === only || kind.startsWith(`${only}.`);
}

/** The path of a document on this machine; undefined where it is on none. VS Code gives user settings a scheme of their own. */
export function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri.replace(/^vscode-userdata:\/*/, "file:///"));
  } catch {
    return undefined;
  }
}
