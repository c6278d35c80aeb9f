import assert from "node:assert/strict";
import { asBuildFlags, meantWords } from "./flagQuoting.ts";

const meant: readonly (readonly [unknown, readonly string[]])[] = [
  ['-ldflags="-X main.a=b"', ["-ldflags=-X main.a=b"]],
  ["-ldflags=-X main.a=b -tags=x", ["-ldflags=-X main.a=b", "-tags=x"]],
  ["-ldflags -s -w -race", ["-ldflags=-s -w", "-race"]],
  [`-ldflags="-X 'main.a=b c'"`, ["-ldflags=-X 'main.a=b c'"]],
  ["-tags a b -v", ["-tags=a,b", "-v"]],
  ["-race -tags=a", ["-race", "-tags=a"]],
  ["-ldflags='-s -w'", ["-ldflags=-s -w"]],
  [["-tags a"], ["-tags=a"]],
  [['-ldflags="-X a.b=c"'], ["-ldflags=-X a.b=c"]],
  [
    ["-race", "-ldflags=-X main.a=b"],
    ["-race", "-ldflags=-X main.a=b"],
  ],
  [undefined, []],
];

describe("buildFlags as they were meant", () => {
  for (const [flags, words] of meant)
    it(`are ${JSON.stringify(words)} for ${JSON.stringify(flags)}`, () => {
      assert.deepEqual(meantWords(flags), words);
    });

  it("are one text again in the quotes that Delve knows, and a list where those stand in a word", () => {
    assert.equal(asBuildFlags(["-race", "-ldflags=-s -w"], "text"), "-race '-ldflags=-s -w'");
    assert.deepEqual(asBuildFlags(["-ldflags=-X 'a.b=c d'"], "text"), ["-ldflags=-X 'a.b=c d'"]);
    assert.deepEqual(asBuildFlags(["-race"], "list"), ["-race"]);
  });
});
