const { execFile } = require("node:child_process");
const vscode = require("vscode");
const { settle, prepare } = require("./resolve.js");
const { bridge } = require("./bridge.js");
const { registerTests } = require("./tests.js");

/** Registers what golang.go registers for its debugger type, after it has asked go about itself; nothing of the rest of it. */
async function activate(context) {
  // Without a go golang.go's start fails with no reason given.
  await new Promise((resolve, reject) => execFile("go", ["env"], (error) => (error ? reject() : resolve())));
  context.subscriptions.push(
    vscode.debug.registerDebugConfigurationProvider("go", {
      resolveDebugConfiguration: settle,
      resolveDebugConfigurationWithSubstitutedVariables: prepare,
    }),
    vscode.debug.registerDebugAdapterDescriptorFactory("go", { createDebugAdapterDescriptor: describe }),
    ...registerTests(),
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
