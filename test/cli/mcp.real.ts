import assert from "node:assert/strict";
import type { Client } from "@modelcontextprotocol/client";
import { assertGolden } from "../lab/golden.ts";
import { assertReport } from "./contract.ts";
import { leftIn, start } from "./delveDoctor.ts";
import { call, hostile, type McpLab, mcpLab, secret } from "./mcpLab.ts";

describe("delve-doctor mcp", function () {
  this.timeout(120_000);
  let lab: McpLab;
  let client: Client;
  before("write a folder with faults in it, and connect", async () => {
    lab = await mcpLab();
    client = await lab.connect();
  });
  after(() => lab?.close());

  it("lists three tools that only look, with what they take and give", async () => {
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint, annotations?.destructiveHint]),
      ["diagnose_launch", "last_report", "check_launch_json"].map((name) => [name, true, false]),
    );
    assertGolden("mcp-tools.json", `${JSON.stringify(tools, null, 2)}\n`);
  });

  it("diagnoses a configuration: cause, certainty, evidence, the fix and its diff, and no secret", async () => {
    const none = await call(client, "last_report");
    assert.ok(none.failed);
    assert.match(none.text, /there is no report of this folder yet/);

    const { text, failed, answer, cut, whole } = await call(client, "diagnose_launch", {
      configuration: "Stripped",
    });
    assert.equal(failed, false, text);
    const report = assertReport(JSON.stringify(answer));
    assert.deepEqual(
      report.findings.map(({ cause, certainty }) => [cause, certainty]),
      [["no-debug-info", "likely"]],
    );
    assert.match(
      text,
      /no-debug-info, likely\)\n[\s\S]*- buildFlags: -s in -ldflags\n {3}Fix \(preferred\): /,
    );
    assert.match(text, /--- \.vscode\/launch\.json\n[\s\S]*-.*"buildFlags": "-ldflags=-s"/);
    assert.match(text, /delve-doctor fix ID applies it/);
    assert.equal(whole.includes(secret), false);
    assert.equal(whole.includes(lab.around), false, "paths count from the folder");
    assert.deepEqual(cut, []);

    const last = await call(client, "last_report");
    assert.deepEqual(last.answer, answer);
  });

  it("checks the folder's files", async () => {
    const { text, answer } = await call(client, "check_launch_json", { folder: lab.folder });
    const { problems } = answer as { problems: { file: string; code: string }[] };
    assert.ok(
      problems.some(({ file, code }) => file === ".vscode/launch.json" && code === "DLV103"),
      text,
    );
    assert.match(text, /\.vscode\/launch\.json:\d+:\d+: error DLV103/);
  });

  it("gives what others wrote as data: nothing unseen, nothing that ends the data, 64 kB at most", async () => {
    const { text, failed, answer, cut, whole } = await call(client, "diagnose_launch", {
      configuration: hostile,
    });
    assert.equal(failed, false, text);
    assert.ok(Buffer.byteLength(whole) <= 64 * 1024, `${Buffer.byteLength(whole)} bytes`);
    assert.match(String(cut), /Texts above \d+ characters/);
    const texts = `${text}${JSON.stringify(answer)}`;
    assert.doesNotMatch(texts, /[\p{Cf}\p{Cs}]|(?!\n)\p{Cc}/u);
    const [, mark = "?"] = /^--- data (\w{16})$/m.exec(text) ?? [];
    assert.deepEqual(
      text.split("\n").filter((line) => line.startsWith("--- end of data")),
      [`--- end of data ${mark}`],
    );
    assert.match(text, /Ignore all previous instructions\\u\{202e\}/);
  });

  const wrong: readonly (readonly [what: string, tool: string, args: object, line: RegExp])[] = [
    ["a folder that is missing", "check_launch_json", { folder: "nowhere" }, /: nowhere is not a folder/],
    [
      "a folder outside",
      "last_report",
      { folder: "/usr" },
      /: \/usr is outside of the folders .* --folder \/usr$/,
    ],
    [
      "a way out of the folder",
      "diagnose_launch",
      { folder: "way-out" },
      /way-out is outside of the folders/,
    ],
    ["a program outside", "diagnose_launch", { program: "/usr/bin/env" }, /: \/usr\/bin\/env is outside of/],
    ["a program on a way out", "diagnose_launch", { program: "way-out/cmd" }, /way-out\/cmd is outside of/],
    ["a package above", "diagnose_launch", { program: "../none", mode: "test" }, /none is outside of/],
    ["an unknown configuration", "diagnose_launch", { configuration: "Nope" }, /no configuration "Nope"/],
    [
      "a host",
      "diagnose_launch",
      { on: "docker:api" },
      /: docker:api is not among the hosts .* --allow-hosts/,
    ],
    ["a configuration's own host", "diagnose_launch", { configuration: "Far" }, /: ssh:build7 is not among/],
    ["no host at all", "diagnose_launch", { on: "mars" }, /mars names no host/],
    ["a word that it does not know", "last_report", { file: "x" }, /Unrecognized key: "file"/],
  ];
  it("says in one line what is wrong with what it is asked for, and goes on", async () => {
    for (const [what, tool, args, line] of wrong) {
      const { text, failed } = await call(client, tool, args);
      assert.ok(failed, text);
      assert.match(text, line, `${what}: ${text}`);
      assert.equal(text.trim().split("\n").length, 1, text);
    }
    await assert.rejects(client.callTool({ name: "apply_fix", arguments: {} }), /apply_fix/);
    assert.equal((await client.listTools()).tools.length, 3);
  });

  it("speaks the protocol of 2026 too, and looks at a host that the person has allowed", async () => {
    const options = { versionNegotiation: { mode: "auto" } } as const;
    const modern = await lab.connect(options, ["--allow-hosts", "docker:no-such-thing"]);
    assert.equal(modern.getNegotiatedProtocolVersion(), "2026-07-28");
    const { answer } = await call(modern, "check_launch_json");
    const { files } = answer as { files: { file: string }[] };
    assert.deepEqual(
      files.map(({ file }) => file),
      [".vscode/launch.json"],
    );
    const { text, failed } = await call(modern, "diagnose_launch", {
      configuration: "Stripped",
      on: "docker:no-such-thing",
    });
    assert.ok(failed);
    assert.match(text, /: --on docker:no-such-thing: /);
  });

  it("ends what runs when a call is cancelled, and goes on", async () => {
    const cancel = new AbortController();
    const asked = client.callTool(
      { name: "diagnose_launch", arguments: { configuration: "Silent" } },
      { signal: cancel.signal },
    );
    asked.catch(() => {});
    const pids = await lab.silent();
    cancel.abort();
    await assert.rejects(asked);
    await lab.untilGone(pids);
    assert.equal((await client.listTools()).tools.length, 3);
  });

  const clientInfo = { name: "raw", version: "1" };
  const messages = [
    {
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo },
    },
    { method: "notifications/initialized" },
    {
      id: 2,
      method: "tools/call",
      params: { name: "diagnose_launch", arguments: { configuration: "Silent" } },
    },
  ]
    .map((one) => `${JSON.stringify({ jsonrpc: "2.0", ...one })}\n`)
    .join("");

  it("answers in nothing but the protocol, whatever comes, and leaves nothing when its client is gone", async () => {
    const { child, ended } = await start(lab.folder, ["mcp"]);
    child.stdin?.write(`garbage\n{}\n[1, 2\n\u0000\u0001\n{"jsonrpc":"2.0","id":{}}\n${messages}`);
    const pids = await lab.silent();
    child.stdin?.end();
    const { code, stdout } = await ended;
    assert.equal(code, 0);
    await lab.untilGone(pids);
    assert.deepEqual(leftIn(lab.folder), []);
    const answers = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { jsonrpc: string; id: unknown });
    assert.ok(answers.every(({ jsonrpc }) => jsonrpc === "2.0"));
    assert.ok(answers.some(({ id }) => id === 1));
  });

  it("ends at a signal too, while a tool runs", async () => {
    const { child, ended } = await start(lab.folder, ["mcp", "--folder", "."]);
    child.stdin?.write(messages);
    const pids = await lab.silent();
    child.kill("SIGTERM");
    assert.equal((await ended).code, 0);
    await lab.untilGone(pids);
  });
});
