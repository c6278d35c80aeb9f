import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { needDelve, oldDelve } from "../../../scripts/setup/delve.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig, preferredFix } from "../../../test/lab/relaunch.ts";
import { cured, named } from "../../../test/lab/score.ts";
import { go } from "../../../test/lab/tools.ts";

describe("a program without debug information", function () {
  this.timeout(300_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  let env: Record<string, string> = {};

  before(async () => {
    await warmCache();
    env = await labEnv();
  });
  after(() => lab.remove());

  async function build(output: string, flags: readonly string[]): Promise<void> {
    const argv = ["build", "-gcflags=all=-N -l", ...flags, "-o", output, "."];
    execFileSync(await go(), argv, { cwd: folder, env: { ...process.env, ...env } });
  }

  it("because of buildFlags is found where its breakpoints are hollow, and the fix makes them hold", async () => {
    const config = debugConfig(folder, env, { buildFlags: "-ldflags='-s -w -X main.v=1' -tags=a" });
    const hollow = await labLaunch({ config, folder, breakpoints });
    assert.notEqual(hollow.ended, "stopped");
    const finding = named(hollow, "no-debug-info", "proven");

    const fixed = fixedConfig(config, finding);
    assert.equal(fixed["buildFlags"], "-ldflags='-X main.v=1' -tags=a");
    const again = await labLaunch({ config: fixed, folder, breakpoints });
    cured(finding, again);
  });

  it("because of GOFLAGS is found, and the fix overrules them", async () => {
    const config = debugConfig(folder, { ...env, GOFLAGS: "-ldflags=-w" });
    const hollow = await labLaunch({ config, folder, breakpoints });
    const finding = named(hollow, "no-debug-info", "proven");

    const again = await labLaunch({ config: fixedConfig(config, finding), folder, breakpoints });
    cured(finding, again);
  });

  it("is found in the program's own sections, and clear once it is built anew", async () => {
    const program = join(folder, "hello");
    await build(program, ["-ldflags=-s -w"]);
    const config = { ...debugConfig(folder, env), mode: "exec", program };
    const hollow = await labLaunch({ config, folder, breakpoints });
    const finding = named(hollow, "no-debug-info", "proven");
    assert.match(finding.evidence.join("\n"), /no \.debug_info/);
    assert.match(finding.evidence.join("\n"), /go version -m: -s -w in -ldflags/);
    assert.equal(preferredFix(finding).action.kind, "advice");

    await build(program, []);
    const healthy = await labLaunch({ config, folder, breakpoints });
    cured(finding, healthy);
  });

  it("is found in a process to attach to", async () => {
    lab.write(
      "sleep/main.go",
      'package main\n\nimport "time"\n\nfunc main() {\n\ttime.Sleep(time.Hour)\n}\n',
    );
    const program = join(folder, "sleeper");
    execFileSync(await go(), ["build", "-ldflags=-s", "-o", program, "./sleep"], {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    const child = spawn(program, { stdio: "ignore" });
    await once(child, "spawn");
    try {
      const config = { type: "go", request: "attach", mode: "local", processId: child.pid };
      named(await labLaunch({ config, folder, goal: "initialized" }), "no-debug-info", "proven");
    } finally {
      child.kill("SIGKILL");
    }
  });

  it("is not what is found for a program that is no Go program", async () => {
    const config = { ...debugConfig(folder, env), mode: "exec", program: "/bin/true" };
    const { verdicts } = await labLaunch({ config, folder, goal: "exit" });
    assert.ok(verdicts.clear.includes("no-debug-info"));
  });

  it("is found with a Delve that says so only in a warning", async () => {
    const dlvToolPath = await needDelve(oldDelve.version, oldDelve.go);
    const config = debugConfig(folder, env, {
      dlvToolPath,
      dlvFlags: ["--check-go-version=false"],
      buildFlags: "-ldflags=-w",
    });
    const hollow = await labLaunch({ config, folder, breakpoints });
    const finding = hollow.verdicts.findings.find(({ cause }) => cause === "no-debug-info");
    assert.equal(finding?.certainty, "proven");
  });
});
