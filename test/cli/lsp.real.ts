import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type CompletionList,
  createProtocolConnection,
  type Hover,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { able, hello } from "../language/lspClient.ts";
import { leftIn, start } from "./delveDoctor.ts";

const text = `{
  "configurations": [
    { "name": "A", "type": "go", "request": "attach", "mode": "exec", "processId": 1 },
    { "name": "B", "type": "go", "request": "launch", "mode": "debug", "program": "" }
  ]
}
`;

describe("delve-doctor lsp", () => {
  let folder: string;
  before(async function () {
    this.timeout(60_000);
    folder = await mkdtemp(join(tmpdir(), "delve-doctor-lsp-"));
    await mkdir(join(folder, "cmd", "app"), { recursive: true });
    await writeFile(join(folder, "cmd", "app", "main.go"), "package main\n\nfunc main() {}\n");
    // The bundle is made at the first start.
    const { child, ended } = await start(folder, ["lsp", "--help"]);
    child.stdin?.end();
    await ended;
  });
  afterEach(() => assert.deepEqual(leftIn(folder), []));
  after(() => rm(folder, { recursive: true, force: true }));

  /** A server that runs, and a client that has said hello as the process `pid`. */
  async function server(pid = process.pid) {
    const { child, ended } = await start(folder, ["lsp", "--stdio"]);
    assert.ok(child.stdin && child.stdout);
    const { stdin, stdout } = child;
    const connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    return { child, ended, client: await hello(connection, able, {}, pid) };
  }

  it("tells, explains and proposes over stdin and stdout, and ends with 0 when it is asked to", async () => {
    const { client, ended } = await server();
    const uri = String(pathToFileURL(join(folder, ".vscode", "launch.json")));
    await client.open(uri, text);
    const codes = (await client.diagnostics(uri, 1)).map(({ code }) => code);
    assert.ok(codes.includes("DLV103"), JSON.stringify(codes));
    const at = (line: number, word: string) => ({
      textDocument: { uri },
      position: { line, character: (text.split("\n")[line] ?? "").indexOf(word) + 1 },
    });
    const hover: Hover = await client.connection.sendRequest("textDocument/hover", at(2, '"exec"'));
    assert.match(JSON.stringify(hover.contents), /\*\*mode\*\*/);
    const list: CompletionList = await client.connection.sendRequest("textDocument/completion", at(3, '""'));
    assert.equal(list.items[0]?.label, "${workspaceFolder}/cmd/app");
    assert.equal(await client.connection.sendRequest("shutdown"), null);
    await client.connection.sendNotification("exit");
    const { code, stderr } = await ended;
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  });

  it("ends with 1 at an exit without a shutdown", async () => {
    const { client, ended } = await server();
    await client.connection.sendNotification("exit");
    assert.equal((await ended).code, 1);
  });

  it("ends when its client's end of the pipe is closed, and when the client's process is gone", async () => {
    const gone = spawn("true");
    await once(gone, "exit");
    const [closed, orphan] = await Promise.all([server(), server(gone.pid)]);
    closed.child.stdin?.end();
    assert.equal((await closed.ended).code, 1);
    assert.equal((await orphan.ended).code, 1);
  });
});
