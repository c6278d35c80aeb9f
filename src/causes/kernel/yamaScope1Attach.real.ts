import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { needDebian } from "../../../scripts/setup/debian.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { labEnv, makeFolder } from "../../../test/lab/module.ts";
import { preferredFix } from "../../../test/lab/relaunch.ts";
import { named } from "../../../test/lab/score.ts";
import { noSeccomp, wrapDlv, writeFilter } from "../../../test/lab/seccomp.ts";
import { type LabProcess, startProcess } from "../../../test/lab/server.ts";
import { skip } from "../../../test/lab/skip.ts";
import { dlv, go } from "../../../test/lab/tools.ts";
import { yamaHost, yamaOptions } from "../../../test/lab/yama.ts";

/**
 * What is real here: dlv, its refused attach and its own hint, /proc of the target, the capabilities. What is not: the
 * kernel has no Yama, so the file is a stand-in and a seccomp filter on PTRACE_ATTACH's number refuses in its place.
 * test/ssh/vm.large.ts has a kernel with it.
 */
describe("an attach with ptrace_scope 1", function () {
  this.timeout(240_000);
  const lab = makeFolder({
    "go.mod": "module example.com/sleeper\n\ngo 1.25\n",
    "main.go": 'package main\n\nimport "time"\n\nfunc main() {\n\ttime.Sleep(time.Hour)\n}\n',
  });
  const { folder } = lab;
  const program = join(folder, "sleeper");
  const started: LabProcess[] = [];
  let env: Record<string, string> = {};

  before(async function () {
    await needDebian("bubblewrap");
    const why = noSeccomp();
    if (why !== undefined) skip(this, why);
    env = await labEnv();
    execFileSync(await go(), ["build", "-gcflags=all=-N -l", "-o", program, "."], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
  });
  afterEach(async () => {
    for (const one of started.splice(0)) await one.end();
  });
  after(() => lab.remove());

  /** Attaches with a dlv that sees this scope, may not attach, and is diagnosed on a host with the same scope. */
  async function attach(scope: number, capable: boolean, argv: readonly string[] = [program]) {
    const target = await startProcess(argv, folder);
    started.push(target);
    const options = yamaOptions(folder, scope, capable);
    const filter = writeFilter(folder, undefined, "attach");
    const dlvToolPath = wrapDlv(folder, await dlv(), filter, options.join(" "));
    const config = { name: "lab", type: "go", request: "attach", mode: "local", processId: target.pid };
    return labLaunch({ config: { ...config, dlvToolPath, env }, folder, host: yamaHost(options) });
  }

  it("is found where Delve gave its hint and nothing else explains it", async () => {
    const refused = await attach(1, false, ["bwrap", "--dev-bind", "/", "/", "--cap-drop", "ALL", program]);
    assert.equal(refused.ended, "failed");
    assert.match(String(refused.launch.timeline.failure?.text), /yama\/ptrace_scope/);
    const finding = named(refused, "yama-scope1-attach", "proven");
    assert.equal(preferredFix(finding).id, "yama-scope1-attach/launch-instead");
  });

  it("is not what is found where the target has more capabilities, whatever Delve hints", async () => {
    const refused = await attach(1, false);
    assert.match(String(refused.launch.timeline.failure?.text), /yama\/ptrace_scope/);
    assert.ok(refused.verdicts.clear.includes("yama-scope1-attach"));
  });

  it("is not what is found for a dlv with CAP_SYS_PTRACE, nor with scope 0", async () => {
    assert.ok((await attach(1, true)).verdicts.clear.includes("yama-scope1-attach"));
    assert.ok((await attach(0, false)).verdicts.clear.includes("yama-scope1-attach"));
  });
});
