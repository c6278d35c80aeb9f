import assert from "node:assert/strict";
import { join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { silent } from "../../../test/lab/score.ts";

/** Line 7 is never reached. */
const files = {
  "go.mod": "module example.com/hello\n\ngo 1.25\n",
  "main.go":
    'package main\n\nimport "os"\n\nfunc main() {\n\tif len(os.Args) > 5 {\n\t\tprintln("never")\n\t}\n\tprintln("hello")\n}\n',
};

describe("a verified breakpoint that the program passes", function () {
  this.timeout(240_000);
  const lab = makeFolder(files);
  before(() => warmCache());
  after(() => lab.remove());

  it("is nobody's fault without musl's loader", async () => {
    const config = debugConfig(lab.folder, await labEnv());
    const breakpoints = [{ file: join(lab.folder, "main.go"), line: 7 }];
    const result = await labLaunch({ config, folder: lab.folder, breakpoints });
    assert.deepEqual(
      result.launch.timeline.breakpoints.map(({ verified }) => verified),
      [true],
    );
    assert.deepEqual(
      result.verdicts.unknown.filter(({ cause }) => cause === "musl-loader-bug"),
      [],
    );
    silent(result, "a program that never reaches its breakpoint", "exited");
  });
});
