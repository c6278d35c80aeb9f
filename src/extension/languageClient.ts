import { l10n, workspace } from "vscode";
import {
  type ErrorHandler,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  type StaticFeature,
  TransportKind,
} from "vscode-languageclient/node";
import { doubtful, patterns } from "../language/kind.ts";
import { showComplaints } from "./complaints.ts";
import { type Editor, inBackground } from "./editor.ts";

/**
 * A server that is asked for diagnostics decides when they change; what we hide and show again changes at other times as
 * well, so that we would rather be told.
 */
const toldUnasked: StaticFeature = {
  fillClientCapabilities({ textDocument }) {
    delete textDocument?.diagnostic;
  },
  initialize() {},
  getState: () => ({ kind: "static" }),
  clear() {},
};

/**
 * Starts the language server in a process of its own, so that no file keeps the extension host from its work. A server
 * that crashes is started again, five times within three minutes at most; each time is one line in the log.
 * Gives what ends it.
 */
export function startClient({ context, log }: Pick<Editor, "context" | "log">): () => Promise<void> {
  const complaints = showComplaints();
  const errorHandler: ErrorHandler = {
    error: async (...about) => ({ ...(await usual.error(...about)), handled: true }),
    closed: async () => ({ ...(await usual.closed()), handled: true }),
  };
  const options: LanguageClientOptions = {
    documentSelector: ["file", "vscode-userdata"].flatMap((scheme) =>
      [...patterns, doubtful].map((pattern) => ({ scheme, pattern })),
    ),
    initializationOptions: () => ({
      // VS Code completes by the schema of the Go extension itself.
      builtInJson: true,
      // A hover opens no command; this opens as a preview (workbench.editorAssociations in package.json).
      explain: "delve-doctor:/rules/{code}.md",
      explainCommand: "delveDoctor.explainRule",
      trusted: workspace.isTrusted,
      language: l10n?.bundle,
    }),
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticCollectionName: "delve-doctor-rules",
    middleware: complaints.middleware,
    errorHandler,
  };
  const server = { module: context.asAbsolutePath("dist/server.cjs"), transport: TransportKind.ipc };
  const client = new LanguageClient("delveDoctor", "Delve Doctor", server, options);
  client.registerFeature(toldUnasked);
  const usual = client.createDefaultErrorHandler();
  const listener = workspace.onDidGrantWorkspaceTrust(() => inBackground({ log }, client.restart()));
  inBackground({ log }, client.start());
  return async () => {
    listener.dispose();
    complaints.dispose();
    await client.dispose();
  };
}
