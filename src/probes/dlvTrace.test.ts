import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { dlvTrace } from "./dlvTrace.ts";

const status = "exe /go/bin/dlv\nTracerPid:\t0\nCapEff:\t000001fffef7ffff\nNoNewPrivs:\t1\nSeccomp:\t2\n";
const eperm = "could not launch process: fork/exec /bin/true: operation not permitted\n";
const read = (stdout: string, code = 0, stderr = "") =>
  dlvTrace.read(answer(stdout, code, stderr), launchOf({}));

describe("dlv's own trace", () => {
  it("is refused, with dlv's rules and what dlv does without its wrapper", () => {
    assert.deepEqual(read(`${status}rc 1\ndirect (dlv) \nsaid\n${eperm}`), {
      outcome: "EPERM",
      text: eperm.trim(),
      rules: { exe: "/go/bin/dlv", seccomp: 2, noNewPrivs: true, tracer: 0, sysPtrace: false },
      direct: "allowed",
    });
  });

  it("reads CAP_SYS_PTRACE, bit 19, off the effective set", () => {
    assert.equal(read(`exe /d\nCapEff:\t0000000000080000\nrc 0\nsaid\n(dlv) `).rules?.sysPtrace, true);
  });

  it("is allowed where dlv got to its prompt, or failed only at reading a program that is no Go program", () => {
    assert.equal(read("rc 0\nsaid\nType 'help' for list of commands.\n(dlv) ").outcome, "allowed");
    const old = "could not launch process: could not open debug info\n";
    assert.equal(read(`rc 1\nsaid\n${old}`).outcome, "allowed");
  });

  it("tells ENOSYS, EACCES, no dlv and no Linux apart", () => {
    const said = (text: string) => `rc 1\nsaid\ncould not launch process: fork/exec /bin/true: ${text}\n`;
    assert.equal(read(said("function not implemented")).outcome, "ENOSYS");
    assert.equal(read(said("permission denied")).outcome, "EACCES");
    assert.equal(read("rc 127\nsaid\nenv: dlv: No such file or directory\n").outcome, "absent");
    assert.equal(read("outcome other\n").outcome, "other");
  });

  it("carries dlv's AppArmor profile, and what its attach came to where the start was refused with EACCES", () => {
    const said = "said\ncould not launch process: fork/exec /bin/true: permission denied\n";
    const confined = (attach: string) => read(`exe /d\nlabel a b (enforce)\nrc 1\nattach ${attach}\n${said}`);
    const refused = confined("could not attach to pid 7: permission denied ");
    assert.deepEqual(refused.rules?.profile, { name: "a b", mode: "enforce" });
    assert.equal(refused.attach, "EACCES");
    assert.equal(
      confined('Could not attach to pid 7: this could be caused by …, try writing "0"').attach,
      "EPERM",
    );
    assert.equal(confined("Type 'help' for list of commands. (dlv) ").attach, "allowed");
    assert.equal(read(`exe /d\nlabel unconfined\nrc 1\n${said}`).rules?.profile, undefined);
    const selinux = read(`exe /d\nlabel unconfined_u:unconfined_r:unconfined_t:s0\nrc 1\n${said}`);
    assert.equal(selinux.rules?.profile, undefined);
  });

  it("is unknown, in dlv's words, where it says something else", () => {
    assert.throws(() => read("rc 1\nsaid\nbwrap: no permission\n"), /dlv exec said: bwrap: no permission/);
    assert.throws(() => read("", 71, "no directory here can hold a file\n"), /no directory here/);
  });
});
