import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { yamaScope23 } from "./yamaScope23.ts";

const rules = { exe: "/go/bin/dlv", seccomp: 0, noNewPrivs: false, tracer: 0, sysPtrace: false };
const trace = { outcome: "EPERM", text: "fork/exec /bin/true: operation not permitted", rules };
const facts = { scope: 2, trace, around: { files: [], ancestors: [] } };
const refused = failed("Failed to launch: could not launch process: fork/exec /w/x: operation not permitted");

function find(more: object, config: object = {}, timeline = refused) {
  return judge(yamaScope23, { ...facts, ...more }, launchOf({ ...config }, timeline));
}

describe("yama-scope-2-3", () => {
  it("is proven by scope 2, no capability, and dlv's own refused trace", () => {
    const found = find({});
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    assert.equal(found.fixes.filter(({ preferred }) => preferred).length, 1);
    assert.equal(found.fixes[0]?.id, "yama-scope-2-3/until-reboot");
  });

  it("is proven by scope 3 for a capable dlv too, and only a reboot helps", () => {
    const found = find({ scope: 3, trace: { ...trace, rules: { ...rules, sysPtrace: true } } });
    assert.deepEqual(
      found?.fixes.map(({ id }) => id),
      ["yama-scope-2-3/reboot"],
    );
  });

  it("its fixes silence it: the sysctl and the capability", () => {
    assert.equal(find({ scope: 0, trace: { ...trace, outcome: "allowed" } }, {}, {}), undefined);
    assert.equal(find({ trace: { ...trace, rules: { ...rules, sysPtrace: true } } }, {}, {}), undefined);
  });

  it("in a container asks for the capability: the file is the host's", () => {
    const around = { ...facts.around, container: "docker" };
    assert.equal(find({ around })?.fixes[0]?.id, "yama-scope-2-3/add-sys-ptrace");
  });

  it("is clear where dlv traces all the same, where dlv is traced itself, and with scope 1 or no Yama", () => {
    assert.equal(find({ trace: { ...trace, outcome: "allowed" } }), undefined);
    assert.equal(find({ trace: { ...trace, rules: { ...rules, tracer: 7 } } }), undefined);
    assert.equal(find({ scope: 1 }), undefined);
    assert.equal(find({ scope: undefined }), undefined);
  });

  it("is clear once the program runs, and for a remote attach", () => {
    assert.equal(find({}, {}, underWay), undefined);
    assert.equal(find({}, { request: "attach", mode: "remote" }), undefined);
  });
});
