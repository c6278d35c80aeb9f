const { dirname } = require("node:path");
const vscode = require("vscode");

/** The test functions of a document, with the line (from 0) that each is declared on. */
function functionsOf(document) {
  return [...document.getText().matchAll(/^func (Test\w+)\(/gm)].map(({ index, 1: name }) => ({
    name,
    line: document.positionAt(index).line,
  }));
}

/** The configuration that golang.go 0.58 makes for one test; it belongs to no launch.json, and all have one name. */
function debugTest(uri, name, sessionID) {
  return vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(uri), {
    name: "Debug Test",
    type: "go",
    request: "launch",
    mode: "test",
    program: dirname(uri.fsPath),
    env: {},
    args: ["-test.run", `^${name}$`],
    buildFlags: "",
    sessionID,
  });
}

/** A code lens above each test, and a test explorer with a profile for debugging, which waits for its session to end. */
function registerTests() {
  const selector = { pattern: "**/*_test.go" };
  const controller = vscode.tests.createTestController("standin-go", "Go");
  const list = (document) => {
    if (!document.fileName.endsWith("_test.go")) return;
    for (const { name, line } of functionsOf(document)) {
      const item = controller.createTestItem(name, name, document.uri);
      item.range = new vscode.Range(line, 0, line, 1);
      controller.items.add(item);
    }
  };
  controller.createRunProfile("Go (Debug)", vscode.TestRunProfileKind.Debug, (request) =>
    debugOne(controller, request),
  );
  vscode.workspace.textDocuments.forEach(list);
  return [
    controller,
    vscode.workspace.onDidOpenTextDocument(list),
    vscode.commands.registerCommand("go.debug.cursor", ({ functionName }) =>
      debugTest(vscode.window.activeTextEditor.document.uri, functionName),
    ),
    vscode.languages.registerCodeLensProvider(selector, {
      provideCodeLenses: (document) =>
        functionsOf(document).map(({ name, line }) => {
          const command = {
            title: "debug test",
            command: "go.debug.cursor",
            arguments: [{ functionName: name }],
          };
          return new vscode.CodeLens(new vscode.Range(line, 0, line, 1), command);
        }),
    }),
  ];
}

async function debugOne(controller, request) {
  const [item] = request.include ?? [];
  const id = `debug ${item.id}`;
  const run = controller.createTestRun(request);
  const ended = new Promise((resolve) => {
    const listener = vscode.debug.onDidTerminateDebugSession(({ configuration }) => {
      if (configuration.sessionID !== id) return;
      listener.dispose();
      resolve();
    });
  });
  if (await debugTest(item.uri, item.label, id)) await ended;
  run.end();
}

module.exports = { registerTests };
