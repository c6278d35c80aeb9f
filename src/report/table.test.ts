import assert from "node:assert/strict";
import { healthyReport, stalledReport } from "../../test/lab/sampleReport.ts";
import { fleetText } from "./table.ts";

const [finding] = stalledReport.findings;
assert.ok(finding);
const sick = { ...stalledReport, findings: [{ ...finding, because: "It is slow." }, finding] };

describe("the table of several hosts", () => {
  it("has a line for each in the order given, its columns under each other", () => {
    const text = fleetText([
      {
        host: "ssh:web10",
        ms: 1204.4,
        rttMs: 0.42,
        dlv: "1.27.1",
        go: "1.26.8",
        report: { ...healthyReport, unknown: [] },
      },
      { host: "ssh:web2", ms: 96, rttMs: 104, report: sick },
      { host: "podman:a", ms: 12, error: "container: none of that name\u001b[2J" },
    ]);
    assert.equal(
      text,
      `${[
        "Host          Time     RTT  dlv     Go      Outcome",
        "ssh:web10  1204 ms  0.4 ms  1.27.1  1.26.8  nothing found",
        `ssh:web2     96 ms  104 ms                  ${finding.cause}, ${finding.certainty}: It is slow. And 1 more.`,
        "podman:a     12 ms                          not reached: container: none of that name\\u{1b}[2J",
      ].join("\n")}\n`,
    );
  });

  it("says where something was not checked", () => {
    const unknown = [{ cause: "selinux-ptrace", because: "getenforce is not installed" }];
    const text = fleetText([{ host: "local", ms: 5, report: { ...healthyReport, unknown } }]);
    assert.match(text, /^local .* {2}nothing found \(1 not checked\)$/m);
  });
});
