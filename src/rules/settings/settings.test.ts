import assert from "node:assert/strict";
import { sampleWorld } from "../../../test/language/sampleWorld.ts";
import { check } from "../../language/check.ts";
import { openDocument } from "../../language/open.ts";
import { edit } from "../../language/quickFix.ts";
import { settings as rules } from "./index.ts";

type Settings = Readonly<Record<string, unknown>>;

const open = (settings: Settings) =>
  openDocument("/w/.vscode/settings.json", "settings", JSON.stringify(settings, undefined, 2));
const ask = (settings: Settings) => check(open(settings), rules, sampleWorld);
const codes = (settings: Settings) => ask(settings).map(({ code, severity }) => `${code} ${severity}`);

describe("settings that every launch gets", () => {
  it("are left alone where golang.go takes them", () => {
    for (const settings of [
      {},
      { "go.delveConfig": {} },
      { "go.delveConfig": null, "go.toolsEnvVars": null, "go.alternateTools": null },
      {
        "go.delveConfig": {
          showLog: true,
          logOutput: "dap,debugger",
          dlvFlags: ["--check-go-version=false"],
        },
      },
      { "go.delveConfig": { substitutePath: [{ from: "/a", to: "" }], showRegisters: null } },
      { "go.delveConfig.showLog": true },
      { "go.delveConfig": { debugAdapter: "legacy", apiVersion: 2, showGlobalVariables: "yes" } },
      { "go.toolsEnvVars": { GOFLAGS: "-mod=mod", GOPROXY: null } },
      { "go.alternateTools": { dlv: "/opt/dlv", gopls: "gopls", customFormatter: "" } },
      { "go.toolsGopath": "/t", "go.testEnvVars": { A: 1 }, gopls: {}, "editor.tabSize": 2 },
    ])
      assert.deepEqual(codes(settings), [], JSON.stringify(settings));
  });

  it("are refused by Delve as attributes are", () => {
    assert.deepEqual(codes({ "go.delveConfig": { showRegisters: 1 } }), ["DLV602 error"]);
    assert.deepEqual(codes({ "go.delveConfig": { substitutePath: [{ from: "/a" }] } }), ["DLV602 error"]);
    assert.deepEqual(codes({ "go.delveConfig": { debugAdapter: "dap" } }), ["DLV602 warning"]);
    assert.deepEqual(codes({ "go.toolsEnvVars": { A: true } }), ["DLV604 error"]);
  });

  it("are found and put right where they have names with dots", () => {
    const settings = { "go.delveConfig.showRegisters": "true", "go.delveConfig.showLogs": true };
    assert.deepEqual(codes(settings), ["DLV602 error", "DLV601 warning"]);
    let text = open(settings).text;
    for (const { fixes } of ask(settings)) {
      const edited = edit(openDocument("/w/.vscode/settings.json", "settings", text), fixes[0]?.edits ?? []);
      assert.ok("text" in edited);
      text = edited.text;
    }
    assert.deepEqual(JSON.parse(text), {
      "go.delveConfig.showRegisters": true,
      "go.delveConfig.showLog": true,
    });
  });

  it("know what counts in a configuration only", () => {
    const [problem] = ask({ "go.delveConfig": { stopOnEntry: true } });
    assert.match(problem?.message ?? "", /launch\.json only/);
  });

  it("are read in a workspace's file too", () => {
    const text = JSON.stringify({ folders: [], settings: { "go.delveConfig": { showRegisters: "no" } } });
    const [problem] = check(openDocument("/w/a.code-workspace", "workspace", text), rules, sampleWorld);
    assert.equal(problem?.code, "DLV602");
    assert.equal(text.slice(problem.start, problem.end), '"no"');
  });
});
