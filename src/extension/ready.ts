import { type Disposable, type TextDocument, workspace } from "vscode";

/** How long (ms) after a Go file is open: a window that starts has other extensions to start first. */
const restMs = 2000;

/** Does something once, a while after the first Go file is open: a person who reads Go may soon launch it. */
export function onceGoIsOpen(work: () => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const look = (documents: readonly TextDocument[]) => {
    if (timer !== undefined || !documents.some(({ languageId }) => languageId === "go")) return;
    timer = setTimeout(work, restMs);
    listener.dispose();
  };
  const listener = workspace.onDidOpenTextDocument((document) => look([document]));
  look(workspace.textDocuments);
  return {
    dispose() {
      listener.dispose();
      clearTimeout(timer);
    },
  };
}
