import assert from "node:assert/strict";
import type { Action } from "../core/fix.ts";
import { planned } from "../core/launch.ts";
import type { Link } from "../core/link.ts";
import { hidden } from "../core/redact.ts";
import { noTimeline } from "../core/timeline.ts";
import { makeReport, type ReportedFix } from "./report.ts";
import { ending } from "./words.ts";

/** The one fix of a report whose launch has the env value "hunter2-value". */
function reported(action: Action, title = "Mend it"): ReportedFix {
  const plan = planned({ name: "A", env: { DB: "hunter2-value", GOPROXY: "off" } }, "/w");
  const fix = { id: "c/f", title, preferred: true, needsRoot: false, scope: "launch", action } as const;
  const found = { cause: "c", title: "C", certainty: "proven", because: "b", evidence: [] } as const;
  const verdicts = { findings: [{ ...found, fixes: [fix] }], clear: [], unknown: [] };
  const report = makeReport(
    { kind: "local", name: "here" },
    { ...plan, timeline: noTimeline },
    verdicts,
    "diagnosed",
  );
  const [one] = report.findings.flatMap(({ fixes }) => fixes);
  assert.ok(one);
  assert.doesNotMatch(JSON.stringify(report), /hunter2/);
  return one;
}

describe("a fix in a report", () => {
  const ordinary: readonly Action[] = [
    { kind: "launch.json", edits: [{ at: ["env", "GOPROXY"] }] },
    {
      kind: "launch.json",
      edits: [{ at: ["buildFlags"], value: "-gcflags='all=-N -l'" }, { at: ["output"] }],
    },
    { kind: "command", argv: ["go", "mod", "download"], cwd: "/w", undo: ["go", "clean"] },
  ];
  for (const action of ordinary) {
    it(`keeps ${JSON.stringify(action)}, so that it can be applied from the report`, () => {
      const fix = reported(action);
      assert.deepEqual([fix.action, fix.kind, fix.undo], [action, action.kind, true]);
    });
  }

  it("is of kind file where it edits OpenSSH's configuration", () => {
    const fix = reported({
      kind: "ssh-config",
      alias: "build7",
      option: "ServerAliveInterval",
      value: "15",
    });
    assert.deepEqual([fix.kind, fix.undo, fix.action.kind], ["file", true, "ssh-config"]);
  });

  const secret: readonly Action[] = [
    { kind: "launch.json", edits: [{ at: ["env", "DSN"], value: "db://hunter2-value/x" }] },
    { kind: "setting", key: "go.toolsEnvVars", value: { API_TOKEN: "hunter2" } },
    { kind: "command", argv: ["git", "clone", "https://me:hunter2@example.com/x"] },
  ];
  for (const action of secret) {
    it(`is advice where a ${action.kind} holds a hidden value`, () => {
      const fix = reported(action);
      assert.deepEqual([fix.kind, fix.undo, fix.action.kind], ["advice", false, "advice"]);
      assert.match(JSON.stringify(fix.action), /left for you to do, because the change holds a value/);
    });
  }

  it("hides values in title and advice", () => {
    const fix = reported({ kind: "advice", text: "ask for hunter2-value" }, "Drop hunter2-value");
    assert.equal(fix.title, `Drop ${hidden}`);
    assert.deepEqual(fix.action, { kind: "advice", text: `ask for ${hidden}` });
  });
});

describe("the host in a report", () => {
  const none = { findings: [], clear: [], unknown: [] };
  const on = (link?: Link) =>
    makeReport(
      { kind: "ssh", name: "build7" },
      { ...planned({ name: "A" }, "/w"), timeline: { ...noTimeline, ...(link && { link }) } },
      none,
      "stopped",
    );

  it("has the round trip where one was measured, in the text as well", () => {
    const report = on({ refused: [], reopened: false, rttMs: 102.345 });
    assert.deepEqual(report.host, { kind: "ssh", name: "build7", rttMs: 102.3 });
    assert.match(ending(report), /on build7 \(round trip 102 ms\)\.$/);
    assert.match(ending(on({ refused: [], reopened: false, rttMs: 0.42 })), /\(round trip 0\.4 ms\)\.$/);
  });

  it("has none where none was measured", () => {
    assert.deepEqual(on().host, { kind: "ssh", name: "build7" });
    assert.match(ending(on()), /on build7\.$/);
  });
});
