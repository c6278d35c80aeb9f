import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { forbidden, nasty } from "../../test/lab/hostile.ts";
import { shellLine } from "./shellLine.ts";

describe("a command as a line for a shell", () => {
  const words = nasty.map((word) => word.replaceAll("\0", "").replace(/\p{Cs}/gu, "\ufffd"));

  it("holds nothing that a terminal takes for a key, nor what cannot be seen", () => {
    for (const word of nasty)
      assert.doesNotMatch(shellLine([word]), new RegExp(`${forbidden.source}|\\n`, "u"));
  });

  it("is read by bash as these very words", () => {
    const line = shellLine(["printf", "%s\\0", ...words]);
    const said = execFileSync("bash", ["-c", line], { encoding: "utf8" });
    assert.deepEqual(said.split("\0").slice(0, -1), words);
  });

  it("runs nothing of its words in a shell that does not know its quotes, typed key by key", () => {
    const folder = mkdtempSync(join(tmpdir(), "delve-doctor-line-"));
    try {
      const target = join(folder, "owned");
      for (const word of words.map((one) => one.replaceAll("/tmp/owned", target)))
        execFileSync("sh", ["-s"], {
          input: `: ${shellLine([word])}\n`,
          stdio: ["pipe", "ignore", "ignore"],
          cwd: folder,
        });
      assert.equal(existsSync(target), false);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
