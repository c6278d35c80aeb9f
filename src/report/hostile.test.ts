import assert from "node:assert/strict";
import fc from "fast-check";
import { forbidden, nasty, nastyText } from "../../test/lab/hostile.ts";
import { stalledReport } from "../../test/lab/sampleReport.ts";
import type { Checked } from "./checked.ts";
import { checkedSarif } from "./checkedSarif.ts";
import { checkedText } from "./checkedText.ts";
import { forTerminal } from "./forTerminal.ts";
import { jsonText } from "./jsonText.ts";
import { reportMarkdown } from "./markdown.ts";
import { makeReport, type Report } from "./report.ts";
import { makeStepper } from "./stepper.ts";
import { fleetText } from "./table.ts";
import { reportText } from "./text.ts";

/** A report in which all that others may have written is `text`; ids and the names of phases are our own. */
function filled(text: string): Report {
  const { launch, timeline, findings, host } = stalledReport;
  return {
    ...stalledReport,
    host: { ...host, kind: "ssh", name: text },
    launch: {
      ...{ request: launch.request, name: text, mode: text, config: { name: text, [text]: text } },
      dlv: { argv: [text, text], cwd: text },
    },
    before: { ms: 5000, waits: "task", tasks: [{ name: text, ms: 4000, running: true }] },
    timeline: {
      ...timeline,
      phases: timeline.phases.map((one) => ({ ...one, slowest: [{ name: text, part: "compile", ms: 900 }] })),
      failure: { phase: "build", text },
      unset: [{ at: text, text }],
    },
    findings: findings.map((one) => ({
      ...one,
      title: text,
      because: text,
      evidence: [text, text],
      fixes: one.fixes.map((fix) => ({ ...fix, title: text, action: { kind: "advice", text } })),
    })),
    unknown: [{ cause: "selinux-ptrace", because: text }],
  };
}

function checked(text: string): Checked {
  const at = { line: 1, column: 1, endLine: 1, endColumn: 3 };
  const problem = {
    ...{ ...at, file: text, message: text, code: "DLV101", id: "x", severity: "error" },
    related: [{ ...at, message: text }],
    fixes: [{ title: text, safe: true, edits: [] }],
  };
  return { files: [{ file: text }], problems: [problem], unread: [{ file: text, message: text }] } as never;
}

/** Every text for a terminal. */
function printed(text: string): string[] {
  const report = filled(text);
  const previews = new Map(report.findings.flatMap(({ fixes }) => fixes.map(({ id }) => [id, text])));
  const stepped: string[] = [];
  const write = (piece: string) => stepped.push(piece);
  const stepper = makeStepper({ write, live: false, color: false, width: () => 80 });
  const timeline = { phases: [], totalMs: 9, current: "build" } as never;
  stepper.show(timeline, text, true);
  return [
    reportText(report, { color: false, width: 80, previews }),
    reportText({ ...report, findings: [] }, { color: false, width: 80 }),
    fleetText([
      { host: text, ms: 1, error: text },
      { host: text, ms: 1, report, dlv: text, go: text },
    ]),
    checkedText(checked(text), { width: 80, lineOf: () => text }),
    jsonText(report),
    stepped.join(""),
  ];
}

describe("texts of others", () => {
  it("bring nothing to a terminal that it obeys, nor what cannot be seen", () => {
    fc.assert(
      fc.property(nastyText, (text) => {
        for (const [index, out] of printed(text).entries())
          assert.doesNotMatch(out, forbidden, `printer ${index}: ${JSON.stringify(text)}`);
      }),
      { numRuns: 150, examples: nasty.map((one) => [one]) },
    );
  });

  it("are the same in JSON when they are read again", () => {
    for (const text of nasty) {
      assert.deepEqual(
        JSON.parse(jsonText({ text, [text]: [text] })),
        JSON.parse(JSON.stringify({ text, [text]: [text] })),
      );
    }
  });

  it("are told in a line where a line is meant", () => {
    for (const text of ["a\nb", "a\r\nb\u2028c\u0085d"]) {
      const report = filled(text);
      // Evidence and advice may have several lines, and are indented.
      const single = {
        ...report,
        findings: report.findings.map((one) => ({ ...one, evidence: ["one", "one"], fixes: [] })),
      };
      const alike = filled("one");
      const of = { ...alike, findings: alike.findings.map((one) => ({ ...one, fixes: [] })) };
      assert.equal(
        reportText(single, { color: false, width: 80 }).split("\n").length,
        reportText(of, { color: false, width: 80 }).split("\n").length,
      );
    }
  });

  it("bring no control character into the Markdown either", () => {
    for (const text of nasty)
      assert.doesNotMatch(reportMarkdown(filled(text), { versions: [text] }), forbidden, text);
  });

  it("are no links in SARIF", () => {
    for (const text of nasty) {
      const messages = JSON.stringify(checkedSarif(checked(text), [], "1"), (key, value: unknown) =>
        key === "uri" ? undefined : value,
      );
      assert.doesNotMatch(messages, /\]\(/, text);
    }
  });

  it("are cut where nobody would read them to the end", () => {
    const long = "x".repeat(1_000_000);
    const { findings } = stalledReport;
    const [one] = findings;
    assert.ok(one);
    const finding = { ...one, because: long, evidence: [long], fixes: [] };
    const launch = { ...bare, timeline: { phases: [], totalMs: 1, failure: { phase: "build", text: long } } };
    const verdicts = { findings: [finding], clear: [], unknown: [{ cause: "x", because: long }] };
    const report = makeReport({ kind: "ssh", name: "lab" }, launch as never, verdicts as never, "failed");
    assert.ok(JSON.stringify(report).length < 50_000);
    assert.match(report.findings[0]?.because ?? "", /x … \(991,808 more characters\)$/);
  });
});

const bare = {
  name: "n",
  request: "launch",
  mode: "debug",
  config: {},
  env: {},
  folder: "/",
  cwd: "/",
  dlv: "dlv",
};

describe("the last door before a terminal", () => {
  it("lets colours, lines and our own redrawing through, and nothing else", () => {
    for (const fine of ["a\n\tb\r\n", "\u001b[1;31mred\u001b[0m", "\r\u001b[K  build"])
      assert.equal(forTerminal(fine), fine);
    const ours = new RegExp(["\\u001b\\[[\\d;]*m", "\\r\\u001b\\[K", "\\r\\n", "\\t"].join("|"), "g");
    fc.assert(
      fc.property(nastyText, (text) => assert.doesNotMatch(forTerminal(text).replace(ours, ""), forbidden)),
      { numRuns: 300, examples: nasty.map((one) => [one]) },
    );
  });
});
