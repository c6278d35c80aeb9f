import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { otherUserTarget } from "./otherUserTarget.ts";

const target = { pid: 7, name: "api", state: "S", tracer: 0, ours: false, morePrivileged: false };
const access = {
  uids: [33, 33, 33, 33],
  gids: [33, 33, 33, 33],
  ownUid: 1000,
  more: [],
  owner: 33,
  exe: "",
  fileCapabilities: "",
  sameMap: true,
  parent: { pid: 1, name: "init" },
};
const rules = { exe: "/go/bin/dlv", seccomp: 0, noNewPrivs: false, tracer: 0, sysPtrace: false };
const trace = { outcome: "allowed", text: "", rules };
const attach = { request: "attach", mode: "local", processId: 7 };
const refused = failed("Failed to attach: Could not attach to pid 7: current user does not own the process");
const hinted = failed(
  'Failed to attach: Could not attach to pid 7: this could be caused by a kernel security setting, try writing "0" to /proc/sys/kernel/yama/ptrace_scope',
);

function find(more: object, timeline: Parameters<typeof launchOf>[1] = refused, config: object = attach) {
  return judge(otherUserTarget, { target, access, trace, ...more }, launchOf({ ...config }, timeline));
}

describe("other-user-target", () => {
  it("is proven by two uids, no capability and the refusal, Yama's hint included", () => {
    for (const timeline of [refused, hinted]) {
      const found = find({}, timeline);
      assert.equal(found?.certainty, "proven");
      assert.match(found.because, /uid 33, and dlv as uid 1000/);
      assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    }
    assert.equal(find({}, {})?.certainty, "likely");
  });

  it("its fix silences it: the same user, or root's dlv", () => {
    assert.match(String(find({})?.fixes[0]?.title), /uid 33 or as root/);
    assert.equal(find({ access: { ...access, uids: [1000, 1000, 1000, 1000] } }, {}), undefined);
    assert.equal(find({ trace: { ...trace, rules: { ...rules, sysPtrace: true } } }, {}), undefined);
    assert.equal(find({}, {}, { ...attach, asRoot: true }), undefined);
  });

  it("is clear for a setuid program of one's own, which Delve calls another user's as well", () => {
    assert.equal(find({ access: { ...access, uids: [1000, 0, 0, 0] } }), undefined);
  });

  it("is clear in another user namespace, for a zombie, a traced process and one that is gone", () => {
    assert.equal(find({ access: { ...access, sameMap: false } }), undefined);
    assert.equal(find({ target: { ...target, state: "Z" } }), undefined);
    assert.equal(find({ target: { ...target, tracer: 5 } }), undefined);
    assert.equal(find({ target: undefined, access: undefined }), undefined);
  });

  it("is clear once attached, where it failed for another reason, and in a launch", () => {
    assert.equal(find({}, underWay), undefined);
    assert.equal(find({}, failed("Failed to attach: unable to find process")), undefined);
    assert.equal(find({}, {}, { request: "launch" }), undefined);
  });
});
