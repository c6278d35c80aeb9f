import assert from "node:assert/strict";
import { undoable } from "./fix.ts";
import { type PtraceBlock, ptraceDropIn, ptraceFixes } from "./sysctl.ts";

const attach: PtraceBlock = {
  cause: "yama",
  scope: 1,
  request: "attach",
  dlv: "/home/u/go/bin/dlv",
  container: false,
};
const ids = (block: PtraceBlock) => ptraceFixes(block).map((fix) => fix.id);

describe("fixes for ptrace_scope", () => {
  it("offers an attach the remedy without root first, then four scopes", () => {
    assert.deepEqual(ids(attach), [
      "yama/launch-instead",
      "yama/until-reboot",
      "yama/this-dlv",
      "yama/drop-in",
    ]);
    assert.equal(ptraceFixes(attach)[0]?.needsRoot, false);
  });

  it("prefers exactly one, whatever the case", () => {
    for (const scope of [1, 2, 3])
      for (const request of ["launch", "attach"] as const)
        for (const container of [true, false]) {
          const fixes = ptraceFixes({ ...attach, scope, request, container });
          assert.equal(fixes.filter((fix) => fix.preferred).length, 1);
        }
  });

  it("undoes the sysctl with the value it had", () => {
    const fix = ptraceFixes({ ...attach, scope: 2, request: "launch" })[0];
    assert.deepEqual(fix?.action, {
      kind: "command",
      argv: ["sysctl", "-w", "kernel.yama.ptrace_scope=0"],
      undo: ["sysctl", "-w", "kernel.yama.ptrace_scope=2"],
    });
  });

  it("writes a drop-in that sorts after Ubuntu's 10-ptrace.conf", () => {
    assert.ok(ptraceDropIn > "/etc/sysctl.d/10-ptrace.conf");
  });

  it("gives every command an undo", () => {
    for (const fix of ptraceFixes(attach)) assert.ok(fix.action.kind === "advice" || undoable(fix), fix.id);
  });

  it("offers setcap only where the dlv's path is known", () => {
    assert.ok(!ids({ ...attach, dlv: "dlv" }).includes("yama/this-dlv"));
  });

  it("names only a reboot for scope 3", () => {
    assert.deepEqual(ids({ ...attach, scope: 3 }), ["yama/reboot"]);
    assert.deepEqual(ids({ ...attach, scope: 3, container: true }), ["yama/reboot"]);
  });

  it("never offers a container a command of its own", () => {
    for (const fix of ptraceFixes({ ...attach, scope: 2, container: true }))
      assert.equal(fix.action.kind, "advice");
  });
});
