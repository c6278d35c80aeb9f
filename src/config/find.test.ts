import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import fc from "fast-check";
import { findConfigurations, findIn } from "./find.ts";
import { largest } from "./text.ts";

const launch = (text: string) => findIn(text, "/w/.vscode/launch.json", []);
const messages = (text: string) => launch(text).problems.map((one) => one.message);
const one = '{"name": "A", "type": "go", "request": "launch"}';

describe("reading launch configurations", () => {
  it("gives each configuration with the path to it", () => {
    const found = launch(`{"configurations": [${one}, {"name": "B", "type": "node"}]}`);
    assert.deepEqual(
      found.configurations.map(({ name, type, source }) => [name, type, source.at]),
      [
        ["A", "go", ["configurations", 0]],
        ["B", "node", ["configurations", 1]],
      ],
    );
    assert.deepEqual(found.problems, []);
  });

  it("reads compounds, with members as names or as objects", () => {
    const found = launch(
      '{"compounds": [{"name": "C", "configurations": ["A", {"name": "B", "folder": "x"}]}]}',
    );
    assert.deepEqual(found.compounds[0]?.configurations, ["A", "B"]);
  });

  it("takes comments, trailing commas, CRLF and a byte order mark as VS Code does", () => {
    const found = launch(
      `\uFEFF// top\r\n{\r\n  "configurations": [\r\n    ${one}, // last\r\n  ],\r\n}\r\n`,
    );
    assert.equal(found.configurations.length, 1);
    assert.deepEqual(found.problems, []);
  });

  it("names line and column of a fault and reads on behind it", () => {
    const found = launch(`{\r\n  "version": "0.2.0"\r\n  "configurations": [${one}]\r\n}`);
    assert.equal(found.configurations.length, 1);
    const [problem] = found.problems;
    assert.deepEqual([problem?.line, problem?.column], [3, 3]);
    assert.match(problem?.message ?? "", /comma is missing/);
  });

  it("tells duplicate keys and takes the last, as VS Code does", () => {
    const found = launch(
      '{"configurations": [{"name": "A", "type": "go", "mode": "debug", "mode": "test"}]}',
    );
    assert.equal(found.configurations[0]?.config["mode"], "test");
    assert.match(found.problems[0]?.message ?? "", /"mode" is written twice/);
  });

  it("says what is wrong with each wrong shape", () => {
    assert.match(messages("")[0] ?? "", /empty/);
    assert.match(messages("// only a comment\n")[0] ?? "", /empty/);
    assert.match(messages(`[${one}]`)[0] ?? "", /an array stands where an object/);
    assert.match(
      messages('{"configurations": {}}')[0] ?? "",
      /"configurations" is an object and must be an array/,
    );
    assert.match(messages('{"configurations": ["x", null]}').join("\n"), /a string stands[\s\S]*null stands/);
    assert.match(messages('{"configurations": [{"type": "go"}]}')[0] ?? "", /has no "name"/);
    assert.match(messages('{"configurations": [{"name": "A"}]}')[0] ?? "", /has no "type"/);
  });

  it("never throws and stays brief, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (text) => {
        assert.ok(launch(text).problems.length <= 20);
      }),
    );
    for (const depth of [600, 2700, 5000, 1_000_000])
      assert.match(messages(`{"x": ${"[".repeat(depth)}${"]".repeat(depth)}}`)[0] ?? "", /nested too deeply/);
  }).timeout(60_000);

  it("reads a large file", () => {
    const many = Array.from(
      { length: 100_000 },
      (_, n) => `{"name": "n${n}", "type": "go", "request": "launch"}`,
    );
    const text = `{"configurations": [${many.join(",\n")}], "x": [${"1,".repeat(2_500_000)}]}`;
    assert.equal(launch(text).configurations.length, many.length);
  }).timeout(60_000);
});

describe("finding the files of a folder", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "config-"));
    await mkdir(join(folder, ".vscode"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const put = (name: string, text: string | Uint8Array) => writeFile(join(folder, name), text);

  it("joins launch.json, workspace files and user settings, each with its own path", async () => {
    await put(".vscode/launch.json", `{"configurations": [${one}]}`);
    await put("x.code-workspace", `{"folders": [], "launch": {"configurations": [${one}]}}`);
    await put("settings.json", `{"editor.tabSize": 2, "launch": {"configurations": [${one}]}}`);
    const found = await findConfigurations(folder, join(folder, "settings.json"));
    assert.deepEqual(
      found.configurations.map(({ source }) => [relative(folder, source.file), ...source.at]),
      [
        [join(".vscode", "launch.json"), "configurations", 0],
        ["x.code-workspace", "launch", "configurations", 0],
        ["settings.json", "launch", "configurations", 0],
      ],
    );
    assert.deepEqual(found.problems, []);
  });

  it("finds nothing and no problem where nothing is written", async () => {
    assert.deepEqual(await findConfigurations(folder), { configurations: [], compounds: [], problems: [] });
  });

  it("makes a problem of what cannot be read", async () => {
    const said = async () => (await findConfigurations(folder)).problems[0]?.message ?? "";
    await put(".vscode/launch.json", new Uint8Array([0x7b, 0xff, 0xfe]));
    assert.match(await said(), /not UTF-8/);
    await put(".vscode/launch.json", new Uint8Array(largest + 1));
    assert.match(await said(), /larger than 16 MB/);
    await rm(join(folder, ".vscode/launch.json"));
    await mkdir(join(folder, ".vscode/launch.json"));
    assert.match(await said(), /not a regular file/);
    await rm(join(folder, ".vscode"), { recursive: true });
    await mkdir(join(folder, ".vscode"));
    await symlink("launch.json", join(folder, ".vscode/launch.json"));
    assert.match(await said(), /ELOOP/);
    await rm(folder, { recursive: true });
    assert.match(await said(), /folder cannot be read \(ENOENT\)/);
  });
});
