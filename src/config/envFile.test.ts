import assert from "node:assert/strict";
import { parseEnvFile } from "./envFile.ts";

describe("envFile, as golang.go reads it", () => {
  const read = (text: string, known = {}) => parseEnvFile(text, known);

  it("takes plain, exported and quoted values", () => {
    assert.deepEqual(read("\uFEFFA=1\r\nexport B = two words\nC='x'\nD=\"a\\nb\"\nE='a\\nb'\nF=\n"), {
      A: "1",
      B: "two words",
      C: "x",
      D: "a\nb",
      E: "a\\nb",
      F: "",
    });
  });

  it("ignores comments and other lines, but not what stands behind a value", () => {
    assert.deepEqual(read("# A=1\nnonsense\nB=2 # two\na.b-c=3\n=4"), { B: "2 # two", "a.b-c": "3" });
  });

  it("replaces variables set above or known, and leaves the strange ones", () => {
    assert.deepEqual(read(`A=1\nB=\${A}-\${K}-\${NONE}\nC=\\\${A}\nD=\${A}\${1x}\nE=\\$5`, { K: "k" }), {
      A: "1",
      B: "1-k-",
      C: `\${A}`,
      D: `\${A}\${1x}`,
      E: "$5",
    });
  });
});
