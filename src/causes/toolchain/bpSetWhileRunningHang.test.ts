import assert from "node:assert/strict";
import { judge, launchOf } from "../../../test/lab/judge.ts";
import { bpSetWhileRunningHang } from "./bpSetWhileRunningHang.ts";

// Delve 1.6.0 does not answer, 1.6.1 does: bpSetWhileRunningHang.real.ts.
const facts = {
  dlv: "1.6.0",
  go: "go1.16.15",
  place: { path: "/root/go/bin/dlv", dir: "/root/go/bin", script: false, replaceable: true },
};
const hangs = {
  totalMs: 20_000,
  phases: [{ name: "run", startMs: 2000, ms: 18_000, parts: [] }],
  current: "run",
  unanswered: [{ command: "setBreakpoints", ms: 8200 }],
} as const;
const find = (more: object = {}, timeline: object = hangs) =>
  judge(bpSetWhileRunningHang, { ...facts, ...more }, launchOf({}, timeline));

describe("bp-set-while-running-hang", () => {
  it("is likely where an old Delve does not answer while the program runs", () => {
    const found = find();
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /Delve 1\.6\.0 sets no breakpoint .* setBreakpoints for 8\.2 s/);
  });

  it("its own fix silences it: a Delve that halts the program for it", () => {
    const { action } = find()?.fixes[0] ?? {};
    assert.ok(action?.kind === "command");
    assert.equal(action.argv.at(-1), "github.com/go-delve/delve/cmd/dlv@v1.8.3");
    assert.equal(find({ dlv: "1.8.3" }), undefined);
  });

  it("is clear for an answer, for one that just takes its time, and where the program does not run", () => {
    assert.equal(find({}, { ...hangs, unanswered: undefined }), undefined);
    assert.equal(find({}, { ...hangs, unanswered: [{ command: "setBreakpoints", ms: 400 }] }), undefined);
    assert.equal(find({}, { ...hangs, current: undefined, outcome: "stopped" }), undefined);
  });
});
