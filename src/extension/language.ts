import { type Disposable, type TextDocument, workspace } from "vscode";
import { concernsGo, kindOfText } from "../language/kind.ts";
import { type Editor, inBackground } from "./editor.ts";
import { checksIn } from "./settings.ts";

type Client = Pick<Editor, "context" | "log">;

/**
 * Starts the language server once a document is open that it has something to say about. Dispose ends the server, and
 * the promise is kept when it has ended.
 */
export function watchDocuments(editor: Client): { dispose(): Promise<void> } {
  let started: Promise<() => Promise<void>> | undefined;
  const listeners: Disposable[] = [];
  const stopListening = () => {
    for (const listener of listeners.splice(0)) listener.dispose();
  };
  const consider = (documents: readonly TextDocument[]) => {
    if (started !== undefined || !documents.some(isWorthIt)) return;
    stopListening();
    started = import("./languageClient.ts").then(({ startClient }) => startClient(editor));
    inBackground(editor, started);
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
      // One that could not be started has said so.
      const end = await started?.catch(() => undefined);
      await end?.();
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
