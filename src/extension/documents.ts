import { commands, EventEmitter, type TextDocumentContentProvider, Uri, workspace } from "vscode";

/** The scheme of our read-only documents: reports, and files as a fix would make them. */
export const scheme = "delve-doctor";

/** VS Code's own Markdown preview, as an editor of its own: its title then has our buttons. */
const previewEditor = "vscode.markdown.preview.editor";

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

/** Shows a document of Markdown as it is meant; one that is open already comes to the front. */
export async function showPage(uri: Uri): Promise<void> {
  await commands.executeCommand("vscode.openWith", uri, previewEditor, { preview: true });
}

/**
 * Serves the documents, and forgets one when it is closed. What a document says that nobody has set is asked of
 * `otherwise` each time.
 */
export function serveDocuments(otherwise: (uri: Uri) => Promise<string | undefined>): { dispose(): void }[] {
  const provider: TextDocumentContentProvider = {
    onDidChange: changes.event,
    provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? otherwise(uri),
  };
  return [
    workspace.registerTextDocumentContentProvider(scheme, provider),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === scheme) texts.delete(uri.toString());
    }),
  ];
}
