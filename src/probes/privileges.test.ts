import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { privileges } from "./privileges.ts";

describe("what a program may gain", () => {
  const read = (...lines: readonly string[]) => privileges.read(answer(lines.join("\n")), launchOf({}));

  it("is read with the flag, dlv's file capabilities and sudo's complaint", () => {
    const complaint = 'sudo: The "no new privileges" flag is set, which prevents sudo from running as root.';
    assert.deepEqual(read("uid 1000", "NoNewPrivs:\t1", "getcap cap_sys_ptrace=ep", `sudo ${complaint}`), {
      uid: 1000,
      noNewPrivs: true,
      dlvCapabilities: "cap_sys_ptrace=ep",
      sudo: complaint,
    });
  });

  it("is nothing in the way by default, and no fact without /proc", () => {
    assert.deepEqual(read("uid 0", "NoNewPrivs:\t0", "getcap "), {
      uid: 0,
      noNewPrivs: false,
      dlvCapabilities: "",
      sudo: "",
    });
    assert.equal(read(""), undefined);
  });
});
