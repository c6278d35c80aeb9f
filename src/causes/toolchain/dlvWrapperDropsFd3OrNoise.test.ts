import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import type { DlvFirstWords } from "../../probes/dlvFirstWords.ts";
import { dlvWrapperDropsFd3OrNoise } from "./dlvWrapperDropsFd3OrNoise.ts";

const wrapper: DlvFirstWords = { path: "/b/dlv", script: true, fd3: "lost", early: [] };
const inVain = {
  ...failed("Couldn't start dlv dap:\nError: timed out while waiting for DAP server to start", "start"),
  failure: {
    text: "Couldn't start dlv dap:\nError: timed out while waiting for DAP server to start",
    phase: "start",
    command: "initialize",
  },
  phases: [{ name: "start", startMs: 0, ms: 30_000, parts: [] }],
} as const;

const find = (words: Partial<DlvFirstWords>, config = {}, timeline = {}) =>
  judge(dlvWrapperDropsFd3OrNoise, { words: { ...wrapper, ...words } }, launchOf(config, timeline));

describe("dlv-wrapper-drops-fd3-or-noise", () => {
  it("is proven where what dlv writes to file descriptor 3 does not arrive", () => {
    assert.equal(find({})?.certainty, "proven");
    const found = find({}, {}, inVain);
    assert.deepEqual(found?.explains, { phase: "start", ms: 30_000 });
    assert.match(found.because, /\/b\/dlv does not hand file descriptor 3 on to dlv/);
  });

  it("is likely of a script that runs dlv through sudo, which could not be tried out", () => {
    const sudo = find({ fd3: "unknown", sudo: 'exec sudo /go/bin/dlv "$@"' });
    assert.equal(sudo?.certainty, "likely");
    assert.match(JSON.stringify(sudo.fixes[0]), /sudo -C 4 -n/);
    assert.equal(find({ fd3: "unknown", sudo: 'exec sudo -C 4 -n /go/bin/dlv "$@"' }), undefined);
  });

  it("is likely of a script that writes to file descriptor 3 itself", () => {
    const noise = find({ fd3: "kept", early: ["starting dlv"] });
    assert.equal(noise?.certainty, "likely");
    assert.match(noise.evidence.join("\n"), /on file descriptor 3: starting dlv/);
  });

  it("its own fix silences it: a script that hands the descriptor on, and writes nothing to it", () => {
    assert.equal(find({ fd3: "kept" }, {}, inVain), undefined);
  });

  it("has exactly one preferred fix", () => {
    assert.deepEqual(
      find({})?.fixes.map(({ preferred }) => preferred),
      [true, false],
    );
  });

  it("is clear of a dlv that is no script, and of dlv's own complaint", () => {
    assert.equal(find({ script: false, fd3: "kept", early: ["x"] }), undefined);
    const own = "2026-01-01T00:00:00Z error layer=debugger could not create config directory: mkdir /x";
    assert.equal(find({ fd3: "kept", early: [own] }), undefined);
    // Delve 1.27.2 with --log --log-output=dap, in front of the address that it was given to fail at.
    const log = "2026-01-01T00:00:00Z debug layer=dap DAP server for a predetermined client";
    assert.equal(find({ fd3: "kept", early: [log] }), undefined);
  });

  it("is not asked of a launch that goes on, runs, connects elsewhere, or starts dlv in a terminal", () => {
    assert.equal(find({}, {}, underWay), undefined);
    assert.equal(find({}, { port: 2345 }), undefined);
    assert.equal(find({}, { request: "attach", mode: "remote" }), undefined);
    assert.equal(find({}, { console: "integratedTerminal" }), undefined);
    const oneSecond = { ...inVain.failure, text: "Couldn't start dlv dap:\nconnection timeout" };
    assert.equal(find({}, {}, { ...inVain, failure: oneSecond }), undefined);
  });
});
