import assert from "node:assert/strict";
import { failed, judge, launchOf } from "../../../test/lab/judge.ts";
import type { MacTools } from "../../probes/macTools.ts";
import { xcodeLicence } from "./xcodeLicence.ts";

// nextest-rs/nextest#2794: what clang of Xcode answers before the licence is accepted, with exit status 69.
const licence =
  "You have not agreed to the Xcode license agreements. Please run 'sudo xcodebuild -license' from within a Terminal window to review and agree to the Xcode and Apple SDKs license.";
// What Apple's wrapper says after an update of macOS took the command line tools away.
const gone =
  "xcrun: error: invalid active developer path (/Library/Developer/CommandLineTools), missing xcrun at: /Library/Developer/CommandLineTools/usr/bin/xcrun";
const build = (text: string) => ({
  ...failed("Failed to launch: Build error: Check the debug console for details.", "build"),
  buildError: `Build Error: go build -o __debug_bin -gcflags all=-N -l .\n# runtime/cgo\n${text}\n (exit status 1)`,
});
const directory = "/Applications/Xcode.app/Contents/Developer";
const verdict = (tools: MacTools | undefined, timeline: ReturnType<typeof failed> = build(licence)) =>
  judge(xcodeLicence, { tools }, launchOf({}, timeline));

describe("xcode-licence", () => {
  it("names the licence by exit code 69", () => {
    const found = verdict({ directory, xcrun: { code: 69, words: licence } });
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /licence of Xcode is not accepted/);
    assert.deepEqual(found.explains, { phase: "build", ms: 900 });
    assert.deepEqual(
      found.fixes.map(({ id }) => id),
      ["xcode-licence/accept", "xcode-licence/install"],
    );
  });

  it("names tools that are missing, for clang and for debugserver", () => {
    assert.match(verdict({}, build(gone))?.because ?? "", /command line tools are not installed/);
    const server = failed(
      "Failed to launch: debugserver or lldb-server not found: install Xcode's command line tools or lldb-server",
    );
    assert.deepEqual(
      verdict({}, server)?.fixes.map(({ id, preferred }) => [id, preferred]),
      [["xcode-licence/install", true]],
    );
  });

  it("is clear where clang runs, on another system, and for an error of the program's own", () => {
    assert.equal(
      verdict({ directory, xcrun: { code: 0, words: "/usr/bin/clang" }, clang: "16.0.0" }),
      undefined,
    );
    assert.equal(verdict(undefined), undefined);
    assert.equal(verdict({}, build("hello.c:1:1: error: unknown type name 'x'")), undefined);
  });
});
