import assert from "node:assert/strict";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { buildIn, doubleFiles } from "../../../test/lab/sources.ts";

/**
 * The compiler is told to leave the way to the sources out, as rules_go tells it. This proves what dlv makes of such
 * names; it does not prove which names a given version of Bazel writes.
 */
describe("a program with the paths of a build sandbox", function () {
  this.timeout(300_000);
  const lab = makeFolder(doubleFiles);
  const { folder } = lab;
  const program = join(folder, "double.bin");
  const config = { name: "exec", request: "launch", mode: "exec", program };
  const breakpoints = [
    { file: join(folder, "main.go"), line: 12 },
    { file: join(folder, "internal/double/double.go"), line: 4 },
  ];

  before(() => warmCache());
  after(() => lab.remove());

  for (const [what, to] of [
    ["relative to the workspace", ""],
    ["under the sandbox's own root", "/proc/self/cwd"],
  ] as const)
    it(`${what} is found, and the mapping makes the breakpoints hold`, async () => {
      const trim = to === "" ? folder : `${folder}=>${to}`;
      await buildIn(folder, program, [`-gcflags=example.com/...=-N -l -trimpath=${trim}`]);
      const ran = await labLaunch({ config, folder, breakpoints });
      assert.equal(ran.ended, "exited");
      const finding = named(ran, "bazel-paths", "proven");
      const fixed = fixedConfig(config, finding);
      assert.deepEqual(fixed["substitutePath"], [{ from: folder, to }]);
      const again = await labLaunch({ config: fixed, folder, breakpoints });
      cured(finding, again);
      assert.ok(again.launch.timeline.breakpoints.every(({ verified }) => verified));
    });

  it("is not found where go built it as it does", async () => {
    await buildIn(folder, program);
    const ran = await labLaunch({ config, folder, breakpoints });
    silent(ran, "is not found where go built it as it does");
  });
});
