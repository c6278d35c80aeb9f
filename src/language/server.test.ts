import assert from "node:assert/strict";
import { duplexPair } from "node:stream";
import {
  createConnection,
  createProtocolConnection,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { serve } from "./server.ts";

/** A server over two streams of this process, and a client that has said hello. */
async function startServer(): Promise<ProtocolConnection> {
  const [near, far] = duplexPair();
  serve(createConnection(new StreamMessageReader(far), new StreamMessageWriter(far)));
  const client = createProtocolConnection(new StreamMessageReader(near), new StreamMessageWriter(near));
  client.listen();
  await client.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
  await client.sendNotification("initialized", {});
  return client;
}

const uri = "file:///w/.vscode/launch.json";
const text = `{
  "configurations": [
    { "name": "A", "type": "go", "request": "attach", "mode": "exec", "processId": 1 }
  ]
}
`;

describe("the language server", () => {
  it("tells what is wrong, offers a fix as an edit, and takes it back when the text is mended", async () => {
    const client = await startServer();
    const told: PublishDiagnosticsParams[] = [];
    client.onNotification("textDocument/publishDiagnostics", (one: PublishDiagnosticsParams) => {
      told.push(one);
    });
    const next = async (version: number) => {
      for (;;) {
        const one = told.find((all) => all.version === version);
        if (one !== undefined) return one.diagnostics;
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await client.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "jsonc", version: 1, text },
    });
    const [problem] = await next(1);
    assert.equal(problem?.code, "DLV103");
    const actions = await client.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range: problem.range,
      context: { diagnostics: [problem] },
    });
    assert.match(JSON.stringify(actions), /Write .*local.*Ignore DLV103 here/);
    await client.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: text.replace('"exec"', '"local"') }],
    });
    assert.deepEqual(await next(2), []);
    client.dispose();
  });
});
