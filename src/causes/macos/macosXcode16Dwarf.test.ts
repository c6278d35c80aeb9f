import assert from "node:assert/strict";
import { failed, judge, launchOf } from "../../../test/lab/judge.ts";
import type { MacTools } from "../../probes/macTools.ts";
import { macosXcode16Dwarf } from "./macosXcode16Dwarf.ts";

// go-delve/delve#3797: Delve 1.23.0, go1.23.0 darwin/arm64, macOS 15 beta.
const strings = failed(
  "Failed to launch: could not launch process: error reading debug_info: decoding dwarf section info at offset 0x942ab7: DW_FORM_strx with no .debug_str_offsets section",
);
// go-delve/delve#3995: Delve 1.24.2, go1.21.13 darwin/arm64, macOS 15.
const short = failed(
  "Failed to launch: could not launch process: could not read debug info (decoding dwarf section info at offset 0x0: too short) and could not read go symbol table (could not find rodata struct member)",
);
const tools: MacTools = { directory: "/Library/Developer/CommandLineTools", clang: "16.0.0" };
const verdict = (timeline = strings, config = {}, facts: object = { tools, go: "go1.23.0" }) =>
  judge(macosXcode16Dwarf, { ...facts }, launchOf(config, timeline));

describe("macos-xcode16-dwarf", () => {
  it("is likely by its own text, clang and Go; without cgo it is silent", () => {
    const found = verdict();
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /Apple clang 16\.0\.0/);
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    assert.deepEqual(
      found.fixes.map(({ preferred }) => preferred),
      [true, false],
    );
    assert.equal(verdict(strings, { env: { CGO_ENABLED: "0" } }), undefined);
  });

  it("is possible by the text that a stripped program gives too, and with a Go that should read it", () => {
    assert.equal(verdict(short)?.certainty, "possible");
    assert.equal(verdict(strings, {}, { tools, go: "go1.25.1" })?.certainty, "possible");
  });

  it("is clear for a program that the configuration strips, an older clang, another system and other words", () => {
    assert.equal(verdict(short, { buildFlags: "-ldflags=-w" }), undefined);
    assert.equal(verdict(strings, {}, { tools: { ...tools, clang: "15.0.0" }, go: "go1.23.0" }), undefined);
    assert.equal(verdict(strings, {}, { tools: undefined, go: "go1.23.0" }), undefined);
    assert.equal(verdict(failed("Failed to launch: something else")), undefined);
  });
});
