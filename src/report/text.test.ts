import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { assertGolden } from "../../test/lab/golden.ts";
import {
  afterLongBuild,
  healthyReport,
  stalledPreviews,
  stalledReport,
} from "../../test/lab/sampleReport.ts";
import { reportText } from "./text.ts";

const plain = { color: false, width: 100 };

describe("the report for a terminal", () => {
  it("tells a stalled launch", () => {
    assertGolden("stalled.txt", reportText(stalledReport, { ...plain, previews: stalledPreviews }));
  });

  it("tells a healthy launch", () => {
    assertGolden("healthy.txt", reportText(healthyReport, plain));
  });

  it("begins with cause, certainty, machine and observation", () => {
    assert.equal(
      reportText(stalledReport, plain).split("\n")[0],
      "go has waited 11.2 s on a connection to 127.0.0.1:9 that sends nothing. " +
        "Proven on build7: pid 4711 go: ESTABLISHED 127.0.0.1:9, 0 B received, 0 ms CPU in 11 s.",
    );
  });

  it("says of a finding that its fault was never made in a test", () => {
    const findings = stalledReport.findings.map((one) => ({ ...one, documented: true as const }));
    const text = reportText({ ...stalledReport, findings }, plain);
    assert.match(text, /Proven, by documented output on build7: /);
    assert.match(text, /\(module-download-blocked, proven, by documented output\)/);
  });

  it("says by colour nothing that it does not say in words", () => {
    const colored = reportText(stalledReport, { color: true, width: 100, previews: stalledPreviews });
    const stripped = stripVTControlCharacters(colored);
    assert.notEqual(colored, stripped);
    assert.equal(stripped, reportText(stalledReport, { ...plain, previews: stalledPreviews }));
  });

  it("passes on no control character that somebody put into a text", () => {
    const [finding] = stalledReport.findings;
    assert.ok(finding);
    const hostile = "\u001b]0;title\u0007\u001b[2Jgone\u202e\r";
    const text = reportText(
      {
        ...stalledReport,
        host: { kind: "local", name: hostile },
        launch: { ...stalledReport.launch, name: hostile },
        findings: [{ ...finding, because: hostile, evidence: [hostile, `two\n${hostile}`] }],
        unknown: [{ cause: "x", because: hostile }],
      },
      { ...plain, previews: new Map([[finding.fixes[0]?.id ?? "", `+${hostile}`]]) },
    );
    assert.doesNotMatch(text, /(?!\n)[\p{Cc}\u202e]/u);
    assert.match(text, /\\u\{1b\}\]0;title/);
  });

  it("names the slowest packages of a long build", () => {
    const text = reportText(afterLongBuild(healthyReport), plain);
    assert.match(
      text,
      /^Slowest packages of the build\n {2}example\.com\/sqlite {2}cgo {6}about 1 min 01 s\n {2}runtime {13}compile {2}about 1\.2 s\n {2}main {16}link {5}about 810 ms\n$/m,
    );
    assert.doesNotMatch(reportText(healthyReport, plain), /Slowest/);
  });

  it("says what failed where no cause is known", () => {
    const failed = {
      ...healthyReport,
      outcome: "failed" as const,
      timeline: { ...healthyReport.timeline, failure: { phase: "run", text: "could not launch process" } },
    };
    assert.equal(
      reportText(failed, plain).split("\n")[0],
      '"Server" (debug) failed in run after 1.2 s on build7. could not launch process. No known cause fits.',
    );
  });
});
