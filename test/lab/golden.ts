import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "golden");

/**
 * Holds a text against test/golden/NAME. A golden that is missing fails, as one that differs does; only
 * `node --import tsx scripts/golden.ts` writes them, to be read in the diff before they are committed.
 */
export function assertGolden(name: string, text: string): void {
  const file = join(folder, name);
  if (process.env["DELVE_DOCTOR_WRITE_GOLDEN"] === "1") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, text);
    return;
  }
  let expected: string;
  try {
    expected = readFileSync(file, "utf8");
  } catch {
    assert.fail(`test/golden/${name} is missing; node --import tsx scripts/golden.ts writes it`);
  }
  assert.equal(text, expected, `test/golden/${name} differs`);
}
