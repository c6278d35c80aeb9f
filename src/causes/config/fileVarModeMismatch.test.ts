import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import type { Config } from "../../core/config.ts";
import type { ProgramPackage } from "../../probes/programPackage.ts";
import { fileVarModeMismatch } from "./fileVarModeMismatch.ts";

const healthy: ProgramPackage = {
  kind: "directory",
  path: "/w",
  name: "main",
  dir: "/w",
  files: ["main.go", "other.go"],
  tests: [],
  ignored: [],
  declared: [],
  there: [],
  mains: ["/w"],
};
const buildFailed = (text: string) => ({
  ...failed("Failed to launch: Build error: Check the debug console for details.", "build"),
  buildError: `Build Error: go build .\n${text} (exit status 1)`,
});

function found(program: ProgramPackage, config: Config = {}, text = "") {
  const one = judge(fileVarModeMismatch, { program }, launchOf(config, text === "" ? {} : buildFailed(text)));
  return one === undefined ? undefined : { cause: "", title: "", ...one };
}

describe("file-var-mode-mismatch", () => {
  it("names a test file in mode debug; the tests of its directory silence it", () => {
    const program: ProgramPackage = { ...healthy, kind: "file", path: "/w/x_test.go", tests: ["x_test.go"] };
    const one = found(program, { program: "/w/x_test.go" }, "no packages to build");
    assert.equal(one?.certainty, "proven");
    assert.deepEqual(one.explains, { phase: "build", ms: 900 });
    const config = fixedConfig({ program: "/w/x_test.go" }, one);
    assert.deepEqual(config, { program: "${workspaceFolder}", mode: "test" });
    assert.equal(found({ ...program, kind: "directory", path: "/w" }, config), undefined);
  });

  it("names a single file where another file of its package declares the missing name", () => {
    const declared = [{ name: "other", file: "/w/other.go" }];
    const program: ProgramPackage = { ...healthy, kind: "file", path: "/w/main.go", declared };
    const one = found(program, { program: "/w/main.go" }, "./main.go:6:14: undefined: other");
    assert.match(one?.because ?? "", /Only \/w\/main.go is compiled, and other is declared in \/w\/other.go/);
    assert.deepEqual(fixedConfig({ program: "/w/main.go" }, one), { program: "${workspaceFolder}" });
    assert.equal(found(healthy, {}, "./main.go:6:14: undefined: nowhere"), undefined);
    assert.equal(found({ ...program, declared: [] }, {}, "./main.go:6:14: undefined: nowhere"), undefined);
  });

  it("names a package without tests in mode test, and turns to the program itself", () => {
    const one = found(healthy, { mode: "test" });
    assert.match(one?.because ?? "", /has no test file/);
    const config = fixedConfig({ mode: "test", program: "/w" }, one);
    assert.equal(found(healthy, config), undefined);
  });

  it("names a package without tests from the words of Delve up to 1.20 too", () => {
    const said = (path: string) =>
      failed(`Failed to launch: could not launch process: open ${path}: no such file or directory`);
    const at = (path: string) =>
      judge(fileVarModeMismatch, { program: healthy }, launchOf({ mode: "test" }, said(path)));
    assert.equal(at("/w/__debug_bin")?.certainty, "proven");
    assert.equal(at("/w/other"), undefined);
  });

  it("names files and directories without Go, and the module's only main package instead", () => {
    const readme: ProgramPackage = { ...healthy, kind: "file", path: "/w/README.md", mains: ["/w/cmd"] };
    const one = found(readme, {}, "main module (x) does not contain package x/README.md");
    assert.equal(fixedConfig({}, one)["program"], "${workspaceFolder}/cmd");
    const empty: ProgramPackage = { ...healthy, path: "/w/.vscode", name: "", dir: "", files: [], mains: [] };
    const none = found(empty, {}, "no Go files in /w/.vscode");
    assert.ok(none);
    assert.equal(preferredFix(none).action.kind, "advice");
    assert.match(found({ ...healthy, files: [], tests: ["x_test.go"] })?.because ?? "", /holds only tests/);
  });

  it("is silent for a main package, tests in mode test, one file that is the whole, and constraints", () => {
    assert.equal(found(healthy), undefined);
    assert.equal(found({ ...healthy, tests: ["x_test.go"] }, { mode: "test" }), undefined);
    assert.equal(found({ ...healthy, kind: "file", path: "/w/main.go" }), undefined);
    assert.equal(found({ ...healthy, files: [], ignored: ["main_js.go"] }), undefined);
    assert.equal(found({ ...healthy, kind: "other", files: [] }), undefined);
  });

  it("does not look at a launch under way, or where Delve builds nothing", () => {
    const misfit: ProgramPackage = { ...healthy, files: [] };
    assert.equal(judge(fileVarModeMismatch, { program: misfit }, launchOf({}, underWay)), undefined);
    assert.equal(judge(fileVarModeMismatch, { program: misfit }, launchOf({ mode: "exec" })), undefined);
  });
});
