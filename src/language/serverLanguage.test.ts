import assert from "node:assert/strict";
import type { CodeAction, Hover } from "vscode-languageserver/node";
import { able, inProcess, type LspClient } from "../../test/language/lspClient.ts";
import { speak } from "../core/say.ts";

const uri = "file:///w/.vscode/launch.json";
const text = `{
  "configurations": [
    { "name": "A", "type": "go", "request": "attach", "mode": "exec", "processId": 1 }
  ]
}
`;
const line = 2;
const character = (text.split("\n")[line] ?? "").indexOf('"mode"') + 1;

const language = {
  'An attach has no mode "{0}": Delve knows "local" and "remote", and refuses this one.': "附加没有模式“{0}”",
  'Write "mode": "{0}"': "写入 {0}",
  "Ignore {0} here": "在此忽略 {0}",
  "in the modes {0}": "{0} 模式",
  "Read by {0}": "由 {0} 读取",
};

/** What a server says of the text: its first complaint, the titles of its code actions, and its hover on a key. */
async function saidBy({ connection, open, diagnostics }: LspClient) {
  await open(uri, text);
  const [problem] = await diagnostics(uri, 1);
  assert.ok(problem !== undefined && typeof problem.message === "string");
  const actions: CodeAction[] = await connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: problem.range,
    context: { diagnostics: [] },
  });
  const hover: Hover = await connection.sendRequest("textDocument/hover", {
    textDocument: { uri },
    position: { line, character },
  });
  return {
    message: problem.message,
    titles: actions.map(({ title }) => title),
    hover: JSON.stringify(hover.contents),
  };
}

describe("the language server's language", () => {
  let client: LspClient | undefined;
  afterEach(() => {
    client?.connection.dispose();
    speak({});
  });

  it("is its client's, in diagnostics, code actions and hovers, and English where that has no text", async () => {
    client = await inProcess(able, { language });
    const { message, titles, hover } = await saidBy(client);
    assert.equal(message, "附加没有模式“exec”");
    assert.deepEqual(titles, ["写入 local", "在此忽略 DLV103"]);
    assert.match(hover, /由 Delve 读取/);
    assert.match(hover, /What is debugged\. A launch:/);
  });

  for (const wrong of [undefined, null, "zh-cn", { "Ignore {0} here": 1 }])
    it(`is English where the client gives ${JSON.stringify(wrong)}`, async () => {
      speak(language);
      client = await inProcess(able, { language: wrong });
      const { message, titles, hover } = await saidBy(client);
      assert.match(message, /^An attach has no mode "exec": Delve knows/);
      assert.deepEqual(titles, ['Write "mode": "local"', "Ignore DLV103 here"]);
      assert.match(hover, /Read by Delve/);
    });
});
