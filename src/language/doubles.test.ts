import assert from "node:assert/strict";
import { withoutDoubles } from "./doubles.ts";

const prevents = (code: string) => (code === "DLV301" ? ["noexec-mount", "disk-full"] : []);
const rule = { line: 3, code: "DLV301" };

describe("a rule and a finding of the last launch", () => {
  it("are told once where both are the same thing on the same line: by the finding", () => {
    assert.deepEqual(withoutDoubles([rule], [{ line: 3, code: "noexec-mount" }], prevents), []);
  });

  it("are both told where they are two things, or stand on two lines", () => {
    assert.deepEqual(withoutDoubles([rule], [{ line: 3, code: "build-error" }], prevents), [rule]);
    assert.deepEqual(withoutDoubles([rule], [{ line: 4, code: "noexec-mount" }], prevents), [rule]);
    const other = { line: 3, code: "DLV101" };
    assert.deepEqual(withoutDoubles([other, rule], [{ line: 3, code: "disk-full" }], prevents), [other]);
  });
});
