import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import type { EditorState } from "../../core/editor.ts";
import type { DlvProgram } from "../../probes/dlvProgram.ts";
import { dlvMissingPrompt } from "./dlvMissingPrompt.ts";

const go = { state: "active", id: "golang.go", version: "0.58.0" } as const;
const waiting: EditorState = { ms: 12_000, waits: "resolve", tasks: [], go, breakpoints: [] };
const none: DlvProgram = {
  ...{ directory: "exists", path: "dlv", kind: "missing", interpreterExists: false },
  ...{ host: "x86_64", magic: false, others: [] },
};

function found(file: DlvProgram, editor: EditorState = waiting) {
  return judge(dlvMissingPrompt, { file }, { ...launchOf({}), editor });
}

describe("dlv-missing-prompt", () => {
  it("is likely while the Go extension has not returned and there is no dlv; one installed silences it", () => {
    const finding = found(none);
    assert.equal(finding?.certainty, "likely");
    assert.deepEqual(finding.explains, { phase: "editor", ms: 12_000 });
    assert.match(
      finding.evidence.join("\n"),
      /golang\.go 0\.58\.0: its resolveDebugConfiguration .* 12\.0 s/,
    );
    const action = finding.fixes[0]?.action;
    assert.equal(action?.kind === "command" && action.argv[0], "go");
    assert.equal(found({ ...none, kind: "program", path: "/root/go/bin/dlv" }), undefined);
  });

  it("is clear where a dlv lies in a place of go's", () => {
    assert.equal(found({ ...none, others: ["/root/go/bin/dlv"] }), undefined);
  });

  it("is clear once the Go extension is done, before it started, and where no editor launches", () => {
    assert.equal(found(none, { ...waiting, waits: "task" }), undefined);
    assert.equal(found(none, { ...waiting, go: { ...go, state: "activating" } }), undefined);
    assert.equal(judge(dlvMissingPrompt, { file: none }, launchOf({})), undefined);
  });
});
