import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { setcapOrSetuidTarget } from "./setcapOrSetuidTarget.ts";

const target = {
  pid: 7,
  name: "api",
  state: "S",
  tracer: 0,
  ours: true,
  morePrivileged: true,
  sameUserNamespace: true,
};
const access = {
  uids: [1000, 1000, 1000, 1000],
  gids: [1000, 1000, 1000, 1000],
  ownUid: 1000,
  more: ["cap_net_bind_service"],
  owner: 0,
  exe: "",
  fileCapabilities: "",
  sameMap: true,
  parent: { pid: 1, name: "init" },
};
const rules = { exe: "/go/bin/dlv", seccomp: 0, noNewPrivs: false, tracer: 0, sysPtrace: false };
const trace = { outcome: "allowed", text: "", rules };
const facts = { target, access, trace, scope: undefined };
const attach = { request: "attach", mode: "local", processId: 7 };
const refused = failed("Failed to attach: could not attach to pid 7: operation not permitted");
const wrongBlame = failed(
  "Failed to attach: Could not attach to pid 7: current user does not own the process",
);

function find(more: object, timeline: Parameters<typeof launchOf>[1] = refused, config: object = attach) {
  return judge(setcapOrSetuidTarget, { ...facts, ...more }, launchOf({ ...config }, timeline));
}
const having = (more: object) => ({ access: { ...access, ...more } });

describe("setcap-or-setuid-target", () => {
  it("is proven by capabilities that dlv has not, whatever Delve blames", () => {
    for (const timeline of [refused, wrongBlame]) {
      const found = find({}, timeline);
      assert.equal(found?.certainty, "proven");
      assert.match(found.because, /cap_net_bind_service/);
      assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    }
  });

  it("is proven for a setuid program, and for one that is not dumpable, whose /proc is root's", () => {
    const setuid = find({
      target: { ...target, ours: false },
      ...having({ more: [], uids: [1000, 0, 0, 0] }),
    });
    assert.equal(setuid?.certainty, "proven");
    assert.match(setuid.because, /other ids than dlv \(Uid 1000 0 0 0/);
    const hidden = find(having({ more: [] }));
    assert.equal(hidden?.certainty, "proven");
    assert.match(hidden.because, /may not be dumped/);
  });

  it("is likely for root's own, before the attach, and with ptrace_scope 1 beside it", () => {
    const root = { more: [], uids: [0, 0, 0, 0], ownUid: 0 };
    assert.equal(find(having(root))?.certainty, "likely");
    assert.equal(find({}, {})?.certainty, "likely");
    assert.equal(find({ scope: 1 })?.certainty, "likely");
  });

  it("its fix silences it: a copy with no more rights, a dlv with CAP_SYS_PTRACE", () => {
    const found = find({});
    assert.equal(
      preferredFix(found && { cause: "", title: "", ...found }).id,
      "setcap-or-setuid-target/plain-copy",
    );
    const plain = { more: [], owner: 1000, exe: "/w/copy" };
    assert.equal(find({ target: { ...target, morePrivileged: false }, ...having(plain) }, {}), undefined);
    assert.equal(find({ trace: { ...trace, rules: { ...rules, sysPtrace: true } } }), undefined);
  });

  for (const [why, more] of Object.entries({
    "a process that is traced": { target: { ...target, tracer: 9 } },
    "a zombie": { target: { ...target, state: "Z" } },
    "another user's process": having({ uids: [33, 33, 33, 33] }),
    "a process of another user namespace": having({ sameMap: false }),
    "a dlv that may trace nothing": { trace: { ...trace, outcome: "EPERM" } },
    "a process that is gone": { target: undefined, access: undefined },
  }))
    it(`is clear for ${why}`, () => assert.equal(find(more), undefined));

  it("is clear once attached, while it loads, and in a launch", () => {
    assert.equal(find({}, underWay), undefined);
    assert.equal(find({}, { totalMs: 500 }), undefined);
    assert.equal(find({}, {}, { request: "launch", mode: "exec" }), undefined);
  });
});
