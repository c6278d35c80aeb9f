import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { noNewPrivsSudo } from "./noNewPrivsSudo.ts";

const complaint = 'sudo: The "no new privileges" flag is set, which prevents sudo from running as root.';
const rights = { uid: 1000, noNewPrivs: true, dlvCapabilities: "", sudo: complaint };
const rules = { exe: "/go/bin/dlv", seccomp: 0, noNewPrivs: true, tracer: 0, sysPtrace: false };
const facts = {
  rights,
  trace: { outcome: "allowed", text: "", rules },
  around: { mayTrace: true, ancestors: [] },
};
const asRoot = { asRoot: true, console: "integratedTerminal" };
const waiting = { totalMs: 9000, phases: [{ name: "start", startMs: 0, ms: 9000, parts: [] }] } as const;
const attach = { request: "attach", mode: "local", processId: 7 };
const refused = failed("Failed to attach: could not attach to pid 7: operation not permitted");

function find(more: object, config: object = asRoot, timeline: Parameters<typeof launchOf>[1] = waiting) {
  return judge(noNewPrivsSudo, { ...facts, ...more }, launchOf({ ...config }, timeline));
}
const having = (more: object) => ({ rights: { ...rights, ...more } });
const capable = having({ sudo: "", dlvCapabilities: "cap_sys_ptrace=ep" });

describe("no-new-privs-sudo", () => {
  it("is proven by the flag and by sudo's own complaint", () => {
    const found = find({});
    assert.equal(found?.certainty, "proven");
    assert.ok(found.evidence.includes(complaint));
    assert.deepEqual(found.explains, { phase: "start", ms: 9000 });
    assert.equal(find({}, asRoot, {})?.certainty, "proven");
  });

  it("its fix silences it: without asRoot nobody needs sudo", () => {
    const found = find({});
    const fixed = fixedConfig(asRoot, found && { cause: "", title: "", ...found });
    assert.deepEqual(fixed, { console: "integratedTerminal" });
    assert.equal(find({}, fixed), undefined);
    assert.equal(find(having({ noNewPrivs: false, sudo: "" })), undefined);
  });

  it("tells the container's maker where it is one", () => {
    const found = find({ around: { ...facts.around, container: "kubernetes" } });
    const action = found?.fixes.at(-1)?.action;
    assert.match(action?.kind === "advice" ? action.text : "", /allowPrivilegeEscalation: true/);
  });

  it("is likely for a dlv whose file capability is lost, in an attach that is refused", () => {
    const found = find(capable, attach, refused);
    assert.equal(found?.certainty, "likely");
    assert.equal(found.fixes.filter(({ preferred }) => preferred).length, 1);
    const got = { ...facts.trace, rules: { ...rules, sysPtrace: true } };
    assert.equal(find({ ...capable, trace: got }, attach, refused), undefined);
    assert.equal(find(capable, attach, {}), undefined);
  });

  it("is clear for root, for a launch without sudo, and where the flag is set and sudo does not complain", () => {
    assert.equal(find(having({ uid: 0 })), undefined);
    assert.equal(find({}, {}), undefined);
    assert.equal(find(having({ sudo: "" })), undefined);
    assert.equal(find({ rights: undefined }), undefined);
  });

  it("is clear once dlv has dialled back", () => {
    assert.equal(find({}, asRoot, underWay), undefined);
    assert.equal(find({}, asRoot, { ...waiting, dlv: { pid: 3, argv: [], cwd: "/w" } }), undefined);
  });
});
