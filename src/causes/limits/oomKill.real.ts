import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type LabCgroup, makeCgroup, noCgroup, wrapDlv } from "../../../test/lab/cgroup.ts";
import { hogFiles } from "../../../test/lab/hog.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { skip } from "../../../test/lab/skip.ts";
import { dlv, go } from "../../../test/lab/tools.ts";

describe("memory that ran out", function () {
  this.timeout(240_000);
  const lab = makeFolder(hogFiles);
  const { folder } = lab;
  const program = join(folder, "hog");
  const breakpoints = [{ file: join(folder, "main.go"), line: 9 }];
  let env: Record<string, string> = {};
  let group: LabCgroup | undefined;

  before(async function () {
    const why = noCgroup("memory");
    if (why !== undefined) skip(this, why);
    await warmCache();
    env = await labEnv();
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
  });

  afterEach(() => group?.remove());
  after(lab.remove);

  /** dlv in a group of its own with so many MB. */
  async function limited(megabytes: number, ...lines: string[]) {
    group = makeCgroup("memory", megabytes * 1e6);
    return wrapDlv(lab, [group.enter, ...lines], await dlv());
  }
  const exec = (...args: string[]) => ({ ...debugConfig(folder, env), mode: "exec", program, args });

  it("for the compiler is proven by the kernel's log, and more of it lets the launch reach its stop", async () => {
    // The build's own key: what the program's first build has cached would leave nothing to compile.
    const config = debugConfig(folder, env, { buildFlags: "-gcflags=example.com/hog=-N" });
    const wrapped = await limited(80);
    const failed = await labLaunch({ config, folder, dlv: wrapped, breakpoints });
    assert.equal(failed.ended, "failed");
    const finding = named(failed, "oom-kill", "proven");
    assert.equal(finding.explains?.phase, "build");
    assert.match(finding.because, /^The kernel killed compile \(pid \d+\): the memory limit of 76 MiB/);
    assert.match(finding.evidence.join("\n"), /oom_kill [1-9].*limit 76 MiB/);
    assert.match(finding.evidence.join("\n"), /compile: signal: killed/);

    group?.lift();
    cured(finding, await labLaunch({ config, folder, dlv: wrapped, breakpoints }));
  });

  it("for the program is proven, although nobody says that it was killed", async () => {
    const wrapped = await limited(150);
    const ended = await labLaunch({ config: exec("fill"), folder, dlv: wrapped, goal: "exit" });
    assert.equal(ended.ended, "exited");
    const finding = named(ended, "oom-kill", "proven");
    assert.match(finding.because, /killed hog \(pid \d+\)/);

    group?.lift();
    cured(finding, await labLaunch({ config: exec("fill"), folder, dlv: wrapped, goal: "exit" }), "exited");
  });

  it("for dlv itself is proven by the log, when dlv and its group can no longer be asked", async () => {
    const wrapped = await limited(9);
    const failed = await labLaunch({ config: exec(), folder, dlv: wrapped, breakpoints });
    assert.equal(failed.launch.timeline.dlv?.exit?.signal, "SIGKILL", failed.ended);
    named(failed, "oom-kill", "proven");
  });

  it("is not what a kill by hand is, nor a limit of CPU seconds", async () => {
    const wrapped = await limited(1000);
    const killed = await labLaunch({ config: exec("kill"), folder, dlv: wrapped, goal: "exit" });
    named(killed, "debuggee-killed", "likely");
    const roomy = await labLaunch({ config: exec(), folder, dlv: wrapped, breakpoints });
    silent(roomy, "a memory limit that is large enough");

    const hurried = wrapDlv(lab, ["ulimit -t 0"], await dlv());
    const config = debugConfig(folder, env);
    const ended = await labLaunch({ config, folder, dlv: hurried, breakpoints });
    assert.equal(ended.ended, "failed");
    assert.deepEqual(
      ended.verdicts.findings.filter(({ cause }) => cause === "oom-kill"),
      [],
    );
  });
});
