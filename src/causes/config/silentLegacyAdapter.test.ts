import assert from "node:assert/strict";
import { answer, judge, launchOf } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { remoteAttach, stillIn } from "../../../test/lab/serverFacts.ts";
import { guessHelper } from "../../probes/guessHelper.ts";
import { silentLegacyAdapter } from "./silentLegacyAdapter.ts";

const read = (stdout: string) => guessHelper.read(answer(stdout), launchOf({}));
const old = read("path /go/bin/dlv\nDelve Debugger\nVersion: 1.22.1\n");
const current = read(
  "path /go/bin/dlv\nVersion: 1.27.1\nUsage:\n  dlv substitute-path-guess-helper [flags]\n",
);

function find(dlv: typeof old, config: object = remoteAttach, timeline: object = {}) {
  return judge(silentLegacyAdapter, { dlv }, launchOf({ ...config }, timeline));
}

describe("silent-legacy-adapter", () => {
  it("is proven by a local dlv without the helper, and its own fix silences it", () => {
    const found = find(old);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /\/go\/bin\/dlv is Delve 1\.22\.1/);
    const config = fixedConfig(remoteAttach, { cause: "", title: "", ...found });
    assert.equal(find(old, config), undefined);
    assert.equal(find(current), undefined);
  });

  it("is likely without any dlv, and possible where legacy may have been chosen on purpose", () => {
    assert.equal(find(read(""))?.certainty, "likely");
    assert.equal(find(old, { ...remoteAttach, debugAdapter: "legacy" })?.certainty, "possible");
  });

  it("is clear for a launch, a local attach, and a session that speaks DAP already", () => {
    assert.equal(find(old, { mode: "debug" }), undefined);
    assert.equal(find(old, { ...remoteAttach, mode: "local" }), undefined);
    assert.equal(find(old, remoteAttach, stillIn("load")), undefined);
  });
});
