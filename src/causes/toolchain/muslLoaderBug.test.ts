import assert from "node:assert/strict";
import { answer, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { muslLoader } from "../../probes/muslLoader.ts";
import { muslLoaderBug } from "./muslLoaderBug.ts";

// The versions of go-delve/delve#3617, on Alpine 3.19.
const facts = {
  dlv: "1.21.2",
  loader: "/lib/ld-musl-x86_64.so.1",
  go: "go1.21.5",
  place: { path: "/usr/bin/dlv", dir: "/usr/bin", script: false, replaceable: false },
};
const passed = {
  totalMs: 3000,
  phases: [{ name: "run", startMs: 900, ms: 2100, parts: [] }],
  outcome: "exited",
  breakpoints: [{ at: "/w/main.go:14", verified: true }],
} as const;
const find = (more: object = {}, timeline: object = passed, config: object = {}) =>
  judge(muslLoaderBug, { ...facts, ...more }, launchOf({ ...config }, timeline));

describe("musl-loader-bug", () => {
  it("is possible where a program with musl's loader passed a verified breakpoint", () => {
    const found = find();
    assert.equal(found?.certainty, "possible");
    assert.match(found.because, /musl's loader, with which Delve 1\.21\.2 passes breakpoints/);
    assert.equal(find({}, { ...passed, outcome: undefined, current: "run" })?.certainty, "possible");
  });

  it("its own fixes silence it: a newer Delve, or a program without a loader", () => {
    const found = find();
    assert.match(JSON.stringify(found?.fixes[0]), /dlv@v1\.25\.0/);
    assert.equal(find({ dlv: "1.22.1" }), undefined);
    assert.match(JSON.stringify(found?.fixes[1]), /CGO_ENABLED/);
    assert.equal(find({ loader: undefined }), undefined);
    assert.equal(find({}, passed, { mode: "exec" })?.fixes.length, 1);
  });

  it("is clear for a launch that stopped, that has no verified breakpoint, or that dlv does not trace", () => {
    assert.equal(find({}, { ...underWay, breakpoints: passed.breakpoints }), undefined);
    assert.equal(find({}, { ...passed, breakpoints: [{ at: "/w/main.go:14", verified: false }] }), undefined);
    assert.equal(find({}, { ...passed, breakpoints: [] }), undefined);
    assert.equal(find({}, passed, { noDebug: true }), undefined);
  });

  it("reads the loader off the first line of the answer", () => {
    assert.equal(
      muslLoader.read(answer("/lib/ld-musl-x86_64.so.1\n"), launchOf({})),
      "/lib/ld-musl-x86_64.so.1",
    );
    assert.equal(muslLoader.read(answer(""), launchOf({})), undefined);
  });
});
