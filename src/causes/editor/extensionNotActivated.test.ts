import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import type { GoExtension } from "../../core/editor.ts";
import type { Timeline } from "../../core/timeline.ts";
import { extensionNotActivated } from "./extensionNotActivated.ts";

const golang = { id: "golang.go", version: "0.58.0" };
const refused = failed("invalid debug configuration - unsupported 'mode' attribute \"auto\"");

function found(go: GoExtension, config: object = { mode: "auto" }, timeline: Partial<Timeline> = {}, ms = 0) {
  const editor = { ms, tasks: [], go, breakpoints: [] };
  return judge(extensionNotActivated, {}, { ...launchOf({ ...config }, timeline), editor });
}

describe("extension-not-activated", () => {
  it("is proven where none is there, and for the launch that Delve refuses for that", () => {
    assert.equal(found({ state: "missing" })?.certainty, "proven");
    const finding = found({ state: "missing" }, { mode: "auto" }, refused);
    assert.equal(finding?.certainty, "proven");
    assert.deepEqual(finding.explains, { phase: "load", ms: 10 });
    assert.equal(finding.fixes[0]?.id, "extension-not-activated/install");
  });

  it("tells a disabled one from one that is not installed", () => {
    const finding = found({ state: "missing", known: "golang.go-0.58.0" });
    assert.match(finding?.because ?? "", /disabled/);
    assert.match(finding?.evidence.join() ?? "", /golang\.go-0\.58\.0/);
    assert.equal(finding?.fixes[0]?.id, "extension-not-activated/enable");
  });

  it("is proven for one whose start failed, with its reason", () => {
    const finding = found({ state: "failed", ...golang, because: "Cannot find module" });
    assert.equal(finding?.certainty, "proven");
    assert.match(finding.evidence.join(), /golang\.go 0\.58\.0: activation failed: Cannot find module/);
  });

  it("is only possible while one is starting, and nothing before that takes long", () => {
    const starting = { state: "activating", ...golang } as const;
    assert.equal(found(starting, {}, {}, 31_000)?.certainty, "possible");
    assert.equal(found(starting, {}, {}, 12_000), undefined);
  });

  it("is at most possible for a launch that failed of what is not the extension's", () => {
    const error = failed("Build error", "build");
    const finding = found({ state: "missing" }, { mode: "debug" }, error);
    assert.equal(finding?.certainty, "possible");
    assert.equal(finding.explains, undefined);
    const prepared = { mode: "debug", debugAdapter: "dlv-dap" };
    assert.equal(found({ state: "missing" }, prepared, error), undefined);
  });

  it("is clear with an active one, an idle one, without an editor, and for a launch that went well", () => {
    assert.equal(found({ state: "active", ...golang }), undefined);
    assert.equal(found({ state: "idle", ...golang }), undefined);
    assert.equal(found({ state: "missing" }, {}, underWay), undefined);
    assert.equal(judge(extensionNotActivated, {}, launchOf({ mode: "auto" })), undefined);
  });
});
