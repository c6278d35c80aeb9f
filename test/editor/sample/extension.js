const vscode = require("vscode");

/** The answer to each question goes to the status bar, where the test reads it back. */
function activate(context) {
  const status = vscode.window.createStatusBarItem("sample.status", vscode.StatusBarAlignment.Left);
  status.name = "Sample";
  const show = (text) => {
    status.text = text;
    status.show();
  };
  status.command = "sample.name";
  show("sample ready");

  const commands = {
    async ask() {
      show(`toast: ${await vscode.window.showWarningMessage("Which one?", "This one", "That one")}`);
    },
    async modal() {
      const detail = "It matters.";
      show(`dialog: ${await vscode.window.showWarningMessage("Really?", { modal: true, detail }, "Surely")}`);
    },
    async work() {
      const location = vscode.ProgressLocation.Notification;
      await vscode.window.withProgress(
        { location, title: "Working", cancellable: true },
        (progress, token) =>
          new Promise((resolve) => {
            progress.report({ message: "step one" });
            token.onCancellationRequested(resolve);
          }),
      );
      show("work: cancelled");
    },
    async name() {
      const kind = await vscode.window.showQuickPick(["First name", "Last name"]);
      show(`${kind}: ${await vscode.window.showInputBox({ prompt: "Which name?" })}`);
    },
    /** A virtual Markdown document in the built-in preview, long enough to need scrolling. */
    async page() {
      const uri = vscode.Uri.parse("sample:/Sample page.md");
      await vscode.commands.executeCommand("markdown.showPreview", uri);
    },
  };
  const lines = Array.from({ length: 200 }, (_, index) => `Line ${index + 1} of the page.\n`);
  context.subscriptions.push(
    status,
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`sample.${name}`, run)),
    vscode.workspace.registerTextDocumentContentProvider("sample", {
      provideTextDocumentContent: () => `# A sample page\n\n${lines.join("\n")}`,
    }),
    vscode.languages.registerCodeActionsProvider("plaintext", { provideCodeActions: offerTheFix }),
    markWords(context),
  );
}

/** Marks every "teh" with a diagnostic. */
function markWords(context) {
  const marks = vscode.languages.createDiagnosticCollection("sample");
  const look = (document) => {
    if (document.languageId !== "plaintext") return;
    const found = [...document.getText().matchAll(/\bteh\b/g)].map(({ index }) => {
      const range = new vscode.Range(document.positionAt(index), document.positionAt(index + 3));
      return new vscode.Diagnostic(range, "teh is not a word", vscode.DiagnosticSeverity.Warning);
    });
    marks.set(document.uri, found);
  };
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument(look),
    vscode.workspace.onDidChangeTextDocument(({ document }) => look(document)),
  );
  vscode.workspace.textDocuments.forEach(look);
  return marks;
}

function offerTheFix(document, _range, { diagnostics }) {
  return diagnostics.map((diagnostic) => {
    const action = new vscode.CodeAction("Write the", vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(document.uri, diagnostic.range, "the");
    return action;
  });
}

module.exports = { activate };
