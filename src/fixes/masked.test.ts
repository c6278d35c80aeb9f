import assert from "node:assert/strict";
import type { Action, Fix } from "../core/fix.ts";
import { hidden } from "../core/redact.ts";
import type { TextChange } from "./change.ts";
import { previewOf } from "./preview.ts";

const fixOf = (action: Action): Fix => ({
  id: "c/f",
  title: "Mend it",
  preferred: true,
  needsRoot: false,
  scope: "launch",
  action,
});
const change = (before: string, after: string): TextChange => ({
  kind: "text",
  file: "/w/.vscode/launch.json",
  before,
  after,
});

describe("a diff that others may read", () => {
  it("holds no neighbours and no env value or argument but the fix's own", () => {
    const line = '  "env": { "GOPROXY": "off", "PIN": "7331", "N": 4 }, "args": ["-k", "s3cr3t"],';
    const before = `{ // ä\n  "token": "n31ghbour",\n${line}\n  "linux": { "env": {"A": "n31ghbour"} },\n}`;
    const fix = fixOf({ kind: "launch.json", edits: [{ at: ["env", "GOPROXY"] }] });
    const diff = previewOf(fix, change(before, before.replace('"GOPROXY": "off", ', "")), true);
    assert.doesNotMatch(diff, /7331|s3cr3t|n31ghbour/);
    assert.match(
      diff,
      new RegExp(`^-  "env": \\{ "GOPROXY": "off", "PIN": "${hidden}", "N": "${hidden}" \\}`, "m"),
    );
    assert.match(diff, new RegExp(`^\\+  "env": \\{ "PIN": "${hidden}"`, "m"));
  });

  it("holds none of what is meant for env and args and has another name", () => {
    for (const key of ["environment", "Env", "envs", "envVars", "arguments", "argv", "arg", "programArgs"]) {
      const before = `{ "mode": "exec", "${key}": { "A": "s3cr3t" } }`;
      const fix = fixOf({ kind: "launch.json", edits: [{ at: ["mode"], value: "debug" }] });
      assert.doesNotMatch(
        previewOf(fix, change(before, before.replace("exec", "debug")), true),
        /s3cr3t/,
        key,
      );
    }
    const before = '{ "mode": "exec", "envFile": "s3en", "target": "s3en" }';
    const fix = fixOf({ kind: "launch.json", edits: [{ at: ["mode"], value: "debug" }] });
    assert.match(previewOf(fix, change(before, before.replace("exec", "debug")), true), /s3en.*s3en/);
  });

  it("hides the environment of settings, and credentials in what the fix itself writes", () => {
    const before = '{"go.toolsEnvVars": {"A": "s3cr3t"}, "go.x": 1}';
    const fix = fixOf({ kind: "setting", key: "go.x", value: 2 });
    const settings = previewOf(fix, change(before, before.replace("1", "2")), true);
    assert.doesNotMatch(settings, /s3cr3t/);
    assert.match(settings, /"go.x": 2/);
    const text = "# not JSON\n";
    const file = previewOf(fix, change(text, `${text}proxy=https://me:s3cr3t@h/\n`), true);
    assert.match(file, new RegExp(`^\\+proxy=https://${hidden}@h/`, "m"));
  });

  it("is the file's own lines, with three around them, where a person looks", () => {
    const before = '{\n"env": {"A": "mine"},\n"x": 1\n}';
    const diff = previewOf(fixOf({ kind: "advice", text: "" }), change(before, before.replace("1", "2")));
    assert.match(diff, /^ "env": \{"A": "mine"\},$/m);
  });
});
