import assert from "node:assert/strict";
import { envWithoutRecords, withoutRecords } from "./goRecords.ts";

describe("flags that have go write about itself", () => {
  it("are left out of build flags, with a value of their own word", () => {
    assert.deepEqual(
      withoutRecords(["-tags=a", "-debug-trace=/t.json", "--debug-actiongraph", "/g.json", "-race"]),
      ["-tags=a", "-race"],
    );
  });

  it("are left out of GOFLAGS, and what stands beside them keeps its quotes", () => {
    const env = { HOME: "/h", GOFLAGS: `-mod=mod '-debug-trace=/a b.json' "-ldflags=-X main.v=1 -s"` };
    assert.deepEqual(envWithoutRecords(env), { HOME: "/h", GOFLAGS: "-mod=mod '-ldflags=-X main.v=1 -s'" });
  });

  it("that are not there change nothing, nor do GOFLAGS that go would refuse", () => {
    for (const env of [{ GOFLAGS: "-mod=mod   -v" }, { GOFLAGS: "'-debug-trace=x" }, {}])
      assert.equal(envWithoutRecords(env), env);
  });
});
