import assert from "node:assert/strict";
import { answer, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { type OldApi, oldApi } from "../../probes/oldApi.ts";
import { apiVersion1 } from "./apiVersion1.ts";

const refused: OldApi = { taken: false, said: "unknown API version" };
const legacy = { debugAdapter: "legacy", apiVersion: 1 };
const find = (config: object, api = refused, timeline = {}) =>
  judge(apiVersion1, { dlv: "1.27.1", api }, launchOf({ ...config }, timeline));

describe("api-version-1", () => {
  it("is proven by what this dlv says to it", () => {
    const found = find(legacy);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /Delve 1\.27\.1 has no API 1 any more, which "apiVersion": 1 asks for/);
    assert.match(found.evidence.join("\n"), /unknown API version/);
  });

  it("its own fixes silence it, and keep other flags", () => {
    const config = {
      ...legacy,
      useApiV1: true,
      dlvFlags: ["--log", "--api-version=1", "--api-version", "1"],
    };
    const found = find(config);
    assert.ok(found !== undefined);
    const fixed = fixedConfig(config, { cause: "", title: "", ...found });
    assert.deepEqual(fixed, { debugAdapter: "dlv-dap", dlvFlags: ["--log"] });
    assert.equal(find(fixed), undefined);
    const fixes = found.fixes.map((fix) => ({ ...fix, preferred: fix.id.endsWith("/api-2") }));
    const kept = fixedConfig(config, { cause: "", title: "", ...found, fixes });
    assert.deepEqual(kept, { debugAdapter: "legacy", dlvFlags: ["--log"] });
    assert.equal(find(kept), undefined);
  });

  it("is clear for a dlv that takes it, for dlv-dap, for version 2, a remote attach, and a session that is seen", () => {
    assert.equal(find(legacy, { taken: true, said: "" }), undefined);
    assert.equal(find(legacy, { said: "panic" }), undefined);
    assert.equal(find({ apiVersion: 1 }), undefined);
    assert.equal(find({ debugAdapter: "legacy", apiVersion: 2 }), undefined);
    assert.equal(find({ ...legacy, request: "attach", mode: "remote" }), undefined);
    assert.equal(find(legacy, refused, underWay), undefined);
  });

  it("reads Delve's answer: 1.27.1's refusal, and 1.22.1 that misses the program", () => {
    const read = (stdout: string, stderr: string) => oldApi.read(answer(stdout, 1, stderr), launchOf({}));
    assert.equal(read("API server listening at: 127.0.0.1:1\n", "unknown API version\n").taken, false);
    assert.equal(read("", "stat /nonexistent/program: no such file or directory\n").taken, true);
    assert.equal(read("", "Segmentation fault\n").taken, undefined);
  });
});
