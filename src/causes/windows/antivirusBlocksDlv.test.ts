import assert from "node:assert/strict";
import { failed, judge, launchOf } from "../../../test/lab/judge.ts";
import type { Timeline } from "../../core/timeline.ts";
import { antivirusBlocksDlv } from "./antivirusBlocksDlv.ts";

const verdict = (timeline: Partial<Timeline>, dir = "C:\\w") =>
  judge(antivirusBlocksDlv, {}, launchOf({ __buildDir: dir, dlvToolPath: "C:\\go\\bin\\dlv.exe" }, timeline));

// ERROR_VIRUS_INFECTED (225) in the words of FormatMessage, as Go prints a CreateProcess that failed of it.
const virus = failed(
  "Failed to launch: could not launch process: fork/exec C:\\w\\__debug_bin123.exe: Operation did not complete successfully because the file contains a virus or potentially unwanted software.",
);
// go-delve/delve#600 and #601 have the words; the file's name stands before them since Delve names it.
const denied = failed(
  "Failed to launch: could not launch process: fork/exec C:\\w\\__debug_bin.exe: Access is denied.",
);
// go-delve/delve#4342: Smart App Control, as Node tells it.
const unknown: Partial<Timeline> = {
  spawnError: { errno: "UNKNOWN", text: "C:\\go\\bin\\dlv.exe cannot be run: UNKNOWN" },
  outcome: "failed",
  phases: [{ name: "start", startMs: 0, ms: 40, parts: [] }],
};

describe("antivirus-blocks-dlv", () => {
  it("is likely where Windows says so, and possible where it only refuses", () => {
    const found = verdict(virus);
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /did not start C:\\w\\__debug_bin123\.exe: its virus scanner/);
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    assert.equal(verdict(denied)?.certainty, "possible");
  });

  it("names a dlv.exe that does not start", () => {
    const found = verdict(unknown);
    assert.equal(found?.certainty, "possible");
    assert.match(found.because, /did not start C:\\go\\bin\\dlv\.exe/);
    assert.deepEqual(found.explains, { phase: "start", ms: 40 });
    const missing = { ...unknown, spawnError: { errno: "ENOENT", text: "there is no dlv" } };
    assert.equal(verdict(missing), undefined);
  });

  it("is clear where a policy says so, on another system, and for another failure", () => {
    const policy = failed(
      "could not launch process: fork/exec C:\\w\\a.exe: This program is blocked by group policy. fork/exec C:\\w\\a.exe: Access is denied.",
    );
    assert.equal(verdict(policy), undefined);
    assert.equal(verdict(virus, "/w"), undefined);
    assert.equal(verdict({ ...unknown, spawnError: { errno: "EACCES", text: "" } }, "/w"), undefined);
    assert.equal(verdict(failed("something else")), undefined);
  });
});
