import assert from "node:assert/strict";
import { answer, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import type { Timeline } from "../../core/timeline.ts";
import { type DebugSections, debugSections } from "../../probes/debugSections.ts";
import { hugeBinarySymbols } from "./hugeBinarySymbols.ts";

const dlv = { pid: 10, ppid: 1, name: "dlv", argv: [], state: "R", cpuMs: 9000 };
const loading: Partial<Timeline> = {
  totalMs: 12_000,
  phases: [{ name: "load", startMs: 0, ms: 12_000, parts: [] }],
  current: "load",
  last: { processes: [dlv] },
};
const huge: DebugSections = { path: "/w/app", fileBytes: 150e6, infoBytes: 140e6, allBytes: 260e6 };
const judged = (sections: DebugSections | undefined, timeline = loading) =>
  judge(hugeBinarySymbols, { sections }, launchOf({ mode: "exec", program: "/w/app" }, timeline));

describe("huge-binary-symbols", () => {
  it("is proven by the size of what is read and the CPU that dlv used", () => {
    const found = judged(huge);
    assert.equal(found?.certainty, "proven");
    assert.equal(found.because, "dlv is reading 140 MB of debug information of /w/app: slow, not stuck.");
    assert.match(found.evidence.join("\n"), /dlv has used 9\.0 s of CPU, its load took 12\.0 s so far/);
    assert.deepEqual(found.explains, { phase: "load", ms: 9000 });
  });

  it("is silent for a smaller program, which is its fix, and for a large one that loads in the usual time", () => {
    assert.equal(judged({ ...huge, infoBytes: 12e6 }), undefined);
    assert.equal(judged(huge, underWay), undefined);
  });

  it("is possible where dlv did not work, or was not seen to", () => {
    assert.equal(
      judged(huge, { ...loading, last: { processes: [{ ...dlv, cpuMs: 90 }] } })?.certainty,
      "possible",
    );
    assert.equal(judged(huge, { ...loading, last: { processes: [] } })?.certainty, "possible");
  });

  it("is silent where there is no such file, and where the launch failed", () => {
    assert.equal(judged(undefined), undefined);
    assert.equal(judged(huge, { ...loading, outcome: "failed" }), undefined);
  });
});

describe("the debug sections", () => {
  it("are added up by name", () => {
    // "\0.text\0.debug_info\0.debug_line\0"
    const names = Buffer.from("\0.text\0.debug_info\0.debug_line\0").toString("hex");
    const text = `path /w/app\nfile 900\nnames ${names}\nsection 0 0\nsection 1 500\nsection 7 300\nsection 19 40\n`;
    assert.deepEqual(debugSections.read(answer(text), launchOf({})), {
      path: "/w/app",
      fileBytes: 900,
      infoBytes: 300,
      allBytes: 340,
    });
    assert.equal(debugSections.read(answer(""), launchOf({})), undefined);
  });
});
