import assert from "node:assert/strict";
import { failed, judge, launchOf } from "../../../test/lab/judge.ts";
import { windowsPolicyBlocksExe } from "./windowsPolicyBlocksExe.ts";

const verdict = (timeline: ReturnType<typeof failed>, dir = "d:\\Work Stuff\\GoWork") =>
  judge(windowsPolicyBlocksExe, {}, launchOf({ __buildDir: dir }, timeline));

// microsoft/vscode#83505.
const blocked = failed(
  "Failed to launch: could not launch process: fork/exec d:\\Work Stuff\\GoWork\\__debug_bin: This program is blocked by group policy. For more information, contact your system administrator.",
);

describe("windows-policy-blocks-exe", () => {
  it("names the file and what Windows says of it", () => {
    const found = verdict(blocked);
    assert.equal(found?.certainty, "likely");
    assert.equal(
      found.because,
      "A policy of this machine does not let d:\\Work Stuff\\GoWork\\__debug_bin run.",
    );
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
  });

  it("knows the words of App Control as well", () => {
    const text = "fork/exec C:\\w\\a.exe: An Application Control policy has blocked this file.";
    assert.match(verdict(failed(text))?.because ?? "", /does not let C:\\w\\a\.exe run/);
  });

  it("is clear for a manifest that wants elevation (microsoft/vscode-go#2645), a denial, and another system", () => {
    const elevation = "fork/exec C:\\w\\__debug_bin: The requested operation requires elevation.";
    assert.equal(verdict(failed(elevation)), undefined);
    assert.equal(verdict(failed("fork/exec C:\\w\\__debug_bin: Access is denied.")), undefined);
    assert.equal(verdict(blocked, "/w"), undefined);
  });
});
