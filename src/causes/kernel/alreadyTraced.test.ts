import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { alreadyTraced } from "./alreadyTraced.ts";

const strace = { pid: 90, thread: 91, name: "strace" };
const rules = {
  exe: "/go/bin/dlv",
  seccomp: 0,
  noNewPrivs: false,
  tracer: 91,
  tracedBy: "strace",
  sysPtrace: true,
};
const trace = { outcome: "EPERM", text: "fork/exec /bin/true: operation not permitted", rules };
const place = { path: "/w/dlv-traced", dir: "/w", script: true, replaceable: false };
const free = { outcome: "allowed", text: "", rules: { ...rules, tracer: 0 } };
const refused = failed("Failed to launch: could not launch process: fork/exec /w/x: operation not permitted");
const attach = { request: "attach", mode: "local", processId: 7 };
const debugged = failed("Failed to attach: could not attach to pid 7: already being debugged by pid 91");
const older = failed("Failed to attach: could not attach to pid 7: operation not permitted");

function find(more: object, config: object = {}, timeline: Parameters<typeof launchOf>[1] = refused) {
  return judge(
    alreadyTraced,
    { held: {}, trace, place, servers: [], ...more },
    launchOf({ ...config }, timeline),
  );
}

describe("already-traced", () => {
  it("is proven in a launch by dlv's own TracerPid, and runs the dlv behind the script", () => {
    const direct = { ...trace, direct: "allowed" };
    const found = find({ trace: direct });
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    const { action } = preferredFix({ cause: "", title: "", ...found });
    assert.deepEqual(action.kind === "launch.json" && action.edits, [
      { at: ["dlvToolPath"], value: "/go/bin/dlv" },
    ]);
    assert.equal(
      find({ trace: { ...free, direct: "allowed" } }, { dlvToolPath: "/go/bin/dlv" }, {}),
      undefined,
    );
  });

  it("names the process to end where it traces everything here", () => {
    const found = find({ held: { own: strace } });
    const { action } = preferredFix(found && { cause: "", title: "", ...found });
    assert.match(action.kind === "advice" ? action.text : "", /End strace \(pid 90\)/);
  });

  it("is only likely in a launch under a seccomp filter", () => {
    assert.equal(find({ trace: { ...trace, rules: { ...rules, seccomp: 2 } } })?.certainty, "likely");
  });

  it("is proven in an attach by the target's TracerPid, in old Delve's words and in new ones", () => {
    for (const timeline of [debugged, older]) {
      const found = find({ held: { target: strace }, trace: free }, attach, timeline);
      assert.equal(found?.certainty, "proven");
      assert.match(found.because, /strace \(pid 90\) already traces process 7/);
    }
    assert.equal(find({ held: { target: strace }, trace: free }, attach, {})?.certainty, "likely");
  });

  it("tells how a dlv lets go, and is silent once it has", () => {
    const dlv = { ...strace, name: "dlv" };
    const found = find({ held: { target: dlv }, trace: free }, attach, debugged);
    const { action } = preferredFix(found && { cause: "", title: "", ...found });
    assert.match(action.kind === "advice" ? action.text : "", /Disconnect its debug session/);
    assert.equal(find({ trace: free }, attach, debugged), undefined);
  });

  it("is clear for the launch's own dlv, which holds the target once it is attached", () => {
    const loading = { totalMs: 900, phases: [{ name: "load", startMs: 0, ms: 900, parts: [] }] } as const;
    assert.equal(
      find({ held: { target: { ...strace, name: "dlv" } }, trace: free }, attach, loading),
      undefined,
    );
    assert.equal(find({ held: { target: strace }, trace: free }, attach, underWay), undefined);
  });

  it("is clear under a tracer that follows no children, and where a filter refuses an untraced dlv", () => {
    assert.equal(find({ trace: { ...trace, outcome: "allowed" } }, {}, {}), undefined);
    assert.equal(find({ trace: { ...trace, rules: { ...rules, tracer: 0 } } }), undefined);
    assert.equal(find({ held: { target: strace } }, { request: "attach", mode: "remote" }), undefined);
  });
});
