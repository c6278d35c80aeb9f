import assert from "node:assert/strict";
import { stalledReport } from "../../test/lab/sampleReport.ts";
import { reportMarkdown } from "./markdown.ts";
import type { Report } from "./report.ts";
import { reportText } from "./text.ts";

const plain = { color: false, width: 100 };
const task = { name: "build <b>", ms: 5000, running: false };

describe("the time before a launch, in a report", () => {
  const having = (before: Report["before"]): Report => ({ ...stalledReport, ...(before && { before }) });

  it("is told with its tasks, where it is worth a word", () => {
    const report = having({ ms: 5210, tasks: [task] });
    assert.ok(
      reportText(report, plain).includes('VS Code took 5.2 s, of these 5.0 s in task "build <b>".\n'),
    );
    const markdown = reportMarkdown(report);
    assert.match(
      markdown,
      /## Before the launch\n\nVS Code took 5\.2 s, of these 5\.0 s in task "build \S*b\S*"\.\n/,
    );
    assert.ok(!markdown.includes("<b>"));
    for (const none of [undefined, { ms: 999, tasks: [task] }])
      assert.ok(!reportText(having(none), plain).includes("VS Code took"));
  });

  it("is all there is of a launch that VS Code has not come to", () => {
    const timeline = { totalMs: 0, explainedMs: 0, phases: [] };
    const waiting = (before: Report["before"]) => {
      const { launch: all } = stalledReport;
      const { dlv: _, ...launch } = all;
      return reportText({ ...having(before), timeline, launch, findings: [] }, plain);
    };
    const running = { name: "watch", ms: 12_000, running: true };
    assert.match(
      waiting({ ms: 12_300, waits: "task", tasks: [task, running] }),
      /^"Server" \(debug\) has waited for 12\.3 s for the task "watch"; dlv was not asked for on build7\. No known cause/,
    );
    assert.match(
      waiting({ ms: 12_300, waits: "resolve", tasks: [] }),
      /has waited for 12\.3 s for the Go extension;/,
    );
  });

  it("is what a finding of the editor's explains", () => {
    const [finding] = stalledReport.findings;
    assert(finding !== undefined);
    const findings = [{ ...finding, explains: { phase: "editor", ms: 12_300 } as const }];
    assert.match(
      reportText({ ...stalledReport, findings }, plain),
      /Explains 12\.3 s of the time before the launch\./,
    );
  });
});
