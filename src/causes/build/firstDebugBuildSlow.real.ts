import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder } from "../../../test/lab/module.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { go } from "../../../test/lab/tools.ts";
import type { Finding } from "../../core/finding.ts";

/** Nothing but the runtime is below it: that is enough to compile. */
const files = {
  "go.mod": "module example.com/printed\n\ngo 1.25\n",
  "main.go": 'package main\n\nfunc main() {\n\tprintln("hello")\n}\n',
};

describe("a first debug build", function () {
  // A dozen seconds on a quiet machine: the runtime is compiled three times.
  this.timeout(1_200_000);
  const lab = makeFolder(files);
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 4 }];
  let finding: Finding | undefined;

  after(() => lab.remove());

  // One package at a time, so that a machine with many processors notices it too.
  const envWith = (cache: string) => labEnv({ GOCACHE: join(folder, cache), GOFLAGS: "-p=1" });
  const launch = async (cache: string) => {
    const config = debugConfig(folder, await envWith(cache));
    const result = await labLaunch({ config, folder, breakpoints, limitMs: 500_000 });
    assert.equal(result.ended, "stopped", result.launch.timeline.buildError);
    return result;
  };

  it("is slow and not stalled, though a plain build went ahead: compiling is seen and counted", async () => {
    const env = { ...process.env, ...(await envWith("cold")) };
    execFileSync(await go(), ["build", "-o", "/dev/null", "."], { cwd: folder, env });
    const cold = await launch("cold");
    finding = named(cold, "first-debug-build-slow", "proven");
    assert.match(finding.evidence.join("\n"), /compile processes seen at work/);
    const compiled = Number(/compiled (\d+) packages/.exec(finding.because)?.[1]);
    assert.ok(compiled >= 15, finding.because);
    assert.equal(finding.explains?.phase, "build");
    const build = cold.launch.timeline.phases.find(({ name }) => name === "build")?.ms ?? 0;
    assert.ok((finding.explains?.ms ?? 0) > build / 2, `${finding.explains?.ms} of ${build} ms`);
  });

  it("finds nothing in the second launch", async () => {
    silent(await launch("cold"), "the second launch");
  });

  it("finds nothing in a first launch after the command of its own advice", async () => {
    const { action } = preferredFix(finding);
    // The lab's launch sets GOCACHE and GOFLAGS, so the command is for a person to run with the same.
    assert.ok(action.kind === "advice");
    assert.match(action.text, /GOCACHE/);
    assert.ok(!action.text.includes(join(folder, "cold")));
    const [, line = ""] = action.text.split("\n");
    // The command runs with the user's own PATH, which holds the go that the launch uses.
    const PATH = `${dirname(await go())}:${process.env["PATH"] ?? ""}`;
    const env = { ...process.env, ...(await envWith("fresh")), PATH };
    execFileSync("sh", ["-c", line], { cwd: folder, env });
    const fresh = await launch("fresh");
    assert.ok(finding !== undefined);
    cured(finding, fresh);
    const parts = fresh.launch.timeline.phases.find(({ name }) => name === "build")?.parts ?? [];
    const compile = parts.find(({ name }) => name === "compile");
    assert.ok((compile?.count ?? 0) < 15, JSON.stringify(parts));
  });
});
