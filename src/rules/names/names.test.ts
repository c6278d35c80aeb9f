import assert from "node:assert/strict";
import { sampleWorld } from "../../../test/language/sampleWorld.ts";
import { check } from "../../language/check.ts";
import type { Kind } from "../../language/kind.ts";
import { openDocument } from "../../language/open.ts";
import { edit } from "../../language/quickFix.ts";
import { names } from "./index.ts";

const go = (name: string, more = {}) => ({ name, type: "go", request: "launch", program: ".", ...more });
const both = [go("API"), go("Worker")];

function told(value: unknown, kind: Kind = "launch"): string[] {
  const document = openDocument("/w/.vscode/launch.json", kind, JSON.stringify(value));
  return check(document, names, sampleWorld).map(({ code, severity }) => `${code} ${severity}`);
}

const compound = (...configurations: unknown[]) => ({
  configurations: both,
  compounds: [{ name: "All", configurations }],
});

describe("names of a launch section", () => {
  it("are right where a compound names what is there, with all that VS Code reads of one", () => {
    const presentation = { hidden: false, group: "", order: 1 };
    const all = {
      name: "All",
      configurations: ["API", "Worker"],
      stopAll: true,
      preLaunchTask: "build",
      presentation,
    };
    assert.deepEqual(told({ version: "0.2.0", configurations: both, compounds: [all] }), []);
    assert.deepEqual(told({ configurations: both, compounds: [] }), []);
    const noted = { name: "All", configurations: ["API"], _note: "x", comment: "y", "x-team": "z" };
    assert.deepEqual(told({ configurations: both, compounds: [noted] }), []);
    assert.deepEqual(told({}), []);
    assert.deepEqual(told({ configurations: null, compounds: null, inputs: null }), []);
  });

  it("count for configurations of every type of debugger", () => {
    const web = { name: "Web", type: "chrome", request: "launch" };
    assert.deepEqual(
      told({ configurations: [...both, web], compounds: [{ name: "All", configurations: ["API", "Web"] }] }),
      [],
    );
  });

  it("may be those of another folder where the file shows that there are several", () => {
    assert.deepEqual(told(compound("API", { name: "Front", folder: "web" }, "Elsewhere")), []);
    const other = go("API", { cwd: "${workspaceFolder:web}" });
    assert.deepEqual(
      told({ configurations: [other], compounds: [{ name: "A", configurations: ["X"] }] }),
      [],
    );
  });

  it("may be anywhere for a workspace file and for settings", () => {
    const launch = { configurations: [], compounds: [{ name: "All", configurations: ["In a folder"] }] };
    assert.deepEqual(told({ folders: [], launch }, "workspace"), []);
    assert.deepEqual(told({ launch }, "settings"), []);
  });

  it("are looked at in a workspace file and in settings too", () => {
    const launch = { configurations: both, compounds: [{ name: "All", configurations: [] }] };
    assert.deepEqual(told({ launch }, "workspace"), ["DLV403 warning"]);
    assert.deepEqual(told({ launch }, "settings"), ["DLV403 warning"]);
  });

  it("are offered for a slip of the pen, and for nothing that is only as short", () => {
    const fixes = (name: string) => {
      const document = openDocument("/w/launch.json", "launch", JSON.stringify(compound(name)));
      return check(document, names, sampleWorld).flatMap((one) => one.fixes.map(({ title }) => title));
    };
    assert.deepEqual(fixes("worker "), ['Write "Worker"']);
    assert.deepEqual(fixes("Wroker"), ['Write "Worker"']);
    assert.deepEqual(fixes("Workr"), ['Write "Worker"']);
    assert.deepEqual(fixes("Web"), []);
  });

  it("say that a compound is none of the things that a compound starts", () => {
    const value = {
      ...compound("API"),
      compounds: [...compound("API").compounds, { name: "More", configurations: ["All"] }],
    };
    assert.deepEqual(told(value), ["DLV402 warning"]);
  });

  it("are told for broken lists, which VS Code passes over", () => {
    assert.deepEqual(told({ configurations: {} }), ["DLV407 error"]);
    assert.deepEqual(told({ configurations: [null, 1], compounds: [null] }), [
      "DLV407 warning",
      "DLV407 warning",
      "DLV407 error",
    ]);
    assert.deepEqual(told({ configurations: both, inputs: {} }), ["DLV407 error"]);
    assert.deepEqual(told({ configurations: both, compounds: [{ name: "A", configurations: "API" }] }), [
      "DLV407 error",
    ]);
  });

  it("of inputs are looked up in the same file, where a Go configuration asks for one", () => {
    const asks = (id: string, type = "go") => [{ ...go("API"), type, args: [`--user=\${input:${id}}`] }];
    const inputs = [{ id: "user", type: "promptString", description: "Who", default: "me", password: true }];
    assert.deepEqual(told({ configurations: asks("user"), inputs }), []);
    assert.deepEqual(told({ configurations: asks("usr"), inputs }), ["DLV408 error"]);
    assert.deepEqual(told({ configurations: asks("user") }), ["DLV408 error"]);
    assert.deepEqual(told({ configurations: asks("usr", "node"), inputs }), []);
    assert.deepEqual(told({ launch: { configurations: asks("usr"), inputs } }, "settings"), []);
  });

  it("of inputs that lack something are an error only where they are asked for", () => {
    const inputs = [
      { id: "user", type: "command" },
      { type: "promptString", description: "x" },
    ];
    assert.deepEqual(told({ configurations: both, inputs }), ["DLV409 warning", "DLV409 warning"]);
    const asks = [go("API", { args: ["${input:user}"] })];
    assert.deepEqual(told({ configurations: asks, inputs: inputs.slice(0, 1) }), ["DLV409 error"]);
    const twice = [
      { id: "a", type: "command" },
      { id: "a", type: "command", command: "x" },
    ];
    assert.deepEqual(told({ configurations: both, inputs: twice }), ["DLV409 warning"]);
  });

  it("are mended without touching what is beside them", () => {
    const text =
      '{\r\n  "configurations": [], // none\r\n  "compounds": [\r\n    { "name": "A", "configurations": ["b"], /* x */ "stopall": true }\r\n  ]\r\n}\r\n';
    const document = openDocument("/w/launch.json", "launch", text);
    const [fix] = check(document, names, sampleWorld).filter(({ code }) => code === "DLV410")[0]?.fixes ?? [];
    assert.ok(fix);
    const edited = edit(document, fix.edits);
    assert.ok("text" in edited);
    assert.match(edited.text, /"stopAll": true/);
    assert.match(edited.text, /\/\/ none\r\n[\s\S]*\/\* x \*\//);
  });
});
