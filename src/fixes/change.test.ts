import assert from "node:assert/strict";
import { join } from "node:path";
import { applyPatch } from "diff";
import { findIn } from "../config/find.ts";
import type { Action, Fix } from "../core/fix.ts";
import { ptraceFixes } from "../core/sysctl.ts";
import { type Change, changeOf, type Target } from "./change.ts";
import { diffOf, previewOf } from "./preview.ts";

const file = join("/w", ".vscode", "launch.json");
const folderSettings = join("/w", ".vscode", "settings.json");
const ignored = join("/w", ".dockerignore");
const text = [
  "{",
  '\t"version": "0.2.0",',
  '\t"configurations": [',
  "\t\t{",
  '\t\t\t"name": "Other", "type": "go"',
  "\t\t},",
  "\t\t{",
  '\t\t\t"name": "Server", // the one',
  '\t\t\t"type": "go",',
  '\t\t\t"env": { "A": "1" },',
  '\t\t\t"dlvTrace": true,',
  '\t\t\t"linux": {',
  '\t\t\t\t"env": { "GOPROXY": "off" },',
  '\t\t\t\t"dlvTrace": false',
  "\t\t\t},",
  "\t\t},",
  "\t],",
  "}",
  "",
].join("\r\n");

const written = findIn(text, file, []).configurations[1];
const target: Target = {
  folder: "/w",
  platform: "linux",
  config: written?.config ?? {},
  source: { file, at: ["configurations", 1] },
  userSettings: "/home/u/settings.json",
};
const fixOf = (action: Action, more: Partial<Fix> = {}): Fix => ({
  id: "cause/fix",
  title: "Mend it",
  preferred: true,
  needsRoot: false,
  scope: "launch",
  action,
  ...more,
});
const files = (all: Record<string, string>) => (name: string) => Promise.resolve(all[name]);
const launchEdit = (edits: Extract<Action, { kind: "launch.json" }>["edits"]) =>
  fixOf({ kind: "launch.json", edits });

async function textOf(fix: Fix, more: Partial<Target> = {}, on: Record<string, string> = { [file]: text }) {
  const change = await changeOf(fix, { ...target, ...more }, files(on));
  assert.equal(change.kind, "text", JSON.stringify(change));
  return change.kind === "text" ? change : assert.fail();
}

async function advised(fix: Fix, more: Partial<Target> = {}, on: Record<string, string> = { [file]: text }) {
  const change = await changeOf(fix, { ...target, ...more }, files(on));
  assert.equal(change.kind, "advice");
  return change.kind === "advice" ? change.text : "";
}

describe("the change that a fix of a configuration makes", () => {
  it("goes into the platform block where the value came from there", async () => {
    const fix = launchEdit([{ at: ["env", "GOPROXY"], value: "direct" }]);
    assert.equal((await textOf(fix)).after, text.replace('"off"', '"direct"'));
    const osx = (await textOf(fix, { platform: "osx" })).after;
    assert.equal(osx, text.replace('{ "A": "1" }', '{ "A": "1", "GOPROXY": "direct" }'));
  });

  it("takes an attribute out of the block and from outside it", async () => {
    const change = await textOf(launchEdit([{ at: ["dlvTrace"] }]));
    assert.equal(change.after?.includes("dlvTrace"), false);
    assert.equal(findIn(change.after ?? "", file, []).problems.length, 0);
  });

  it("finds the configuration again where it has moved", async () => {
    const moved = text.replace('"configurations": [', '"configurations": [{ "name": "New", "type": "go" },');
    const change = await textOf(launchEdit([{ at: ["mode"], value: "debug" }]), {}, { [file]: moved });
    const found = findIn(change.after ?? "", file, []).configurations;
    assert.deepEqual(
      found.map((one) => one.config["mode"]),
      [undefined, undefined, "debug"],
    );
  });

  it("edits a workspace file and the user's settings at their own place", async () => {
    const workspace =
      '{ "folders": [], "launch": { "configurations": [{ "name": "Server", "type": "go" }] } }';
    const source = { file: "/w/x.code-workspace", at: ["launch", "configurations", 0] };
    const change = await textOf(
      launchEdit([{ at: ["mode"], value: "test" }]),
      { source },
      { [source.file]: workspace },
    );
    assert.equal(change.file, source.file);
    assert.equal(change.after, workspace.replace('"type": "go"', '"type": "go", "mode": "test"'));
  });

  it("becomes advice where it cannot be made safely", async () => {
    const fix = launchEdit([{ at: ["mode"], value: "debug" }]);
    assert.match(await advised(fix, {}, {}), /launch.json is gone/);
    assert.match(
      await advised(fix, {}, { [file]: text.replace("Server", "Renamed") }),
      /no longer holds "Server"/,
    );
    assert.match(
      await advised(fix, {}, { [file]: text.replace('"type": "go",', '"type": "go"') }),
      /line \d+, column \d+/,
    );
    assert.match(await advised(launchEdit([{ at: ["stopOnEntry"] }])), /nothing to change/);
  });
});

describe("the change for a configuration that is written nowhere", () => {
  const { source: _, ...nowhere } = {
    ...target,
    config: { name: "Launch", type: "go", mode: "debug", program: "/w" },
  };
  const fix = launchEdit([{ at: ["env", "GOFLAGS"], value: "-v" }]);
  const make = async (one: Fix, where: Target, on: Record<string, string>) => {
    const change = await changeOf(one, where, files(on));
    return change.kind === "text" ? change : assert.fail(JSON.stringify(change));
  };

  it("makes launch.json where there is none", async () => {
    const change = await make(fix, nowhere, {});
    assert.deepEqual([change.file, change.before], [file, null]);
    assert.deepEqual(JSON.parse(change.after ?? ""), {
      version: "0.2.0",
      configurations: [{ ...nowhere.config, env: { GOFLAGS: "-v" } }],
    });
    assert.ok(change.after?.startsWith('{\n    "version": "0.2.0",\n    "configurations": [\n        {\n'));
  });

  it("adds an entry of another name to the launch.json that is there", async () => {
    const there = '// mine\n{\n  "configurations": [\n    { "name": "Launch", "type": "node" }\n  ]\n}\n';
    const change = await make(fix, nowhere, { [file]: there });
    const found = findIn(change.after ?? "", file, []);
    assert.deepEqual(
      found.configurations.map((one) => one.name),
      ["Launch", "Launch 2"],
    );
    assert.ok(
      change.after?.startsWith(
        '// mine\n{\n  "configurations": [\n    { "name": "Launch", "type": "node" },',
      ),
    );
  });

  it("edits the settings that a test by code lens is made from", async () => {
    const test = { ...nowhere, config: { ...nowhere.config, mode: "test" } };
    const settings = '{\n  "go.testEnvVars": { "A": "1" }\n}\n';
    const change = await make(fix, test, { [folderSettings]: settings });
    assert.equal(change.after, settings.replace('"1"', '"1", "GOFLAGS": "-v"'));
    const flags = await make(launchEdit([{ at: ["dlvFlags"], value: ["--log"] }]), test, {});
    assert.deepEqual(JSON.parse(flags.after ?? ""), { "go.delveConfig": { dlvFlags: ["--log"] } });
  });
});

describe("the change of settings, lines and commands", () => {
  it("writes a setting of the folder, or of the user", async () => {
    const setting = { kind: "setting", key: "go.alternateTools", value: { dlv: "/x" } } as const;
    const change = await textOf(fixOf(setting, { scope: "folder" }), {}, {});
    assert.deepEqual(
      [change.file, JSON.parse(change.after ?? "")],
      [folderSettings, { "go.alternateTools": { dlv: "/x" } }],
    );
    assert.equal((await textOf(fixOf(setting, { scope: "user" }), {}, {})).file, "/home/u/settings.json");
    const { userSettings: _, ...unknown } = target;
    const advice = await changeOf(fixOf(setting, { scope: "user" }), unknown, files({}));
    assert.equal(advice.kind, "advice");
  });

  it("adds a line once, in the file's own line ends", async () => {
    const fix = fixOf({ kind: "file", path: ".dockerignore", line: "vendor" });
    assert.equal((await textOf(fix, {}, { [ignored]: "a\r\nb" })).after, "a\r\nb\r\nvendor\r\n");
    assert.equal((await textOf(fix, {}, {})).before, null);
    assert.match(await advised(fix, {}, { [ignored]: "vendor\n" }), /has this line already/);
    assert.match(await advised({ ...fix, needsRoot: true }), /^As root, add this line/);
  });

  it("passes a command on with the folder it runs in", async () => {
    const change = await changeOf(fixOf({ kind: "command", argv: ["go", "mod", "tidy"] }), target, files({}));
    assert.deepEqual(change, { kind: "command", argv: ["go", "mod", "tidy"], cwd: "/w", needsRoot: false });
  });
});

describe("a preview", () => {
  it("shows exactly the text that is applied", async () => {
    const change = await textOf(
      launchEdit([{ at: ["env", "GOPROXY"], value: "direct" }, { at: ["dlvTrace"] }]),
    );
    const diff = diffOf(change);
    assert.equal(applyPatch(text, diff, { autoConvertLineEndings: false }), change.after);
    assert.ok(previewOf(launchEdit([]), change).endsWith(diff));
    const made: Change = { kind: "text", file, before: null, after: "a\n" };
    assert.match(
      diffOf(made),
      /^--- \/dev\/null\n\+\+\+ \/w\/.vscode\/launch.json\n@@ -0,0 \+1,1 @@\n\+a\n$/,
    );
  });

  it("shows the command for root, where it acts and how to take it back", async () => {
    const block = {
      cause: "yama",
      scope: 1,
      request: "attach",
      dlv: "/my tools/dlv",
      container: false,
    } as const;
    const previews = await Promise.all(
      ptraceFixes(block).map(async (fix) => previewOf(fix, await changeOf(fix, target, files({})))),
    );
    assert.match(previews[1] ?? "", /Acts on: the whole machine, until it reboots\nRoot: needed/);
    assert.match(previews[1] ?? "", /\$ sudo sysctl -w kernel.yama.ptrace_scope=0\n$/);
    assert.match(previews[1] ?? "", /Undo: sudo sysctl -w kernel.yama.ptrace_scope=1\n/);
    assert.match(previews[2] ?? "", /\$ sudo setcap cap_sys_ptrace\+ep '\/my tools\/dlv'\n$/);
    assert.match(previews[3] ?? "", /\$ sudo sh -c 'echo '\\''kernel.yama.ptrace_scope = 0'\\'' > \/etc/);
  });
});
