import assert from "node:assert/strict";
import { answer, judge, launchOf } from "../../../test/lab/judge.ts";
import type { EditorState } from "../../core/editor.ts";
import { dlvModule } from "../../probes/dlvModule.ts";
import { dlvOutdatedPrompt } from "./dlvOutdatedPrompt.ts";

const go = { state: "active", id: "golang.go", version: "0.58.0" } as const;
const waiting: EditorState = { ms: 12_000, waits: "resolve", tasks: [], go, breakpoints: [] };

function found(version: string | undefined, editor: EditorState = waiting) {
  return judge(dlvOutdatedPrompt, { version }, { ...launchOf({}), editor });
}

describe("dlv-outdated-prompt", () => {
  it("is likely for a dlv before v1.8.3 while the Go extension has not returned; a newer one silences it", () => {
    const finding = found("1.8.2");
    assert.equal(finding?.certainty, "likely");
    assert.match(finding.evidence.join("\n"), /v1\.8\.2, older than v1\.8\.3/);
    assert.equal(found("1.7.3")?.certainty, "likely");
    assert.equal(found("1.8.3-0.20220101000000-abcdef123456")?.certainty, "likely");
    assert.equal(finding.fixes[0]?.id, "dlv-outdated-prompt/install");
    assert.equal(found("1.27.1"), undefined);
  });

  it("is clear from v1.8.3 on, and for a dlv whose version go does not name", () => {
    assert.equal(found("1.8.3"), undefined);
    assert.equal(found("1.9.0"), undefined);
    assert.equal(found("1.20.0-rc1"), undefined);
    assert.equal(found(undefined), undefined);
  });

  it("is clear once the Go extension is done, and where no editor launches", () => {
    assert.equal(found("1.8.2", { ...waiting, waits: "task" }), undefined);
    assert.equal(judge(dlvOutdatedPrompt, { version: "1.8.2" }, launchOf({})), undefined);
  });

  it("reads the module version as the Go extension does", () => {
    const line =
      "dlv: go1.17.6\n\tpath\tgithub.com/go-delve/delve/cmd/dlv\n\tmod\tgithub.com/go-delve/delve\t";
    assert.equal(dlvModule.read(answer(`${line}v1.8.2\th1:x=\n`), launchOf({})), "1.8.2");
    assert.equal(dlvModule.read(answer(`${line}(devel)\n`), launchOf({})), undefined);
    assert.equal(dlvModule.read(answer(""), launchOf({})), undefined);
    assert.throws(
      () => dlvModule.read(answer("", 1, "not a Go executable"), launchOf({})),
      /not a Go executable/,
    );
  });
});
