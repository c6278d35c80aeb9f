import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import { windowsDebugBinLocked } from "./windowsDebugBinLocked.ts";

const verdict = (said: string, dir = "D:\\go\\work") =>
  judge(windowsDebugBinLocked, {}, launchOf({ __buildDir: dir }, { said, outcome: "exited" }));

// go-admin-team/go-admin#294; go-delve/delve#4357 has the same of Delve 1.26.3.
const held =
  "could not remove D:\\go\\work\\go-admin\\__debug_bin: remove D:\\go\\work\\go-admin\\__debug_bin: Access is denied.\nProcess exiting with code: 0\n";

describe("windows-debug-bin-locked", () => {
  it("names the file that is left", () => {
    const found = verdict(held);
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /could not remove D:\\go\\work\\go-admin\\__debug_bin: access is denied/);
    assert.equal(found.explains, undefined);
  });

  it("is clear where the program was never started because a policy blocked it (microsoft/vscode#83505)", () => {
    const blocked = `fork/exec d:\\w\\__debug_bin: This program is blocked by group policy.\n${held}`;
    assert.equal(verdict(blocked), undefined);
    assert.equal(verdict(`fork/exec d:\\w\\__debug_bin: Access is denied.\n${held}`), undefined);
  });

  it("is clear on another system, and where nothing was left", () => {
    assert.equal(verdict(held, "/w"), undefined);
    assert.equal(
      verdict("could not remove /w/__debug_bin: remove /w/__debug_bin: permission denied"),
      undefined,
    );
    assert.equal(verdict("Process exiting with code: 0\n"), undefined);
  });
});
