import { duplexPair } from "node:stream";
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { serve } from "../../src/language/server.ts";

/** What an editor of these days can do; whatever it asks for by itself is left out. */
export const able: ClientCapabilities = {
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, isPreferredSupport: true },
    completion: { completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } } },
  },
  workspace: { workspaceEdit: { documentChanges: true } },
};

/** A client of a language server. */
export interface LspClient {
  readonly connection: ProtocolConnection;
  readonly hello: InitializeResult;
  /** Everything that the server has sent by itself, in order. */
  readonly told: readonly PublishDiagnosticsParams[];
  /** What its log has been told. */
  readonly logged: readonly string[];
  /** Waits for something that happens because of messages. */
  until<T>(look: () => T | undefined): Promise<T>;
  open(uri: string, text: string, version?: number): Promise<void>;
  change(uri: string, text: string, version: number): Promise<void>;
  /** The diagnostics of a version, once they are sent. */
  diagnostics(uri: string, version: number): Promise<readonly Diagnostic[]>;
}

/** A server over two streams of this process, and a client that has said hello. */
export async function inProcess(
  capabilities: ClientCapabilities = able,
  initializationOptions: unknown = {},
): Promise<LspClient> {
  const [near, far] = duplexPair();
  serve(createConnection(new StreamMessageReader(far), new StreamMessageWriter(far)));
  const connection = createProtocolConnection(new StreamMessageReader(near), new StreamMessageWriter(near));
  return hello(connection, capabilities, initializationOptions);
}

/** Says hello to a server, as the process `processId`. */
export async function hello(
  connection: ProtocolConnection,
  capabilities: ClientCapabilities = able,
  initializationOptions: unknown = {},
  processId: number | undefined = process.pid,
): Promise<LspClient> {
  const told: PublishDiagnosticsParams[] = [];
  const logged: string[] = [];
  connection.onNotification("textDocument/publishDiagnostics", (one: PublishDiagnosticsParams) => {
    told.push(one);
  });
  connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
    logged.push(message);
  });
  connection.listen();
  const until = async <T>(look: () => T | undefined): Promise<T> => {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  };
  const answer: InitializeResult = await connection.sendRequest("initialize", {
    processId,
    rootUri: null,
    capabilities,
    initializationOptions,
  });
  await connection.sendNotification("initialized", {});
  return {
    connection,
    hello: answer,
    told,
    logged,
    until,
    open: (uri, text, version = 1) =>
      connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri, languageId: "jsonc", version, text },
      }),
    change: (uri, text, version) =>
      connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      }),
    diagnostics: (uri, version) =>
      until(() => told.findLast((one) => one.uri === uri && one.version === version)?.diagnostics),
  };
}
