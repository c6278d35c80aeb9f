import assert from "node:assert/strict";
import { findStripping } from "./ldflags.ts";

describe("linker flags that drop debug information", () => {
  const cases: [flags: string, found: string[], kept: string | undefined][] = [
    ["", [], undefined],
    ["-race", [], "-race"],
    ["-ldflags=-w", ["-w"], undefined],
    ["-ldflags='-s -w'", ["-s", "-w"], undefined],
    ['-ldflags "-s -w"', ["-s", "-w"], undefined],
    ["-tags=a -ldflags '-s -w' -race", ["-s", "-w"], "-tags=a -race"],
    ['-ldflags="-X main.v=1 -s -w"', ["-s", "-w"], '-ldflags="-X main.v=1"'],
    ["'-ldflags=-s -w -X main.v=1' -v", ["-s", "-w"], "'-ldflags=-X main.v=1' -v"],
    ["--ldflags='all=-s=true -X main.v=1'", ["-s"], "--ldflags='all=-X main.v=1'"],
    ["-ldflags='-X main.s=-s-w'", [], "-ldflags='-X main.s=-s-w'"],
    ["-ldflags=-s=false", [], "-ldflags=-s=false"],
  ];
  for (const [flags, found, kept] of cases)
    it(`are ${found.join(" and ") || "not"} in: ${flags || "nothing"}`, () => {
      assert.deepEqual(findStripping(flags), { found, kept });
    });
});
