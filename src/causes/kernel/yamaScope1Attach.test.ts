import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { yamaScope1Attach } from "./yamaScope1Attach.ts";

const rules = { exe: "/go/bin/dlv", seccomp: 0, noNewPrivs: false, tracer: 0, sysPtrace: false };
const target = {
  pid: 42,
  name: "server",
  state: "S",
  tracer: 0,
  ours: true,
  morePrivileged: false,
  sameUserNamespace: true,
};
const facts = {
  scope: 1,
  target,
  trace: { outcome: "allowed", text: "", rules },
  around: { files: [], ancestors: [] },
};
const hint = failed(
  'Failed to attach: Could not attach to pid 42: this could be caused by a kernel security setting, try writing "0" to /proc/sys/kernel/yama/ptrace_scope',
);
const attach = { request: "attach", mode: "local", processId: 42 };

function find(more: object, config: object = attach, timeline = hint) {
  return judge(yamaScope1Attach, { ...facts, ...more }, launchOf({ ...config }, timeline));
}

describe("yama-scope1-attach", () => {
  it("is proven by scope 1 and Delve's refused attach, with nothing else that explains it", () => {
    const found = find({});
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    assert.equal(preferredFix({ cause: "", title: "", ...found }).id, "yama-scope1-attach/launch-instead");
  });

  it("is likely before the attach: a program may have allowed its tracer", () => {
    assert.equal(find({}, attach, {})?.certainty, "likely");
  });

  it("its fixes silence it: a launch in place of the attach, the sysctl, the capability", () => {
    assert.equal(find({}, { request: "launch", mode: "exec" }, {}), undefined);
    assert.equal(find({ scope: 0 }, attach, {}), undefined);
    assert.equal(
      find({ trace: { ...facts.trace, rules: { ...rules, sysPtrace: true } } }, attach, {}),
      undefined,
    );
  });

  for (const [why, more] of Object.entries({
    "another user's process": { ours: false },
    "a process that is traced already": { tracer: 7 },
    "a zombie": { state: "Z" },
    "a process with more capabilities": { morePrivileged: true },
    "a process of another user namespace": { sameUserNamespace: false },
  }))
    it(`is clear for ${why}, whatever Delve hints`, () => {
      assert.equal(find({ target: { ...target, ...more } }), undefined);
    });

  it("is clear where dlv may trace nothing at all, and where there is no such process", () => {
    assert.equal(find({ trace: { ...facts.trace, outcome: "EPERM" } }), undefined);
    assert.equal(find({ target: undefined }), undefined);
  });

  it("is clear once attached, in a launch, and for a remote attach", () => {
    assert.equal(find({}, attach, underWay), undefined);
    assert.equal(find({}, { request: "launch" }), undefined);
    assert.equal(find({}, { ...attach, mode: "remote" }), undefined);
  });
});
