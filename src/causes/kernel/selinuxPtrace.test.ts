import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { selinuxPtrace } from "./selinuxPtrace.ts";

// The form of an AVC record: the SELinux Notebook, "Auditing SELinux Events".
const denial =
  'avc:  denied  { ptrace } for  pid=912 comm="dlv" scontext=system_u:system_r:container_init_t:s0:c1,c2 tcontext=system_u:system_r:container_init_t:s0:c1,c2 tclass=process permissive=0';
const policy = {
  context: "system_u:system_r:container_init_t:s0:c1,c2",
  enforcing: true,
  denyPtrace: false,
  denial,
};
const rules = { exe: "/go/bin/dlv", seccomp: 0, noNewPrivs: false, tracer: 0, sysPtrace: false };
const trace = {
  outcome: "EACCES",
  attach: "EACCES",
  text: "could not launch process: fork/exec /bin/true: permission denied",
  rules,
};
const around = { mayTrace: true, ancestors: [] };
const refused = failed("Failed to launch: could not launch process: fork/exec /w/x: permission denied");
const attach = { request: "attach", mode: "local", processId: 7 };

function find(more: object, config: object = {}, timeline: Parameters<typeof launchOf>[1] = refused) {
  return judge(selinuxPtrace, { trace, policy, around, ...more }, launchOf({ ...config }, timeline));
}
const fixOf = (found: ReturnType<typeof find>) => preferredFix(found && { cause: "", title: "", ...found });

describe("selinux-ptrace", () => {
  it("is likely by the kernel's own line, and says which domain", () => {
    const found = find({});
    assert.equal(found?.certainty, "likely");
    assert.match(found.because, /container_init_t/);
    assert.ok(found.evidence.includes(denial));
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
  });

  it("is likely by the boolean, whose fix silences it", () => {
    const { denial: _, ...unlogged } = policy;
    const found = find({ policy: { ...unlogged, denyPtrace: true } });
    assert.equal(found?.certainty, "likely");
    const { action } = fixOf(found);
    assert.deepEqual(action.kind === "command" && action.argv, ["setsebool", "deny_ptrace", "off"]);
    assert.equal(find({ trace: { ...trace, outcome: "allowed", attach: undefined } }, {}, {}), undefined);
    assert.equal(find({ policy: unlogged })?.certainty, "possible");
  });

  it("is for the container's maker in a container, where the mode cannot be seen", () => {
    const seen = { context: policy.context };
    const found = find({ policy: seen, around: { ...around, container: "podman" } });
    assert.equal(found?.certainty, "possible");
    assert.equal(fixOf(found).id, "selinux-ptrace/label");
  });

  it("is found for an attach that EACCES refuses while launches work", () => {
    const text = "Failed to attach: could not attach to pid 7: permission denied";
    const allowed = { outcome: "allowed", text: "", rules };
    assert.equal(find({ trace: allowed }, attach, failed(text))?.certainty, "likely");
  });

  it("is clear in permissive mode, whatever was logged, and without SELinux", () => {
    assert.equal(find({ policy: { ...policy, enforcing: false } }), undefined);
    assert.equal(find({ policy: undefined }), undefined);
  });

  it("is clear for EPERM, under an AppArmor profile, and where only the execve(2) is refused", () => {
    assert.equal(find({ trace: { ...trace, outcome: "EPERM" } }), undefined);
    assert.equal(
      find({ trace: { ...trace, rules: { ...rules, profile: { name: "x", mode: "enforce" } } } }),
      undefined,
    );
    assert.equal(find({ trace: { ...trace, attach: "allowed" } }), undefined);
  });

  it("is clear once the program runs, and for a remote attach", () => {
    assert.equal(find({}, {}, underWay), undefined);
    assert.equal(find({}, { request: "attach", mode: "remote" }), undefined);
  });
});
