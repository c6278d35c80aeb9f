import assert from "node:assert/strict";
import { failed, judge, launchOf } from "../../../test/lab/judge.ts";
import type { MacProcessor } from "../../probes/macProcessor.ts";
import { rosettaWrongArchGo } from "./rosettaWrongArchGo.ts";

// golang/vscode-go#3466 and go-delve/delve#3592: Go and dlv for Intel on Apple silicon.
const refused = failed(
  "Failed to launch: could not launch process: can not run under Rosetta, check that the installed build of Go is right for your CPU architecture",
);
// The other half of the text: pkg/internal/macutil/rosetta_darwin.go of Delve 1.27.
const terminal = failed(
  "Failed to launch: could not launch process: can not run under Rosetta, check that the terminal/shell in use is right for your CPU architecture",
);
const intel: MacProcessor = { appleSilicon: true, translated: true, dlv: "x86_64", go: "x86_64" };
const verdict = (processor: MacProcessor | undefined, timeline = refused) =>
  judge(rosettaWrongArchGo, { processor }, launchOf({}, timeline));
const advice = (processor: MacProcessor) => {
  const action = verdict(processor)?.fixes[0]?.action;
  return action?.kind === "advice" ? action.text : "";
};

describe("rosetta-wrong-arch-go", () => {
  it("names which program is made for Intel, and what to install", () => {
    const found = verdict(intel);
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /^dlv is made for Intel and go is made for Intel, but/);
    assert.match(advice(intel), /darwin-arm64.*install dlv anew.*Open using Rosetta/);
    assert.doesNotMatch(advice({ ...intel, go: "arm64", translated: false }), /darwin-arm64|Rosetta/);
  });

  it("blames what starts dlv where both programs are right", () => {
    const native = { ...intel, dlv: "arm64", go: "arm64" };
    assert.match(verdict(native, terminal)?.because ?? "", /the process that starts dlv runs translated/);
    assert.equal(verdict({ ...native, dlv: "x86_64+arm64" }, terminal)?.certainty, "likely");
  });

  it("is clear on an Intel Mac, on another system, with native programs, and for other words", () => {
    assert.equal(verdict({ ...intel, appleSilicon: false, translated: false }), undefined);
    assert.equal(verdict(undefined), undefined);
    assert.equal(verdict({ appleSilicon: true, translated: false, dlv: "arm64", go: "arm64" }), undefined);
    assert.equal(verdict(intel, failed("Failed to launch: something else")), undefined);
  });
});
