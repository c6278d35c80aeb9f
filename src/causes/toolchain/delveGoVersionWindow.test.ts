import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { delveGoVersionWindow } from "./delveGoVersionWindow.ts";

const own = { path: "/root/go/bin/dlv", dir: "/root/go/bin", script: false, replaceable: true };
const facts = { dlv: "1.22.1", place: own, go: "go1.26.8" };
const tooOld = failed(
  "Failed to launch: Version of Delve is too old for Go version go1.26.8 (maximum supported version 1.22, suppress this error with --check-go-version=false)",
);

function find(more: object, config: object = {}, timeline = {}) {
  return judge(delveGoVersionWindow, { ...facts, ...more }, launchOf({ ...config }, timeline));
}

describe("delve-go-version-window", () => {
  it("is proven by the two versions, before any launch", () => {
    const found = find({});
    assert.equal(found?.certainty, "proven");
    assert.equal(found.explains, undefined);
    assert.match(found.because, /Delve 1\.22\.1 supports Go 1\.19 to 1\.22; .*go1\.26\.8/);
  });

  it("accounts for the launch that it stopped", () => {
    assert.deepEqual(find({}, {}, tooOld)?.explains, { phase: "load", ms: 10 });
  });

  it("installs the release that fits into the place of the dlv that runs, and that silences it", () => {
    const found = find({});
    assert.ok(found !== undefined);
    const { action } = preferredFix({ cause: "", title: "", ...found });
    assert.deepEqual(action.kind === "command" && action.argv, [
      "env",
      "GOBIN=/root/go/bin",
      "go",
      "install",
      "github.com/go-delve/delve/cmd/dlv@v1.27.1",
    ]);
    assert.equal(find({ dlv: "1.27.1" }), undefined);
  });

  it("its last resort keeps other flags, and silences it", () => {
    const config = { dlvFlags: ["--only-same-user=false"] };
    const found = find({}, config);
    assert.ok(found !== undefined);
    const fixes = found.fixes.map((fix) => ({ ...fix, preferred: fix.id.endsWith("/unchecked") }));
    const fixed = fixedConfig(config, { cause: "", title: "", ...found, fixes });
    assert.deepEqual(fixed, { dlvFlags: ["--only-same-user=false", "--check-go-version=false"] });
    assert.equal(find({}, fixed), undefined);
  });

  it("is proven for a Go that is too old, and pins the Delve of its time", () => {
    const found = find({ dlv: "1.27.1", go: "go1.19.8" });
    assert.match(String(found?.fixes[0]?.title), /v1\.22\.1/);
  });

  it("only advises where dlv is a wrapper or belongs to the system", () => {
    const found = find({ place: { ...own, replaceable: false } });
    assert.equal(found?.fixes[0]?.action.kind, "advice");
    assert.equal(found.fixes[0].preferred, true);
  });

  it("takes Delve's word for a release that the table does not know", () => {
    assert.equal(find({ dlv: "1.40.0" }), undefined);
    assert.equal(find({ dlv: "1.40.0" }, {}, tooOld)?.certainty, "proven");
  });

  it("reads the version off Delve's words where no go can read the program", () => {
    assert.equal(find({ go: undefined }, { mode: "exec" }), undefined);
    assert.equal(find({ go: undefined }, { mode: "exec" }, tooOld)?.certainty, "proven");
  });

  it("is clear inside the window, for an attach, and once the program runs", () => {
    assert.equal(find({ go: "go1.22.12" }), undefined);
    assert.equal(find({}, { request: "attach", mode: "local", processId: 1 }), undefined);
    assert.equal(find({}, {}, underWay), undefined);
  });
});
