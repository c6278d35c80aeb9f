import assert from "node:assert/strict";
import { judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import type { DlvFirstWords } from "../../probes/dlvFirstWords.ts";
import { noHomeLogBeforeBanner } from "./noHomeLogBeforeBanner.ts";

// As Delve 1.22.1 writes it to file descriptor 3.
const line =
  "2026-11-23T05:01:13Z error layer=debugger could not create config directory: mkdir /home/none: permission denied";
const facts: DlvFirstWords = { path: "/go/bin/dlv", script: false, fd3: "kept", early: [line] };
const inVain = {
  totalMs: 30_010,
  phases: [{ name: "start", startMs: 0, ms: 30_010, parts: [] }],
  outcome: "failed",
  failure: {
    text: "Couldn't start dlv dap:\nError: timed out while waiting for DAP server to start",
    phase: "start",
    command: "initialize",
  },
} as const;

const find = (words: Partial<DlvFirstWords>, config = {}, timeline = {}) =>
  judge(noHomeLogBeforeBanner, { words: { ...facts, ...words } }, launchOf(config, timeline));

describe("no-home-log-before-banner", () => {
  it("is likely where golang.go waited in vain, and possible before any launch", () => {
    const found = find({}, {}, inVain);
    assert.equal(found?.certainty, "likely");
    assert.deepEqual(found.explains, { phase: "start", ms: 30_010 });
    assert.match(found.because, /could not create config directory: mkdir \/home\/none: permission denied/);
    assert.equal(find({})?.certainty, "possible");
  });

  it("its own fix silences it: dlv then has nothing to log", () => {
    const found = find({}, {}, inVain);
    assert.ok(found !== undefined);
    const fixed = fixedConfig({ env: { A: "1" } }, { cause: "", title: "", ...found });
    assert.deepEqual(fixed, { env: { A: "1", XDG_CONFIG_HOME: "/w/.vscode" } });
    assert.equal(find({ early: [] }, fixed), undefined);
  });

  it("is clear where the words are another's, where no word arrives, and where there is no dlv", () => {
    assert.equal(find({ early: ["starting dlv"] }, {}, inVain), undefined);
    assert.equal(find({ fd3: "lost", script: true }, {}, inVain), undefined);
    assert.equal(judge(noHomeLogBeforeBanner, { words: undefined }, launchOf({})), undefined);
  });

  it("is not asked once the launch goes on, nor of a server or a terminal", () => {
    assert.equal(find({}, {}, underWay), undefined);
    assert.equal(find({}, { port: 2345 }), undefined);
    assert.equal(find({}, { console: "integratedTerminal" }), undefined);
  });
});
