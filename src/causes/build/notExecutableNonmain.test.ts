import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import type { ProgramPackage } from "../../probes/programPackage.ts";
import { notExecutableNonmain } from "./notExecutableNonmain.ts";

const library: ProgramPackage = {
  kind: "directory",
  path: "/w/word",
  name: "word",
  dir: "/w/word",
  files: ["word.go"],
  tests: ["word_test.go"],
  ignored: [],
  declared: [],
  there: [],
  mains: ["/w/cmd/app"],
};
const refused = failed("Failed to launch /w: could not launch process: not an executable file");

function found(program: ProgramPackage, launch = launchOf({}, refused)) {
  const one = judge(notExecutableNonmain, { program }, launch);
  assert.ok(one);
  return { cause: "", title: "", ...one };
}

describe("not-executable-nonmain", () => {
  it("names the package; debugging the only main package silences it", () => {
    const finding = found(library);
    assert.equal(finding.certainty, "proven");
    assert.equal(finding.because, "/w/word is package word, a library: there is nothing to start.");
    const config = fixedConfig({ program: "/w/word" }, finding);
    assert.equal(config["program"], "${workspaceFolder}/cmd/app");
    const program = { ...library, name: "main", dir: "/w/cmd/app" };
    assert.equal(judge(notExecutableNonmain, { program }, launchOf(config)), undefined);
  });

  it("offers the tests where no main package is there, and a choice where there are several", () => {
    const config = fixedConfig({ program: "/w/word" }, found({ ...library, mains: [] }));
    assert.deepEqual(config, { program: "${workspaceFolder}/word", mode: "test" });
    const many = preferredFix(found({ ...library, mains: ["/w/a", "/w/b"] })).action;
    assert.ok(many.kind === "advice" && many.text.includes("/w/a, /w/b"));
  });

  it("also looks without a launch", () => {
    assert.equal(found(library, launchOf({})).explains, undefined);
  });

  it("is silent for a main package, a directory without Go files, a test and a launch under way", () => {
    const main = { ...library, name: "main" };
    assert.equal(judge(notExecutableNonmain, { program: main }, launchOf({}, refused)), undefined);
    const tool = { ...library, kind: "file" as const, path: "/w/word/gen.go", ignored: ["gen.go"] };
    assert.equal(judge(notExecutableNonmain, { program: tool }, launchOf({})), undefined);
    const none = { ...library, name: "", files: [] };
    assert.equal(judge(notExecutableNonmain, { program: none }, launchOf({}, refused)), undefined);
    assert.equal(
      judge(notExecutableNonmain, { program: library }, launchOf({ mode: "test" }, refused)),
      undefined,
    );
    assert.equal(judge(notExecutableNonmain, { program: library }, launchOf({}, underWay)), undefined);
  });
});
