import assert from "node:assert/strict";
import { answer, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import type { Timeline } from "../../core/timeline.ts";
import { linuxVersion } from "../../probes/linuxVersion.ts";
import { wsl1Ptrace } from "./wsl1Ptrace.ts";

const verdict = (version: string, timeline: Partial<Timeline> = stuck, config = {}) => {
  const launch = launchOf(config, timeline);
  return judge(wsl1Ptrace, { linux: linuxVersion.read(answer(version), launch) }, launch);
};
const stuck: Partial<Timeline> = {
  current: "load",
  phases: [{ name: "load", startMs: 0, ms: 30_000, parts: [] }],
};

// microsoft/vscode-remote-release#1379 and #3581: 4.4.0-17763-Microsoft, 4.4.0-18362-Microsoft.
const wsl1 =
  "Linux version 4.4.0-18362-Microsoft (Microsoft@Microsoft.com) (gcc version 5.4.0 (GCC) ) #836-Microsoft Mon May 05 16:04:00 PST 2020\ndistribution Ubuntu-20.04\n";
// The same thread: what WSL 2 says.
const wsl2 =
  "Linux version 4.19.104-microsoft-standard (oe-user@oe-host) #1 SMP Wed Feb 19 06:37:35 UTC 2020\n";

describe("wsl1-ptrace", () => {
  it("is told by the version that WSL 1 gives itself", () => {
    const found = verdict(wsl1);
    assert.equal(found?.certainty, "likely");
    assert.deepEqual(found.explains, { phase: "load", ms: 30_000 });
    assert.match(JSON.stringify(found.fixes), /wsl --set-version Ubuntu-20\.04 2/);
    assert.equal(verdict(wsl1, {})?.explains, undefined, "found without a launch as well");
  });

  it("is clear in WSL 2, with a kernel of one's own there, and on a real Linux 4.4", () => {
    assert.equal(verdict(wsl2), undefined);
    assert.equal(verdict("Linux version 6.1.21-Microsoft-mine (me@home)\n"), undefined);
    assert.equal(verdict("Linux version 4.4.0-210-generic (buildd@lgw01) (gcc)\n"), undefined);
    assert.equal(verdict(""), undefined);
  });

  it("is clear while go builds, once the program runs, and where dlv traces nothing", () => {
    assert.equal(verdict(wsl1, { current: "build", phases: [] }), undefined);
    assert.equal(verdict(wsl1, underWay), undefined);
    assert.equal(verdict(wsl1, {}, { noDebug: true }), undefined);
    assert.equal(verdict(wsl1, {}, { request: "attach", mode: "remote" }), undefined);
  });
});
