import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { able, inProcess, type LspClient } from "../../test/language/lspClient.ts";

const launches = (config: object) =>
  JSON.stringify({
    configurations: [{ name: "A", type: "go", request: "launch", mode: "debug", ...config }],
  });

describe("the language server in a folder", () => {
  const clients: LspClient[] = [];
  const start = async (...how: Parameters<typeof inProcess>) => {
    const client = await inProcess(...how);
    clients.push(client);
    return client;
  };
  let folder: string;
  const at = (name: string) => String(pathToFileURL(join(folder, ".vscode", name)));
  const complaining = (client: LspClient, pattern: RegExp) => {
    const now = client.told.findLast((one) => one.uri === at("launch.json"))?.diagnostics;
    return now?.some(({ message }) => pattern.test(String(message)));
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "delve-doctor-lsp-"));
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.connection.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it("looks at the machine when the text rests, and again when the client says that a file has changed", async () => {
    const watched: unknown[] = [];
    const workspace = { didChangeWatchedFiles: { dynamicRegistration: true } };
    const client = await start({ ...able, workspace });
    client.connection.onRequest("client/registerCapability", (asked: unknown) => {
      watched.push(asked);
      return null;
    });
    await client.connection.sendNotification("initialized", {});
    await client.until(() => watched[0]);
    assert.match(JSON.stringify(watched), /workspace\/didChangeWatchedFiles.*\*\*\/\*\.go/);
    await client.open(at("launch.json"), launches({ program: "${workspaceFolder}/cmd/app" }));
    await client.until(() => complaining(client, /cmd\/app/) || undefined);
    await mkdir(join(folder, "cmd", "app"), { recursive: true });
    const file = join(folder, "cmd", "app", "main.go");
    await writeFile(file, "package main\n\nfunc main() {}\n");
    await client.connection.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: String(pathToFileURL(file)), type: 1 }],
    });
    await client.until(() => complaining(client, /cmd\/app/) === false || undefined);
  });

  it("judges launches by tasks that are open and not saved", async () => {
    const client = await start();
    const task = (label: string) => JSON.stringify({ tasks: [{ label, type: "shell", command: "true" }] });
    await client.open(at("tasks.json"), task("build"));
    await client.open(
      at("launch.json"),
      launches({ program: "${workspaceFolder}", preLaunchTask: "make it" }),
    );
    await client.until(() => complaining(client, /make it/) || undefined);
    await client.change(at("tasks.json"), task("make it"), 2);
    await client.until(() => complaining(client, /make it/) === false || undefined);
    await client.change(at("tasks.json"), task("no more"), 3);
    await client.until(() => complaining(client, /make it/) || undefined);
    await client.change(at("tasks.json"), task("make it"), 4);
    await client.until(() => complaining(client, /make it/) === false || undefined);
    await client.connection.sendNotification("textDocument/didClose", {
      textDocument: { uri: at("tasks.json") },
    });
    await client.until(() => complaining(client, /make it/) || undefined);
  });

  it("says of one configuration among many what it would say without having seen the others before", async () => {
    const client = await start();
    const many = (modes: readonly string[]) =>
      JSON.stringify({
        configurations: modes.map((mode, index) => ({
          ...{ name: `${index}`, type: "go", request: "attach", mode, processId: 1 },
          linux: { nonsense: index },
        })),
      });
    const first = ["exec", "local", "local", "local"];
    const second = ["local", "exec", "exec", "local"];
    await client.open(at("launch.json"), many(first));
    await client.diagnostics(at("launch.json"), 1);
    await client.change(at("launch.json"), many(second), 2);
    const kept = await client.diagnostics(at("launch.json"), 2);
    const fresh = await start();
    await fresh.open(at("launch.json"), many(second), 2);
    assert.deepEqual(kept, await fresh.diagnostics(at("launch.json"), 2));
    assert.equal(kept.filter(({ code }) => code === "DLV103").length, 2);
  });
});
