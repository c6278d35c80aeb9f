import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { apparmorPtrace } from "./apparmorPtrace.ts";

const rules = {
  exe: "/usr/local/bin/dlv",
  seccomp: 0,
  noNewPrivs: false,
  tracer: 0,
  sysPtrace: false,
  profile: { name: "lab", mode: "enforce" },
};
const trace = { outcome: "EACCES", text: "fork/exec /bin/true: permission denied", rules, attach: "EACCES" };
const line = 'apparmor="DENIED" operation="ptrace" profile="lab" pid=9 comm="dlv" denied_mask="trace"';
const files = [{ profile: "lab", file: "/etc/apparmor.d/lab" }];
const records = { logRead: false, denials: [], files };
const logged = { ...records, logRead: true, denials: [{ profile: "lab", comm: "dlv", line }] };
const facts = { trace, records, around: { files: [], ancestors: [] } };
const refused = failed("Failed to launch: could not launch process: fork/exec /w/x: permission denied");
const attach = { request: "attach", mode: "local", processId: 7 };
const notAttached = failed("Failed to attach: could not attach to pid 7: permission denied");

function find(more: object, config: object = {}, timeline = refused) {
  return judge(apparmorPtrace, { ...facts, ...more }, launchOf({ ...config }, timeline));
}
const withRules = (more: object) => ({ trace: { ...trace, rules: { ...rules, ...more } } });

describe("apparmor-ptrace", () => {
  it("is proven by dlv's profile and an attach that EACCES refuses, where the log is root's", () => {
    const found = find({});
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    assert.match(found.evidence.join("\n"), /attr\/current of \/usr\/local\/bin\/dlv: lab \(enforce\)/);
    assert.match(found.evidence.join("\n"), /not for this user to read/);
  });

  it("is proven by the kernel's own line for this profile, and only likely with neither", () => {
    // Yama refuses an attach with EPERM before AppArmor is asked; the second dlv may also have failed to start.
    const { attach: _, ...untried } = trace;
    for (const one of [{ ...trace, attach: "EPERM" }, untried]) {
      const proven = find({ trace: one, records: logged });
      assert.equal(proven?.certainty, "proven");
      assert.ok(proven.evidence.includes(line));
      assert.equal(find({ trace: one })?.certainty, "likely");
      const other = { ...logged, denials: [{ profile: "other", comm: "dlv", line }] };
      assert.equal(find({ trace: one, records: other })?.certainty, "likely");
    }
  });

  it("is only likely where a seccomp filter may have answered EACCES", () => {
    assert.equal(find(withRules({ seccomp: 2 }))?.certainty, "likely");
  });

  it("is proven where launches work, and the profile refuses one attach: ptrace(2) itself knows no EACCES", () => {
    const { attach: _, ...allowed } = { ...trace, outcome: "allowed", text: "" };
    const found = find({ trace: allowed }, attach, notAttached);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /trace this process/);
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
  });

  it("its fixes silence it: the profile only logs, or has the rule", () => {
    const found = find({});
    const { action, id } = preferredFix(found && { cause: "", title: "", ...found });
    assert.equal(id, "apparmor-ptrace/complain");
    assert.deepEqual(action.kind === "command" && action.argv.at(-1), "/etc/apparmor.d/lab");
    const complain = { ...rules, profile: { name: "lab", mode: "complain" } };
    assert.equal(find({ trace: { outcome: "allowed", text: "", rules: complain } }, {}, {}), undefined);
    assert.equal(find({ trace: { outcome: "allowed", text: "", rules } }, {}, {}), undefined);
  });

  it("leaves it to a person where no file defines the profile, and to the container's maker in a container", () => {
    const ids = (found: ReturnType<typeof find>) =>
      found?.fixes.map(({ id, preferred }) => `${id} ${preferred}`);
    assert.deepEqual(ids(find({ records: { ...records, files: [] } })), ["apparmor-ptrace/rule true"]);
    for (const container of ["docker", "kubernetes"])
      assert.deepEqual(ids(find({ around: { ...facts.around, container } })), [
        "apparmor-ptrace/recreate true",
      ]);
  });

  it("is clear where execve(2) is what the profile refuses: dlv may attach", () => {
    assert.equal(find({ trace: { ...trace, attach: "allowed" } }), undefined);
  });

  it("is clear for a dlv without a profile: that is a noexec mount, a lost execute bit, SELinux", () => {
    const { profile: _, ...unconfined } = rules;
    assert.equal(find({ trace: { ...trace, rules: unconfined } }), undefined);
  });

  it("is clear for EPERM (Yama, seccomp), and where dlv traces whatever the old log says", () => {
    assert.equal(find({ trace: { ...trace, outcome: "EPERM" }, records: logged }), undefined);
    assert.equal(find({ trace: { ...trace, outcome: "allowed" }, records: logged }, {}, {}), undefined);
  });

  it("is clear once the program runs, and for a remote attach", () => {
    assert.equal(find({}, {}, underWay), undefined);
    assert.equal(find({}, { request: "attach", mode: "remote" }), undefined);
  });
});
