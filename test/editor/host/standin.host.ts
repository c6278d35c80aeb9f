import assert from "node:assert/strict";
import { realpathSync } from "node:fs";
import * as vscode from "vscode";

describe("the stand-in for the Go extension, seen from another extension", () => {
  it("leaves no room for a second descriptor factory", () => {
    assert.throws(() => {
      vscode.debug.registerDebugAdapterDescriptorFactory("go", {
        createDebugAdapterDescriptor: () => undefined,
      });
    });
  });

  it("hands a fully resolved configuration to a provider for every type", async () => {
    const seen: vscode.DebugConfiguration[] = [];
    const provider = vscode.debug.registerDebugConfigurationProvider("*", {
      resolveDebugConfigurationWithSubstitutedVariables(_folder, config) {
        seen.push(config);
        // No configuration: VS Code stops here and starts nothing.
        return undefined;
      },
    });
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert(folder !== undefined);
    const env = { WHO: "launch" };
    const launch = { name: "here", type: "go", request: "launch", program: "${workspaceFolder}", env };
    await vscode.debug.startDebugging(folder, launch);
    provider.dispose();

    const [config] = seen;
    assert.equal(seen.length, 1);
    assert.equal(config?.["mode"], "debug");
    assert.equal(config?.["debugAdapter"], "dlv-dap");
    assert.equal(config?.["__buildDir"], realpathSync(folder.uri.fsPath));
    assert.equal(config?.["program"], ".");
    assert.deepEqual(config?.["env"], { WHO: "launch" });
    assert.match(config?.["dlvToolPath"], /\/dlv$/);
  });
});
