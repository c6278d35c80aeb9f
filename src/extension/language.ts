import { createRequire } from "node:module";
import { type Disposable, type TextDocument, workspace } from "vscode";
import { concernsGo, kindOfText } from "../language/kind.ts";
import type { Editor } from "./editor.ts";
import { checksIn } from "./settings.ts";

type Client = Pick<Editor, "context" | "log">;

/**
 * The bundle of the language client, read when it is first needed: it is larger than what an activation needs. Node keeps
 * it, so that a second call costs nothing.
 */
export function loadClient({ context }: Client): typeof import("./languageClient.ts") {
  return createRequire(context.asAbsolutePath("dist/extension.cjs"))("./language.cjs");
}

/**
 * Starts the language server once a document is open that it has something to say about. Dispose ends the server, and
 * the promise is kept when it has ended.
 */
export function watchDocuments(editor: Client): { dispose(): Promise<void> } {
  let ending: (() => Promise<void>) | undefined;
  const listeners: Disposable[] = [];
  const stopListening = () => {
    for (const listener of listeners.splice(0)) listener.dispose();
  };
  const consider = (documents: readonly TextDocument[]) => {
    if (ending !== undefined || !documents.some(isWorthIt)) return;
    stopListening();
    try {
      ending = loadClient(editor).startClient(editor);
    } catch (error) {
      editor.log.error(error instanceof Error ? error : String(error));
    }
  };
  listeners.push(
    workspace.onDidOpenTextDocument((document) => consider([document])),
    workspace.onDidChangeTextDocument(({ document }) => consider([document])),
    workspace.onDidChangeConfiguration(() => consider(workspace.textDocuments)),
  );
  consider(workspace.textDocuments);
  return {
    async dispose() {
      stopListening();
      await ending?.();
    },
  };
}

function isWorthIt(document: TextDocument): boolean {
  const { uri } = document;
  const isReal = uri.scheme === "file" || uri.scheme === "vscode-userdata";
  const text = document.getText();
  const kind = isReal ? kindOfText(uri.path, text) : undefined;
  if (kind === undefined || !checksIn(uri)) return false;
  const besideGo = workspace.textDocuments.some(({ languageId }) => languageId === "go");
  return concernsGo(kind, text, besideGo);
}
