import assert from "node:assert/strict";
import { healthyReport } from "../../test/lab/sampleReport.ts";
import { reportMarkdown } from "./markdown.ts";
import { reportText } from "./text.ts";

describe("what was not checked", () => {
  const because = "DESKTOP-1 has no sh to ask with";
  const unknown = [
    { cause: "disk-full", because },
    { cause: "trimpath", because: "go is not there" },
    { cause: "noexec-mount", because },
  ];

  it("is told once for each reason, in words and in Markdown", () => {
    const report = { ...healthyReport, unknown };
    const lines = reportText(report, { color: false, width: 100 }).split("\n");
    assert.deepEqual(
      lines.filter((line) => line.startsWith("Not checked")),
      [
        `Not checked: disk-full, noexec-mount, because ${because}`,
        "Not checked: trimpath, because go is not there",
      ],
    );
    assert.match(reportMarkdown(report), /^- `disk-full`, `noexec-mount`, because DESKTOP-1 has no sh/m);
  });
});
