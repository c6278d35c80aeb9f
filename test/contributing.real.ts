import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

describe("CONTRIBUTING.md", function () {
  this.timeout(600_000);
  let copy: string;
  before("copy the checkout", () => {
    copy = mkdtempSync(join(tmpdir(), "dd-contributing-"));
    for (const name of ["src", "test", "scripts", "package.json", "tsconfig.json"])
      cpSync(join(root, name), join(copy, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  it("adds a cause whose tests pass, real fault and all, followed as it stands", () => {
    const text = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
    const files = [...text.matchAll(/<!-- file: (\S+) -->\n```ts\n(.*?)```/gs)];
    assert.equal(files.length, 4);
    for (const [, path = "", code = ""] of files) writeFileSync(join(copy, path), code);
    const index = join(copy, "src/causes/build/index.ts");
    const listed = readFileSync(index, "utf8").replace("Cause[] = [\n", "$&  dryRunBuild,\n");
    writeFileSync(index, `import { dryRunBuild } from "./dryRunBuild.ts";\n${listed}`);
    const tests = [
      "src/causes/build/dryRunBuild.test.ts",
      "src/causes/build/dryRunBuild.real.ts",
      "test/house.test.ts",
    ];
    const mocha = ["--import", "tsx", "node_modules/mocha/bin/mocha.js", "--exit", "--timeout", "150000"];
    // What is invented has no place in the score.
    const { DELVE_DOCTOR_SCORE: _, ...env } = process.env;
    const options = { cwd: copy, env, encoding: "utf8" } as const;
    const said = execFileSync(process.execPath, [...mocha, ...tests], options);
    assert.match(said, /1\d passing/);
    assert.doesNotMatch(said, /pending/);
  });
});
