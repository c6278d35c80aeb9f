import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { selinux } from "./selinux.ts";

// What selinuxfs holds: Documentation of libselinux, selinuxfs(5) and booleans(8); the record's form is the SELinux Notebook's.
const record =
  'type=AVC msg=audit(1700000000.123:456): avc:  denied  { ptrace } for  pid=912 comm="dlv" scontext=staff_u:staff_r:staff_t:s0 tcontext=staff_u:staff_r:staff_t:s0 tclass=process permissive=0';

function read(...lines: readonly string[]) {
  return selinux.read(answer(lines.join("\n")), launchOf({}));
}

describe("SELinux", () => {
  it("is read with its mode, the boolean, the context and the newest refusal", () => {
    const context = "staff_u:staff_r:staff_t:s0-s0:c0.c1023";
    assert.deepEqual(read(`context ${context}`, "enforce 1", "deny 1", `log ${record}`), {
      context,
      enforcing: true,
      denyPtrace: true,
      denial: record.slice(record.indexOf("avc:")),
    });
  });

  it("shows no mode in a container", () => {
    const context = "system_u:system_r:container_t:s0:c1,c2";
    assert.deepEqual(read(`context ${context}`, "enforce ", "deny "), { context });
  });

  it("is not there without selinuxfs, and without a policy", () => {
    assert.equal(read(""), undefined);
    assert.equal(read("context kernel", "enforce 0", "deny "), undefined);
    assert.equal(read("context unconfined", "enforce ", "deny "), undefined);
  });
});
