import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import type { DlvTrace } from "../../probes/dlvTrace.ts";
import { qemuUserNoPtrace } from "./qemuUserNoPtrace.ts";

const rules = {
  exe: "/usr/bin/qemu-aarch64-static",
  seccomp: 2,
  noNewPrivs: false,
  tracer: 0,
  sysPtrace: true,
};
const text = "could not launch process: fork/exec /bin/true: function not implemented";
const enosys: DlvTrace = { outcome: "ENOSYS", text, rules };
const refused = failed(
  "Failed to launch: could not launch process: fork/exec /w/hello: function not implemented",
);

function find(trace: DlvTrace, container?: string, timeline = refused) {
  const around = { mayTrace: true, ancestors: [], ...(container && { container }) };
  return judge(qemuUserNoPtrace, { trace, around }, launchOf({}, timeline));
}

describe("qemu-user-no-ptrace", () => {
  it("is proven by the emulator behind dlv's process and its ENOSYS", () => {
    const found = find(enosys);
    assert.equal(found?.certainty, "proven");
    assert.equal(
      found.because,
      "This dlv is for aarch64 and runs under qemu-aarch64-static, which answers ptrace(2) with ENOSYS.",
    );
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    const rosetta = { ...enosys, rules: { ...rules, exe: "/run/rosetta/rosetta" } };
    assert.match(String(find(rosetta)?.because), /for x86_64 and runs under rosetta/);
  });

  it("asks for the other platform in a container, and its own fix silences it", () => {
    const advice = (container?: string) => {
      const action = find(enosys, container)?.fixes[0]?.action;
      return action?.kind === "advice" ? action.text : "";
    };
    assert.match(advice("docker"), /--platform linux\/amd64/);
    assert.match(advice(), /go env GOHOSTARCH/);
    const native: DlvTrace = { outcome: "allowed", text: "(dlv)", rules: { ...rules, exe: "/go/bin/dlv" } };
    assert.equal(find(native), undefined);
  });

  it("is clear for a seccomp filter that answers ENOSYS, for EPERM, and where dlv's process was not seen", () => {
    assert.equal(find({ ...enosys, rules: { ...rules, exe: "/go/bin/dlv" } }), undefined);
    assert.equal(find({ ...enosys, outcome: "EPERM" }), undefined);
    assert.equal(find({ outcome: "ENOSYS", text }), undefined);
  });

  it("is clear once the program runs", () => {
    assert.equal(find(enosys, undefined, underWay), undefined);
  });
});
