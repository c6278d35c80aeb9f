import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { policyOf, sshdPolicy } from "./sshdPolicy.ts";

const read = (stdout: string) => sshdPolicy.read(answer(stdout), launchOf({}));

describe("what sshd is set to", () => {
  it("reads sshd -T, and a file as people write it", () => {
    assert.deepEqual(read("from sshd -T\nallowtcpforwarding no\npermitopen any\n"), {
      from: "sshd -T",
      lines: ["allowtcpforwarding no", "permitopen any"],
    });
    const file = read("from /etc/ssh/sshd_config\n  AllowTcpForwarding\tno\nPermitOpen=none\n");
    assert.equal(policyOf(file, "allowtcpforwarding"), "no");
    assert.equal(policyOf(file, "permitopen"), "none");
    assert.equal(policyOf(file, "disableforwarding"), undefined);
  });

  it("is nothing where we came another way, or may read neither", () => {
    assert.equal(read(""), undefined);
    assert.equal(policyOf(undefined, "allowtcpforwarding"), undefined);
  });
});
