import assert from "node:assert/strict";
import { fakeMac } from "../../../test/lab/fakeMac.ts";
import { failed } from "../../../test/lab/judge.ts";
import { labEnv } from "../../../test/lab/module.ts";
import { examined } from "../../../test/lab/recorded.ts";
import { silent } from "../../../test/lab/score.ts";
import { macosXcode16Dwarf } from "./macosXcode16Dwarf.ts";

const strings = failed(
  "could not launch process: error reading debug_info: decoding dwarf section info at offset 0x60e5cd: DW_FORM_strx with no .debug_str_offsets section",
);

describe("Apple's clang, as a script asks for it", () => {
  it("is none on this machine, which is no Mac", async () => {
    const here = await examined(macosXcode16Dwarf, strings, { env: await labEnv() });
    silent(here, "Linux, and the words of a Mac with Xcode 16");
    assert.deepEqual(here.verdicts.unknown, []);
  });

  it("is known by its own version line", async () => {
    const env = await labEnv();
    const mac = fakeMac({
      "xcode-select": "/tmp",
      xcrun: "/tmp/usr/bin/clang",
      // The first line of `clang --version` of Xcode 16.0.
      clang: "Apple clang version 16.0.0 (clang-1600.0.26.3)\nTarget: arm64-apple-darwin24.0.0",
    });
    try {
      const PATH = `${mac.folder}:${env["PATH"] ?? ""}`;
      const { verdicts } = await examined(macosXcode16Dwarf, strings, { env: { ...env, PATH } });
      assert.deepEqual(verdicts.unknown, []);
      assert.ok(verdicts.findings[0]?.evidence.includes("clang --version: 16.0.0, in /tmp"));
    } finally {
      mac.remove();
    }
  });
});
