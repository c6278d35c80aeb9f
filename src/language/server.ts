import { pathToFileURL } from "node:url";
import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Command,
  type CompletionParams,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  type FileSystemWatcher,
  type Hover,
  type HoverParams,
  type InitializeResult,
  LSPErrorCodes,
  MarkupKind,
  PositionEncodingKind,
  ResponseError,
  TextDocumentSyncKind,
  TextDocuments,
  WatchKind,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { speak } from "../core/say.ts";
import type { World } from "../core/world.ts";
import { actionsOf, fixAllKind, wholeFix } from "./actions.ts";
import { type Client, clientOf, languageOf } from "./client.ts";
import { completionOf } from "./completionAnswer.ts";
import { rangeOf } from "./diagnostics.ts";
import { hoverAt } from "./hover.ts";
import { type Kind, patterns } from "./kind.ts";
import { openKnowledge } from "./knowledge.ts";
import { openReadings } from "./readings.ts";
import { openTeller } from "./teller.ts";

/** Kinds of documents by which others are judged. */
const told: readonly Kind[] = ["tasks", "settings", "workspace"];

/** What configurations name: to be written differently it must be read again, else it only matters that it is there. */
const watchers: readonly FileSystemWatcher[] = [
  ...[...patterns, "**/.env*", "**/*.env", "**/go.{mod,work}"].map((globPattern) => ({ globPattern })),
  { globPattern: "**/*.go", kind: WatchKind.Create | WatchKind.Delete },
];

/**
 * Serves the files where Go launches are configured over a connection, until it is closed. Problems that show in the text
 * alone are told at every keystroke; those that need a look at the machine follow when the texts rest. Ends the process at
 * `exit`, or when the client's process is gone: with 0 where it was asked to shut down before, else with 1.
 */
export function serve(connection: Connection): void {
  let client: Client = clientOf({ processId: null, rootUri: null, capabilities: {} });
  let over = false;
  const texts = new TextDocuments(TextDocument);
  const known = openKnowledge({ textOf: (file) => readings.textOf(file), settingOf });
  const knowledge = { ...known, worldOf: (file: string) => trusting(known.worldOf(file), client) };
  const readings = openReadings(texts, knowledge, () => client.builtInJson);
  const teller = openTeller(connection, readings, knowledge, () => client, logged);

  /** The editor knows what its user has set for all folders, and what a workspace has. */
  async function settingOf(section: string, file: string): Promise<unknown> {
    if (!client.configures) return undefined;
    const scopeUri = pathToFileURL(file).href;
    return (await connection.workspace.getConfiguration({ scopeUri, section })) ?? undefined;
  }
  function report(what: string, error: unknown): void {
    connection.console.error(`${what}: ${error instanceof Error ? error.stack : String(error)}`);
  }
  function logged(work: () => void | Promise<void>): void {
    (async () => work())().catch((error: unknown) => report("look", error));
  }
  /** A request whose failure is its client's answer and the log's, and nobody else's. */
  function answered<P, R>(what: string, work: (params: P) => R | Promise<R>) {
    return async (params: P, token: CancellationToken): Promise<R> => {
      if (over) throw new ResponseError(ErrorCodes.InvalidRequest, "The server has been shut down.");
      const answer = await Promise.resolve(params)
        .then(work)
        .catch((error: unknown) => {
          report(what, error);
          throw new ResponseError(ErrorCodes.InternalError, `${what} failed: ${String(error)}`);
        });
      if (token.isCancellationRequested)
        throw new ResponseError(LSPErrorCodes.RequestCancelled, "Cancelled.");
      return answer;
    };
  }
  function codeActions({
    textDocument: { uri },
    range,
    context,
  }: CodeActionParams): (CodeAction | Command)[] {
    const reading = readings.of(uri);
    if (reading === undefined) return [];
    const { text, document, problems } = reading;
    const seen = { text, document, client };
    const [from, to] = [text.offsetAt(range.start), text.offsetAt(range.end)];
    const here = problems.filter(({ start, end }) => start <= to && end >= from);
    const { only, triggerKind } = context;
    const wants = (kind: string) => only === undefined || only.some((one) => within(kind, one));
    // Nobody has asked for the whole file where the editor only wants to know whether to show a lamp.
    const wantsAll = triggerKind !== CodeActionTriggerKind.Automatic || only !== undefined;
    return [
      ...(wants(CodeActionKind.QuickFix) ? here.flatMap((problem) => actionsOf(problem, seen)) : []),
      ...(wantsAll && wants(fixAllKind) ? wholeFix(seen, readings.problemsOf) : []),
    ];
  }

  function hover({ textDocument: { uri }, position }: HoverParams): Hover | null {
    const reading = readings.of(uri);
    if (reading === undefined) return null;
    const { text, document } = reading;
    const found = hoverAt(document, text.offsetAt(position), knowledge.worldOf(document.file));
    if (found === undefined) return null;
    const kind = client.markdown ? MarkupKind.Markdown : MarkupKind.PlainText;
    return { contents: { kind, value: found.markdown }, range: rangeOf(found, text) };
  }

  async function completion({ textDocument: { uri }, position }: CompletionParams) {
    const reading = readings.of(uri);
    if (reading === undefined) return null;
    return completionOf(reading, reading.text.offsetAt(position), knowledge, teller.learn, client);
  }

  connection.onInitialize((params): InitializeResult => {
    client = clientOf(params);
    speak(languageOf(params));
    return {
      serverInfo: { name: "delve-doctor" },
      capabilities: {
        positionEncoding: PositionEncodingKind.UTF16,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        completionProvider: { triggerCharacters: ['"', ":", " "] },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
        ...(client.pulls && {
          diagnosticProvider: {
            identifier: "delve-doctor",
            interFileDependencies: true,
            workspaceDiagnostics: false,
          },
        }),
      },
    };
  });
  connection.onInitialized(() => {
    if (client.watches)
      logged(async () => {
        await connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: [...watchers],
        });
      });
    if (client.tellsSettings)
      logged(async () => {
        await connection.client.register(DidChangeConfigurationNotification.type);
      });
  });
  connection.onShutdown(() => {
    over = true;
    teller.end();
  });
  connection.onCodeAction(answered("textDocument/codeAction", codeActions));
  connection.onCompletion(answered("textDocument/completion", completion));
  connection.onHover(answered("textDocument/hover", hover));
  connection.languages.diagnostics.on(
    answered("textDocument/diagnostic", ({ textDocument: { uri }, previousResultId }) =>
      teller.answer(uri, previousResultId),
    ),
  );
  connection.onDidChangeWatchedFiles(() => teller.outdated());
  connection.onDidChangeConfiguration(() => teller.outdated());
  const tellsOthers = (uri: string) => {
    const kind = readings.kindOf(uri);
    return kind !== undefined && told.includes(kind);
  };
  texts.onDidChangeContent(({ document }) => {
    teller.changed(document);
    if (tellsOthers(document.uri)) teller.outdated();
  });
  // What was written by hand to make a complaint go away is seen at the next save at the latest.
  texts.onDidSave(() => teller.outdated());
  texts.onDidClose(({ document: { uri } }) => {
    // What was not saved counts no more, and what the disk has counts again.
    if (tellsOthers(uri)) teller.outdated();
    teller.closed(uri);
  });
  texts.listen(connection);
  connection.listen();
}

/** In a workspace that nobody trusts no program is run, such as `docker ps` for the names of containers. */
function trusting(world: World, { trusted }: Client): World {
  if (trusted) return world;
  return { ...world, hosts: (kind) => (kind === "ssh" ? world.hosts(kind) : undefined) };
}

/** True where a kind of code action is `only` or inside it. */
function within(kind: string, only: string): boolean {
  return kind === only || kind.startsWith(`${only}.`);
}
