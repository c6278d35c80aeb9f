import assert from "node:assert/strict";
import { dropGcflags } from "../core/gcflags.ts";
import { splitWords } from "./words.ts";

describe("flags in one text", () => {
  it("split at spaces outside quotes", () => {
    assert.deepEqual(splitWords(`-a 'b c'  d"e f"g '' \\"h`), ["-a", "b c", "de fg", "", '"h']);
    assert.throws(() => splitWords("'open"), /not closed/);
  });

  it("lose -gcflags in every form", () => {
    assert.equal(dropGcflags("-gcflags=-l -v"), " -v");
    assert.equal(dropGcflags("-v -gcflags 'all=-N -l' --gcflags=\"x y\""), "-v");
    assert.equal(dropGcflags("-ldflags=-gcflagsX"), "-ldflags=-gcflagsX");
  });
});
