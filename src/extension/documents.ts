import { EventEmitter, type TextDocumentContentProvider, Uri, workspace } from "vscode";

/** The scheme of our read-only documents: reports, and files as a fix would make them. */
export const scheme = "delve-doctor";

const texts = new Map<string, string>();
const changes = new EventEmitter<Uri>();

/** Where a read-only document is found. `name` is what its tab says; `key` tells documents of one name apart. */
export function documentUri(name: string, key: string | number): Uri {
  return Uri.from({ scheme, path: `/${name.replaceAll(/[/\\]/g, "∕")}`, query: String(key) });
}

/** Sets what a document says; one that is open shows it at once. */
export function setDocument(uri: Uri, text: string): void {
  texts.set(uri.toString(), text);
  changes.fire(uri);
}

/** Serves the documents, and forgets one when it is closed. */
export function serveDocuments(): { dispose(): void }[] {
  const provider: TextDocumentContentProvider = {
    onDidChange: changes.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()),
  };
  return [
    workspace.registerTextDocumentContentProvider(scheme, provider),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === scheme) texts.delete(uri.toString());
    }),
  ];
}
