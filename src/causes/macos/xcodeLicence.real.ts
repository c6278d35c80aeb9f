import assert from "node:assert/strict";
import { fakeMac } from "../../../test/lab/fakeMac.ts";
import { failed } from "../../../test/lab/judge.ts";
import { examined } from "../../../test/lab/recorded.ts";
import { silent } from "../../../test/lab/score.ts";
import { xcodeLicence } from "./xcodeLicence.ts";

const words =
  "You have not agreed to the Xcode license agreements. Please run 'sudo xcodebuild -license' from within a Terminal window to review and agree to the Xcode and Apple SDKs license.";
const refused = { ...failed("Build error", "build"), buildError: `Build Error: go build\n${words}\n` };

describe("Apple's tools, as a script asks for them", () => {
  it("are no matter on this machine, which is no Mac", async () => {
    const here = await examined(xcodeLicence, refused);
    silent(here, "Linux, and the words of a Mac whose licence is not accepted");
    assert.deepEqual(here.verdicts.unknown, []);
  });

  it("are told from their wrapper's exit code", async () => {
    const mac = fakeMac({ "xcode-select": "/tmp", xcrun: `${words}!69` });
    try {
      const { verdicts } = await examined(xcodeLicence, refused, { env: { PATH: mac.path } });
      assert.match(verdicts.findings[0]?.because ?? "", /licence of Xcode is not accepted/);
      assert.match(verdicts.findings[0]?.evidence.at(-1) ?? "", /exit code 69, You have not agreed/);
    } finally {
      mac.remove();
    }
  });

  it("are missing where xcode-select names no directory, and then nothing is asked that opens a dialog", async () => {
    const error = "xcode-select: error: unable to get active developer directory!2";
    const mac = fakeMac({ "xcode-select": error, xcrun: "a dialog opened" });
    try {
      const { verdicts } = await examined(xcodeLicence, refused, { env: { PATH: mac.path } });
      assert.ok(verdicts.findings[0]?.evidence.includes("xcode-select -p: no directory"));
      assert.doesNotMatch(JSON.stringify(verdicts), /a dialog opened/);
    } finally {
      mac.remove();
    }
  });
});
