import assert from "node:assert/strict";
import { failed, judge, launchOf, underWay } from "../../../test/lab/judge.ts";
import { pidNamespace } from "./pidNamespace.ts";

const first = {
  first: true,
  name: "pid:[4026531836]",
  shown: true,
  pids: [50],
  last: 90,
  wrapped: false,
  hidden: false,
};
const inside = { ...first, first: false, name: "pid:[4026532177]" };
const outerProc = { ...inside, pids: [7568, 2] };
const attach = { request: "attach", mode: "local", processId: 4321 };
const noAuxv = failed(
  "Failed to launch: could not launch process: could not read auxiliary vector: open /proc/8/auxv: no such process",
);
const gone = failed("Failed to attach: could not attach to pid 4321: no such process");

function find(
  space: object | undefined,
  timeline: Parameters<typeof launchOf>[1],
  config: object = {},
  target?: object,
) {
  return judge(pidNamespace, { space, target }, launchOf({ ...config }, timeline));
}

describe("pid-namespace", () => {
  it("is proven by two pids of one process in /proc, and Delve's lost program", () => {
    const found = find(outerProc, noAuxv);
    assert.equal(found?.certainty, "proven");
    assert.match(found.evidence.join("\n"), /NSpid .*: 7568 2, so pid 2 here is 7568 there/);
    assert.deepEqual(found.explains, { phase: "load", ms: 10 });
    assert.equal(find(outerProc, gone, attach)?.certainty, "proven");
    assert.equal(find(outerProc, {})?.certainty, "likely");
  });

  it("is proven where /proc/self leads nowhere", () => {
    assert.match(
      String(find({ ...inside, name: "", shown: false, pids: [] }, noAuxv)?.evidence[0]),
      /leads nowhere/,
    );
  });

  it("is likely for an attach to a number that this namespace never gave", () => {
    const found = find(inside, gone, attach);
    assert.equal(found?.certainty, "likely");
    assert.match(String(found.fixes[0]?.title), /where the process is/);
  });

  it("its fix silences it: a /proc of its own, or dlv where the process is", () => {
    assert.match(String(find(outerProc, noAuxv)?.fixes[0]?.title), /a \/proc of its own/);
    assert.equal(find(inside, {}), undefined);
    assert.equal(find(first, {}, attach, { pid: 4321 }), undefined);
  });

  it("is clear for a process that has ended: its number was given here, or the numbers began anew", () => {
    assert.equal(find(inside, gone, { ...attach, processId: 80 }), undefined);
    assert.equal(find({ ...inside, wrapped: true }, gone, attach), undefined);
    assert.equal(find(first, gone, attach), undefined);
  });

  it("is clear once the program runs, for another failure, without Linux, and for a remote attach", () => {
    assert.equal(find(outerProc, underWay), undefined);
    assert.equal(find(outerProc, failed("Failed to launch: not an executable file")), undefined);
    assert.equal(find(undefined, noAuxv), undefined);
    assert.equal(find(outerProc, {}, { request: "attach", mode: "remote" }), undefined);
  });
});
