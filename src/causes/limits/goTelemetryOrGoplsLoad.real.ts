import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpus } from "node:os";
import { join } from "node:path";
import { alone } from "../../../scripts/setup/part.ts";
import { hogFiles } from "../../../test/lab/hog.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache, warmFor } from "../../../test/lab/module.ts";
import { cured, named } from "../../../test/lab/score.ts";
import type { Launch } from "../../core/launch.ts";
import { spent } from "../../core/timeline.ts";

describe("CPUs that others use", function () {
  this.timeout(240_000);
  // Three times as much to compile, so that the build is still going on when it has been looked at.
  const more = (name: string) => hogFiles["lines.go"]?.replace("var lines", `var ${name}`) ?? "";
  const lab = makeFolder({ ...hogFiles, "more.go": more("more"), "most.go": more("most") });
  const { folder } = lab;
  let busy: ChildProcess[] = [];

  before(warmCache.bind(undefined, undefined));
  after(async () => {
    await quiet();
    lab.remove();
  });

  /** Ends what keeps the CPUs busy. */
  async function quiet() {
    const gone = busy.map((one) => once(one, "exit"));
    for (const one of busy) one.kill("SIGKILL");
    busy = [];
    await Promise.all(gone);
  }

  // Nor may a test beside this one measure the CPUs meanwhile.
  it("are named with the programs while the build is late, and nothing is said once they are done", () =>
    alone("busy-cpus", async () => {
      const env = await labEnv();
      const config = debugConfig(folder, env);
      const breakpoints = [{ file: join(folder, "main.go"), line: 9 }];
      // Sessions of their own: the kernel shares CPUs out among sessions first (sched(7), autogroup).
      for (let count = 0; count < 8 * cpus().length; count += 1)
        busy.push(spawn("sh", ["-c", "while :; do :; done"], { stdio: "ignore", detached: true }));
      const enough = ({ timeline }: Launch) =>
        timeline.current === "build" && spent(timeline, "build") > 4200;
      const slow = await labLaunch({ config, folder, breakpoints, enough });
      assert.equal(slow.ended, "enough");
      const finding = named(slow, "go-telemetry-or-gopls-load", "likely");
      assert.match(
        finding.because,
        /^Others use \d+ % of this machine's \d+ CPUs .*[:,] sh \(pid \d+, \d+, \d+ …\)/,
      );
      assert.match(finding.evidence.join("\n"), /sh \(\d+ processes\): \d+ % of the CPUs/);

      await quiet();
      // What a test beside this one takes of the CPUs must not make the launch late as well.
      warmFor(folder, env);
      cured(finding, await labLaunch({ config, folder, breakpoints }));
    }));
});
