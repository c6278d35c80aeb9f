import assert from "node:assert/strict";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, helloFiles, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { cured, named } from "../../../test/lab/score.ts";

const faults: readonly (readonly [string, string, string, string])[] = [
  ["a type error", "main.go", 'package main\n\nfunc main() {\n\tvar n int = "text"\n\t_ = n\n}\n', "4:14"],
  ["a syntax error", "main.go", "package main\n\nfunc main() {\n\tprintln(\n", "5:1"],
  ["a file that is no Go", "main.go", "pakage main\n", "1:1"],
  [
    "an import that no module provides",
    "main.go",
    'package main\n\nimport _ "example.com/none"\n\nfunc main() {}\n',
    "3:8",
  ],
];

describe("a program that does not compile", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  let env: Record<string, string> = {};

  before(async () => {
    await warmCache();
    env = await labEnv({ GOPROXY: "off" });
  });
  after(() => lab.remove());

  for (const [what, file, source, at] of faults)
    it(`is told in the compiler's own words, with the position, for ${what}; correcting it reaches the stop`, async () => {
      lab.write(file, source);
      const config = debugConfig(folder, env);
      const result = await labLaunch({ config, folder, breakpoints });
      assert.equal(result.ended, "failed");
      const finding = named(result, "build-error", "proven");
      assert.ok(finding.because.startsWith(`${join(folder, file)}:${at}: `), finding.because);
      assert.equal(finding.explains?.phase, "build");

      lab.write(file, helloFiles[file] ?? "");
      const corrected = await labLaunch({ config, folder, breakpoints });
      cured(finding, corrected);
    });

  it("is told for what vet refuses in a test", async () => {
    lab.write(
      "main_test.go",
      'package main\n\nimport "testing"\n\nfunc TestIt(t *testing.T) {\n\tt.Fatalf("%d", "text")\n}\n',
    );
    const config = debugConfig(folder, env, { mode: "test" });
    const result = await labLaunch({ config, folder });
    const [finding] = result.verdicts.findings;
    if (result.ended === "failed") assert.match(finding?.because ?? "", /main_test\.go:6:/);
    else assert.deepEqual(result.verdicts.findings, []);
  });
});
