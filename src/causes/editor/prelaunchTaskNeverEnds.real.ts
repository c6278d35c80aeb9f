import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { editorDid, examineBegun } from "../../../test/lab/editor.ts";
import { labLaunch } from "../../../test/lab/launch.ts";
import { debugConfig, labEnv, makeFolder, warmCache } from "../../../test/lab/module.ts";
import { fixedConfig } from "../../../test/lab/relaunch.ts";
import { cured, named, silent } from "../../../test/lab/score.ts";
import { dlv } from "../../../test/lab/tools.ts";
import { watchIdle } from "../../hosts/idle.ts";

/** The task's processes are real here; that VS Code waits for it is what test/editor/waiting.large.ts sees. */
describe("a preLaunchTask that never ends", function () {
  this.timeout(240_000);
  const lab = makeFolder();
  const { folder } = lab;
  const breakpoints = [{ file: join(folder, "main.go"), line: 6 }];
  const running: ChildProcess[] = [];
  let config: Readonly<Record<string, unknown>> = {};

  before(async () => {
    await warmCache();
    const more = { dlvToolPath: await dlv(), preLaunchTask: "serve" };
    config = debugConfig(folder, await labEnv(), more);
  });
  after(async () => {
    for (const one of running) {
      const ended = once(one, "exit");
      if (one.exitCode === null && one.signalCode === null && one.kill("SIGKILL")) await ended;
    }
    lab.remove();
  });

  /** Runs a task's command, and gives since when its processes do nothing once they have had some time. */
  async function task(line: string): Promise<{ pid: number; idleMs: number }> {
    const one = spawn("sh", ["-c", line], { stdio: "ignore" });
    running.push(one);
    const pid = one.pid ?? 0;
    const idle = watchIdle();
    let idleMs = 0;
    for (const end = Date.now() + 3000; Date.now() < end; await sleep(500)) idleMs = idle(pid) ?? -1;
    return { pid, idleMs };
  }

  const waitsFor = (background: boolean, { pid, idleMs }: { pid: number; idleMs: number }, ms: number) =>
    editorDid({
      ...{ ms, waits: "task" },
      tasks: [{ name: "serve", ms, running: true, background, tellsReady: false, pid, idleMs }],
    });

  it("is named with its idle process, and without it the launch reaches its stop", async () => {
    const seen = await task("exec sleep 300");
    assert.ok(seen.idleMs >= 1000, `a sleeping process is idle, for ${seen.idleMs} ms`);
    const finding = named(
      await examineBegun(config, folder, waitsFor(true, seen, 12_000)),
      "prelaunch-task-never-ends",
      "proven",
    );
    assert.match(finding.evidence.join("\n"), new RegExp(`pid ${seen.pid}\\n`));
    // Ten seconds of idleness are not worth ten of everybody's tests: the rest of them is only said.
    const idle = { ...seen, idleMs: seen.idleMs + 10_000 };
    named(
      await examineBegun(config, folder, waitsFor(false, idle, 31_000)),
      "prelaunch-task-never-ends",
      "likely",
    );
    const fixed = fixedConfig(config, finding);
    cured(finding, await labLaunch({ config: fixed, folder, breakpoints, editor: editorDid() }));
  });

  it("is not one that works, nor one that has ended and let the launch go on", async () => {
    const busy = await task("while :; do :; done");
    assert.ok(busy.idleMs < 1000, `a busy process is not idle, for ${busy.idleMs} ms`);
    const slow = await examineBegun(config, folder, waitsFor(false, busy, 300_000));
    silent(slow, "a preLaunchTask that is slow and works");
    const tasks = [{ name: "serve", ms: 5000, running: false, background: false, pid: busy.pid }];
    const editor = editorDid({ ms: 5100, tasks });
    silent(await labLaunch({ config, folder, breakpoints, editor }), "a preLaunchTask that ends");
  });
});
