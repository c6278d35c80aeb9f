import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { zombieOrGoneTarget } from "./zombieOrGoneTarget.ts";

const space = {
  first: true,
  name: "pid:[4026531836]",
  shown: true,
  pids: [50],
  last: 90,
  wrapped: false,
  hidden: false,
};
const target = { pid: 7, name: "api", state: "S", tracer: 0 };
const access = { parent: { pid: 3, name: "supervisor" } };
const program = { path: "/usr/bin/bash", format: "elf", go: false, debugInfo: false };
const facts = { target, access, space, program };
const attach = { request: "attach", mode: "local", processId: 7 };
const gone = failed("Failed to attach: could not attach to pid 7: no such process");
const refused = failed("Failed to attach: could not attach to pid 7: operation not permitted");
const warning =
  "Warning: no debug info found, some functionality will be missing such as stack traces and variable evaluation.";

function find(more: object, timeline: Parameters<typeof launchOf>[1] = gone, config: object = attach) {
  return judge(zombieOrGoneTarget, { ...facts, ...more }, launchOf({ ...config }, timeline));
}

describe("zombie-or-gone-target", () => {
  it("is proven for a process that is not there, by the kernel's own word", () => {
    const found = find({ target: undefined, access: undefined });
    assert.equal(found?.certainty, "proven");
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    assert.equal(find({ target: undefined }, {})?.certainty, "likely");
  });

  it("is proven for a zombie, and names the parent that does not wait", () => {
    const found = find({ target: { ...target, state: "Z" } }, refused);
    assert.equal(found?.certainty, "proven");
    assert.match(found.because, /until supervisor \(pid 3\) waits/);
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
  });

  it("is likely for a program without Go's tables, attached or refused, by Delve's complaint", () => {
    assert.equal(find({}, { ...underWay, said: warning })?.certainty, "likely");
    const old = failed("Failed to attach: could not attach to pid 7: could not open debug info");
    assert.deepEqual(find({}, old)?.explains, { phase: "load", ms: 10 });
    assert.equal(find({}, {})?.certainty, "possible");
  });

  it("its fix silences it: another process, which is Go's and runs", () => {
    assert.match(String(find({ target: undefined })?.fixes[0]?.title), /runs the Go program now/);
    assert.equal(find({ program: { ...program, go: true } }, {}), undefined);
    assert.equal(find({}, underWay), undefined);
  });

  it("is clear for a stripped Go program, and for one whose file cannot be read", () => {
    assert.equal(find({ program: { ...program, go: true } }, { ...underWay, said: warning }), undefined);
    assert.equal(find({ program: { ...program, format: "unreadable" } }, underWay), undefined);
  });

  it("is clear where the number is from another pid namespace, or hidden", () => {
    const inside = { ...space, first: false, name: "pid:[4026532177]", last: 5 };
    assert.equal(find({ target: undefined, space: inside }), undefined);
    assert.equal(find({ target: undefined, space: { ...space, pids: [50, 3] } }), undefined);
    assert.equal(find({ target: undefined, space: { ...space, hidden: true } }, {}), undefined);
  });

  it("is proven in a container too, where it had that number before", () => {
    const inside = { ...space, first: false, name: "pid:[4026532177]" };
    assert.equal(find({ target: undefined, space: inside })?.certainty, "proven");
  });

  it("is clear where the process ended after the attach, and in a launch", () => {
    assert.equal(find({ target: undefined }, underWay), undefined);
    assert.equal(find({ target: { ...target, state: "Z" } }, underWay), undefined);
    assert.equal(find({ target: undefined }, {}, { request: "launch" }), undefined);
  });
});
