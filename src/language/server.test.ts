import assert from "node:assert/strict";
import type { CodeAction, Command, DocumentDiagnosticReport } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { able, inProcess, type LspClient } from "../../test/language/lspClient.ts";

const uri = "file:///w/.vscode/launch.json";
const text = `{
  "configurations": [
    { "name": "A", "type": "go", "request": "attach", "mode": "exec", "processId": 1 }
  ]
}
`;
const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

async function actionsIn(client: LspClient, only?: readonly string[]): Promise<(CodeAction | Command)[]> {
  return client.connection.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: whole,
    context: { diagnostics: [], ...(only !== undefined && { only }) },
  });
}

const titles = (actions: readonly { title: string }[]) => actions.map(({ title }) => title);

describe("the language server", () => {
  const clients: LspClient[] = [];
  const start = async (...how: Parameters<typeof inProcess>) => {
    const client = await inProcess(...how);
    clients.push(client);
    return client;
  };
  afterEach(() => {
    for (const client of clients.splice(0)) client.connection.dispose();
  });

  it("tells what is wrong, offers a fix as an edit of that version, and takes it back when it is mended", async () => {
    const client = await start();
    await client.open(uri, text);
    const [problem] = await client.diagnostics(uri, 1);
    assert.equal(problem?.code, "DLV103");
    assert.equal(problem.codeDescription, undefined);
    const [fix, ...others] = await actionsIn(client);
    assert.ok(fix !== undefined && "edit" in fix && fix.isPreferred === true, JSON.stringify(fix));
    assert.equal(titles(others).at(-1), "Ignore DLV103 here");
    const [change] = fix.edit?.documentChanges ?? [];
    assert.ok(change !== undefined && "edits" in change && change.textDocument.version === 1);
    const mended = TextDocument.applyEdits(
      TextDocument.create(uri, "jsonc", 1, text),
      change.edits.flatMap((edit) => ("newText" in edit ? [edit] : [])),
    );
    assert.equal(mended, text.replace('"exec"', '"local"'));
    await client.change(uri, mended, 2);
    assert.deepEqual(await client.diagnostics(uri, 2), []);
  });

  it("counts UTF-16 units behind emoji, CRLF and a byte order mark", async () => {
    const client = await start();
    const odd = `\uFEFF${text.replace('"A"', '"🐹🐹 Ä"').replaceAll("\n", "\r\n")}`;
    await client.open(uri, odd);
    const [problem] = await client.diagnostics(uri, 1);
    const line = odd.split("\r\n")[2] ?? "";
    assert.deepEqual(problem?.range.start, { line: 2, character: line.indexOf('"exec"') });
    assert.deepEqual(problem?.range.end, { line: 2, character: line.indexOf('"exec"') + 6 });
    assert.equal(client.hello.capabilities.positionEncoding, "utf-16");
  });

  it("takes changes of a part of the text, and answers a burst of them once", async () => {
    const client = await start();
    await client.open(uri, text);
    await client.diagnostics(uri, 1);
    const at = { line: 2, character: (text.split("\n")[2] ?? "").indexOf("exec") };
    const letters = [..."local"].map((letter, index) => ({
      range: {
        start: { ...at, character: at.character + index },
        end: { ...at, character: at.character + index + (index === 0 ? 4 : 0) },
      },
      text: letter,
    }));
    await client.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: letters,
    });
    assert.deepEqual(await client.diagnostics(uri, 2), []);
  });

  it("is asked by a client that asks, and says when nothing has changed", async () => {
    const asks = { ...able.textDocument, diagnostic: {} };
    const client = await start({ textDocument: asks, workspace: { diagnostics: { refreshSupport: true } } });
    assert.notEqual(client.hello.capabilities.diagnosticProvider, undefined);
    await client.open(uri, text);
    const ask = (previousResultId?: string): Promise<DocumentDiagnosticReport> =>
      client.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri }, previousResultId });
    const first = await ask();
    assert.ok(first.kind === "full" && first.items[0]?.code === "DLV103");
    assert.equal((await ask(first.resultId)).kind, "unchanged");
    await client.change(uri, text.replace('"exec"', '"local"'), 2);
    const second = await ask(first.resultId);
    assert.deepEqual(second.kind === "full" && second.items, []);
    assert.deepEqual(client.told, []);
  });

  it("links a code to its page and explains it by the editor's command where it is given them", async () => {
    const options = { explain: "delve-doctor:/rules/{code}.md", explainCommand: "explain.it" };
    const client = await start(able, options);
    await client.open(uri, text);
    const [problem] = await client.diagnostics(uri, 1);
    assert.equal(problem?.codeDescription?.href, "delve-doctor:/rules/DLV103.md");
    const explain = (await actionsIn(client)).find(({ title }) => title === "Explain DLV103");
    assert.deepEqual(explain?.command, {
      title: "Explain DLV103",
      command: "explain.it",
      arguments: ["DLV103"],
    });
    const plain = await start({}, options);
    await plain.open(uri, text);
    assert.equal((await plain.diagnostics(uri, 1))[0]?.codeDescription, undefined);
    assert.deepEqual(titles(await actionsIn(plain)), ["Explain DLV103"], "it takes commands alone");
  });

  it("offers only the kinds that are asked for", async () => {
    const client = await start();
    await client.open(uri, text);
    assert.deepEqual(await actionsIn(client, ["refactor"]), []);
    assert.deepEqual(await actionsIn(client, ["quickfix"]), await actionsIn(client));
    assert.notEqual((await actionsIn(client)).length, 0);
    assert.equal((await actionsIn(client, ["source"])).length, 0, "no fix of DLV103 is safe to make unasked");
  });

  it("makes every fix that is safe at once where it is asked to, and does not look for them for a lamp", async () => {
    const client = await start();
    const many = (extra: object) =>
      JSON.stringify({
        configurations: Array.from({ length: 40 }, (_, index) => ({
          ...{ name: `${index}`, type: "go", request: "launch", mode: "exec", program: "${file}" },
          debugAdapter: "dlv-dap",
          ...extra,
        })),
      });
    await client.open(uri, many({ buildFlags: "-race", traceDirPath: "/x" }));
    const all = (await actionsIn(client, ["source.fixAll"]))[0];
    assert.ok(all !== undefined && "edit" in all, JSON.stringify(await client.diagnostics(uri, 1)));
    const [change] = all.edit?.documentChanges ?? [];
    assert.ok(change !== undefined && "edits" in change);
    const before = TextDocument.create(uri, "jsonc", 1, many({ buildFlags: "-race", traceDirPath: "/x" }));
    const edits = change.edits.flatMap((edit) => ("newText" in edit ? [edit] : []));
    assert.deepEqual(JSON.parse(TextDocument.applyEdits(before, edits)), JSON.parse(many({})));
    const lamp: CodeAction[] = await client.connection.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range: whole,
      context: { diagnostics: [], triggerKind: 2 },
    });
    assert.ok(!lamp.some(({ kind }) => kind === all.kind));
  });

  it("reads a very long text when it rests", async () => {
    const client = await start();
    await client.open(uri, `${text}${" ".repeat(600_000)}`);
    assert.equal((await client.diagnostics(uri, 1))[0]?.code, "DLV103");
  });

  it("puts the comment that ignores a problem above its line, and is silent then", async () => {
    const client = await start();
    await client.open(uri, text);
    const ignore = (await actionsIn(client)).find(({ title }) => title === "Ignore DLV103 here");
    assert.ok(ignore !== undefined && "edit" in ignore);
    const [change] = ignore.edit?.documentChanges ?? [];
    assert.ok(change !== undefined && "edits" in change);
    const [edit] = change.edits;
    assert.deepEqual(edit && "newText" in edit && edit.newText, "    // delve-doctor-ignore DLV103\n");
    const lines = text.split("\n");
    await client.change(
      uri,
      [...lines.slice(0, 2), "    // delve-doctor-ignore DLV103", ...lines.slice(2)].join("\n"),
      2,
    );
    assert.deepEqual(await client.diagnostics(uri, 2), []);
  });

  it("leaves the syntax of JSON to an editor that checks it itself", async () => {
    const broken = '{ "configurations": [ }';
    const other = await start();
    await other.open(uri, broken);
    assert.ok((await other.diagnostics(uri, 1)).some(({ code }) => code === "DLV001"));
    const client = await start(able, { builtInJson: true });
    await client.open(uri, broken);
    assert.deepEqual(
      (await client.diagnostics(uri, 1)).filter(({ code }) => code === "DLV001"),
      [],
    );
  });

  it("says nothing of a document that is not ours, and takes back what it said of one that is closed", async () => {
    const client = await start();
    await client.open("file:///w/main.json", text);
    await client.open("untitled:launch.json", text);
    await client.open(uri, text);
    await client.diagnostics(uri, 1);
    await client.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    await client.until(() => (client.told.at(-1)?.diagnostics.length === 0 ? true : undefined));
    assert.deepEqual([...new Set(client.told.map((one) => one.uri))], [uri]);
  });

  it("takes back what it said of a manifest that is none of ours any more", async () => {
    const client = await start();
    const pod = "file:///w/pod.yaml";
    const manifest = "apiVersion: v1\nkind: Pod\nkind: Pod\nspec: { containers: [{ command: [dlv] }] }\n";
    await client.open(pod, manifest);
    assert.equal((await client.diagnostics(pod, 1))[0]?.code, "DLV002");
    await client.change(pod, manifest.replace("dlv", "app"), 2);
    await client.until(() => (client.told.at(-1)?.diagnostics.length === 0 ? true : undefined));
    await client.change(pod, manifest, 3);
    assert.equal((await client.diagnostics(pod, 3))[0]?.code, "DLV002");
  });

  it("answers what it cannot do with an error and goes on", async () => {
    const client = await start();
    await assert.rejects(client.connection.sendRequest("textDocument/codeAction", { textDocument: null }), {
      code: -32603,
    });
    await client.until(() => client.logged.find((line) => line.startsWith("textDocument/codeAction:")));
    await client.open(uri, text);
    assert.equal((await client.diagnostics(uri, 1)).length, 1);
  });

  it("refuses requests once it is shut down", async () => {
    const client = await start();
    await client.open(uri, text);
    assert.equal(await client.connection.sendRequest("shutdown"), null);
    await assert.rejects(actionsIn(client), { code: -32600 });
  });

  it("asks the editor for what its user has set for all folders, and again when that changes", async () => {
    const workspace = {
      ...able.workspace,
      configuration: true,
      didChangeConfiguration: { dynamicRegistration: true },
    };
    const client = await start({ ...able, workspace });
    let debugAdapter = "legacy";
    const asked: unknown[] = [];
    client.connection.onRequest("client/registerCapability", () => null);
    client.connection.onRequest("workspace/configuration", ({ items }: { items: { section: string }[] }) => {
      asked.push(...items);
      return items.map(({ section }) => (section === "go.delveConfig" ? { debugAdapter } : null));
    });
    const codes = () =>
      client.told
        .findLast((one) => one.uri === uri)
        ?.diagnostics.map(({ code }) => code)
        .join();
    // It counts for the legacy adapter alone.
    const old = text.replace('"attach", "mode": "exec"', '"attach", "mode": "local", "apiVersion": 2');
    await client.open(uri, old);
    await client.until(() => (codes() === "" ? true : undefined));
    assert.deepEqual(asked[0], { scopeUri: uri, section: "go.delveConfig" });
    debugAdapter = "dlv-dap";
    await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.until(() => (codes() === "DLV105" ? true : undefined));
  });
});
