import assert from "node:assert/strict";
import { judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { arm64OrM1HangVersion } from "./arm64OrM1HangVersion.ts";

// The versions and the processor of go-delve/delve#3598.
const facts = {
  dlv: "1.21.2",
  go: "go1.21.5",
  on: { system: "Linux", machine: "aarch64", release: "5.15.0" },
  place: { path: "/root/go/bin/dlv", dir: "/root/go/bin", script: false, replaceable: true },
};
const hangs = {
  totalMs: 12_000,
  phases: [{ name: "load", startMs: 2000, ms: 10_000, parts: [] }],
  current: "load",
  idleMs: 9500,
} as const;
const find = (more: object = {}, timeline: object = hangs, config: object = {}) =>
  judge(arm64OrM1HangVersion, { ...facts, ...more }, launchOf({ ...config }, timeline));

describe("arm64-or-m1-hang-version", () => {
  it("is possible for the versions that are reported, once the load is silent", () => {
    const found = find();
    assert.equal(found?.certainty, "possible");
    assert.deepEqual(found.explains, { phase: "load", ms: 10_000 });
    const on = { system: "Darwin", machine: "arm64", release: "22.6.0" };
    assert.equal(find({ on, dlv: "1.21.0", go: "go1.21.0" })?.certainty, "possible");
  });

  it("its own fix silences it: the newest Delve for that Go", () => {
    const { action } = find()?.fixes[0] ?? {};
    assert.ok(action?.kind === "command");
    assert.equal(action.argv.at(-1), "github.com/go-delve/delve/cmd/dlv@v1.25.0");
    assert.equal(find({ dlv: "1.25.0" }), undefined);
  });

  it("is clear on another processor, and for a launch that moves, is elsewhere, or goes on", () => {
    assert.equal(find({ on: { ...facts.on, machine: "x86_64" } }), undefined);
    assert.equal(find({ go: undefined }), undefined);
    assert.equal(find({}, { ...hangs, idleMs: 300 }), undefined);
    assert.equal(find({}, { ...hangs, current: "build" }), undefined);
    assert.equal(find({}, underWay), undefined);
    assert.equal(find({}, hangs, { port: 2345 }), undefined);
  });
});
