import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { dwarf5DelveBuiltWithOldGo } from "./dwarf5DelveBuiltWithOldGo.ts";

const own = { path: "/root/go/bin/dlv", dir: "/root/go/bin", script: false, replaceable: true };
const facts = {
  dlv: "1.26.3",
  place: own,
  builder: "go1.24.13",
  go: "go1.26.8",
  experiment: "",
  program: undefined,
  on: { system: "Linux", machine: "x86_64", release: "6.1" },
};
const refused = failed(
  "Failed to launch /w: To debug executables using DWARFv5 or later Delve must be built with Go version 1.25.0 or later",
);

function find(more: object, config: object = {}, timeline = {}) {
  return judge(dwarf5DelveBuiltWithOldGo, { ...facts, ...more }, launchOf({ ...config }, timeline));
}

describe("dwarf5-delve-built-with-old-go", () => {
  it("is proven by the Go that built dlv and the Go that builds the program", () => {
    const found = find({});
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /Delve 1\.26\.3 was itself built with go1\.24\.13.* go1\.26\.8/);
    assert.equal(found.explains, undefined);
    assert.deepEqual(find({}, {}, refused)?.explains, { phase: "load", ms: 10 });
  });

  it("knows that Go writes DWARF 4 for macOS, unless Delve says otherwise", () => {
    const on = { system: "Darwin", machine: "arm64", release: "25.0" };
    assert.equal(find({ on }), undefined);
    assert.equal(find({ on }, {}, refused)?.certainty, "proven");
  });

  it("builds dlv anew into its place, and that silences it", () => {
    const found = find({}, {}, refused);
    assert.ok(found !== undefined);
    const { action } = preferredFix({ cause: "", title: "", ...found });
    assert.deepEqual(action.kind === "command" && action.argv, [
      "env",
      "GOBIN=/root/go/bin",
      "go",
      "install",
      "github.com/go-delve/delve/cmd/dlv@v1.27.1",
    ]);
    assert.equal(find({ dlv: "1.27.1", builder: "go1.26.8" }), undefined);
  });

  it("its stop-gap keeps other experiments, and silences it", () => {
    const found = find({ experiment: "jsonv2" });
    assert.ok(found !== undefined);
    const fixes = found.fixes.map((fix) => ({ ...fix, preferred: fix.id.endsWith("/dwarf4") }));
    const fixed = fixedConfig({}, { cause: "", title: "", ...found, fixes });
    assert.deepEqual(fixed, { env: { GOEXPERIMENT: "jsonv2,nodwarf5" } });
    assert.equal(find({ experiment: "jsonv2,nodwarf5" }, fixed), undefined);
  });

  it("only advises where dlv is the system's", () => {
    assert.equal(find({ place: { ...own, replaceable: false } })?.fixes[0]?.action.kind, "advice");
  });

  it("goes by the sections of a program that is only run, and has no stop-gap for it", () => {
    const program = { path: "/w/app", format: "elf", go: true, debugInfo: true, dwarf5: true };
    const found = find({ program }, { mode: "exec", program: "/w/app" });
    assert.equal(found?.certainty, "proven");
    assert.equal(found.fixes.length, 1);
    assert.equal(find({ program: { ...program, dwarf5: false } }, { mode: "exec" }), undefined);
  });

  it("takes Delve's word where no go reads what built dlv, and is then no more than likely", () => {
    assert.equal(find({ builder: undefined }), undefined);
    assert.equal(find({ builder: undefined }, {}, refused)?.certainty, "likely");
  });

  it("is clear for a Delve outside its own window, which is too old itself", () => {
    assert.equal(find({ dlv: "1.22.1", builder: "go1.22.12" }), undefined);
  });

  it("is clear for a program of an older Go, an attach, an unchecked launch, and once the program runs", () => {
    assert.equal(find({ go: "go1.24.13" }), undefined);
    assert.equal(find({}, { request: "attach", mode: "local", processId: 1 }), undefined);
    assert.equal(find({}, { dlvFlags: ["--check-go-version=false"] }), undefined);
    assert.equal(find({}, {}, underWay), undefined);
  });
});
