const vscode = require("vscode");
const { settle, prepare } = require("./resolve.js");
const { bridge } = require("./bridge.js");

/** Registers what golang.go registers for its debugger type; nothing of the rest of it. */
function activate(context) {
  context.subscriptions.push(
    vscode.debug.registerDebugConfigurationProvider("go", {
      resolveDebugConfiguration: settle,
      resolveDebugConfigurationWithSubstitutedVariables: prepare,
    }),
    vscode.debug.registerDebugAdapterDescriptorFactory("go", { createDebugAdapterDescriptor: describe }),
  );
}

function describe({ configuration }) {
  if (configuration.debugAdapter !== "dlv-dap") {
    throw new Error("This stand-in for the Go extension has no legacy debug adapter.");
  }
  if (configuration.port) {
    return new vscode.DebugAdapterServer(configuration.port, configuration.host ?? "127.0.0.1");
  }
  return new vscode.DebugAdapterInlineImplementation(bridge(configuration));
}

module.exports = { activate };
