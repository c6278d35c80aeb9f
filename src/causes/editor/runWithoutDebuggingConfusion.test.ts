import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import type { Timeline } from "../../core/timeline.ts";
import { runWithoutDebuggingConfusion } from "./runWithoutDebuggingConfusion.ts";

const ended: Partial<Timeline> = { totalMs: 900, outcome: "exited" };

function found(
  breakpoints: readonly string[],
  noDebug: unknown = true,
  timeline: Partial<Timeline> = ended,
  writesNoDebug = true,
) {
  const editor = { ms: 0, tasks: [], go: { state: "missing" } as const, breakpoints, writesNoDebug };
  return judge(runWithoutDebuggingConfusion, {}, { ...launchOf({ noDebug }, timeline), editor });
}

describe("run-without-debugging-confusion", () => {
  it("is proven for a breakpoint of the program's own that was passed; with debugging it is silent", () => {
    const finding = found(["/w/main.go:6", "/w/other.go:9", "/elsewhere/x.go:1"]);
    assert.equal(finding?.certainty, "proven");
    assert.equal(finding.explains, undefined);
    assert.match(finding.because, /\/w\/main\.go:6 and 1 more was not set/);
    assert.deepEqual(finding.evidence.length, 3);
    assert.equal(found(["/w/main.go:6"], "true"), undefined);
    assert.equal(found(["/w/main.go:6"], false), undefined);
  });

  it("takes the attribute away where it is written, and says which key it is where one was pressed", () => {
    const [written] = found(["/w/main.go:6"])?.fixes ?? [];
    assert.deepEqual(written?.action, { kind: "launch.json", edits: [{ at: ["noDebug"] }] });
    const [pressed] = found(["/w/main.go:6"], true, ended, false)?.fixes ?? [];
    assert.equal(pressed?.action.kind, "advice");
  });

  it("is told of a program that still runs", () => {
    assert.notEqual(found(["/w/main.go:6"], true, { totalMs: 900, current: "run" }), undefined);
  });

  it("is clear without breakpoints, with some elsewhere, and before the program ran", () => {
    assert.equal(found([]), undefined);
    assert.equal(found(["/web/main.go:6"]), undefined);
    assert.equal(found(["/w/main.go:6"], true, { totalMs: 900, current: "build" }), undefined);
    assert.equal(found(["/w/main.go:6"], true, { totalMs: 900, outcome: "failed" }), undefined);
  });
});
