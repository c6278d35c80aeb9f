import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, readlinkSync } from "node:fs";
import { copyFile, mkdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inFolder, until } from "../../test/lab/proxied.ts";
import { sampleTree } from "../hosts/procfs.ts";
import { noTraces, removeLeftovers, thisMoment, trace, traceBuild, traceSample } from "./leftovers.ts";
import { pidsOf } from "./tree.ts";

describe("what a killed build leaves", () => {
  let tool: ChildProcess | undefined;
  afterEach(() => tool?.kill("SIGKILL"));

  /** Whether `dir` is there after a tree was ended in which a program of this name had an argument within it. */
  async function survives(folder: string, name: string, dir: string, since: number): Promise<boolean> {
    const file = join(folder, name);
    await copyFile("/bin/sh", file);
    await mkdir(join(dir, "b001"), { recursive: true });
    await writeFile(join(dir, "b001", "_pkg_.a"), "");
    const args = ["-c", "echo; read end", "sh", "-o", join(dir, "b001", "_pkg_.a")];
    tool = spawn(file, args, { env: { TMPDIR: join(folder, "tmp") }, stdio: ["pipe", "pipe", "ignore"] });
    let runs = false;
    tool.stdout?.once("data", () => {
      runs = true;
    });
    await until("the program", () => runs);
    const traces = noTraces();
    trace(tool.pid ?? 0, traces);
    tool.kill("SIGKILL");
    await removeLeftovers(undefined, since, traces);
    return existsSync(dir);
  }

  it("is the work directory that one of go's tools names", () =>
    inFolder(async (folder) => {
      const dir = join(folder, "tmp", "go-build126");
      assert.equal(await survives(folder, "compile", dir, Date.now()), false);
    }));

  it("is no directory that was there before the launch", () =>
    inFolder(async (folder) => {
      const dir = join(folder, "tmp", "go-build126");
      await mkdir(dir, { recursive: true });
      await sleep(50);
      assert.equal(await survives(folder, "compile", dir, Date.now()), true);
    }));

  it("is no directory of that name elsewhere, such as a build cache", () =>
    inFolder(async (folder) => {
      const dir = join(folder, "cache", "go-build126");
      assert.equal(await survives(folder, "compile", dir, Date.now()), true);
    }));

  it("is nothing that the debugged program names", () =>
    inFolder(async (folder) => {
      const dir = join(folder, "tmp", "go-build126");
      assert.equal(await survives(folder, "program", dir, Date.now()), true);
    }));

  it("is a binary though the clock was set back by an hour meanwhile", () =>
    inFolder(async (folder) => {
      const hour = 3_600_000;
      const [since, { now }] = [thisMoment(), Date];
      const file = join(folder, "__debug_bin1");
      await writeFile(file, "");
      const then = (now() - hour + 50) / 1000;
      await utimes(file, then, then);
      const removed = async () => {
        await removeLeftovers({ dir: folder }, since(), noTraces());
        return !existsSync(file);
      };
      assert.equal(await removed(), false, "it is older than the launch");
      try {
        Date.now = () => now() - hour;
        assert.equal(await removed(), true, "the launch began at what was then an hour ago");
      } finally {
        Date.now = now;
      }
    }));

  for (const [is, wait] of [
    ["runs none at the moment", "read next"],
    ["is stopped", "kill -STOP $$"],
  ] as const)
    it(`is found by the next tool of a go command that ${is}`, () =>
      inFolder(async (folder) => {
        const [before, dir] = [join(folder, "tmp", "go-build125"), join(folder, "tmp", "go-build126")];
        const [go, compile] = [join(folder, "go"), join(folder, "compile")];
        await mkdir(dir, { recursive: true });
        await copyFile("/bin/sh", go);
        await copyFile("/bin/sh", compile);
        // Only its tools name the directory.
        const args = ["-c", `${wait}; "$0" -c "read end" sh "$FILE"; :`, compile];
        const env = { TMPDIR: join(folder, "tmp"), FILE: join(dir, "b001", "_pkg_.a") };
        const stdio: ["pipe", "ignore", "ignore"] = ["pipe", "ignore", "ignore"];
        tool = spawn(go, args, { env, stdio });
        const tree = { root: tool.pid ?? 0, ownsSession: false };
        const traces = noTraces();
        // Of a build that is over.
        traces.workDirs.add(before);
        let looks = 0;
        const pids = () => {
          looks += 1;
          if (looks === 2 && is !== "is stopped") tool?.stdin?.write("\n");
          return pidsOf(tree);
        };
        await until("go", () => readlinkSync(`/proc/${tree.root}/exe`) === go);
        if (is === "is stopped") await until("its stop", () => stateOf(tree.root) === "T");
        await traceBuild(pids, traces);
        tool.stdin?.end();
        assert.deepEqual([...traces.workDirs], [before, dir]);
      }));

  describe("of a go command", () => {
    /** Whether its work directory is there after a go command with these flags was seen at work in a sample, and killed. */
    async function kept(folder: string, flags: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
      const since = Date.now();
      const dir = join(folder, "tmp", "go-build126");
      const file = join(dir, "b001", "_pkg_.a");
      const [go, compile] = [join(folder, "go"), join(folder, "compile")];
      for (const name of [go, compile]) await copyFile("/bin/sh", name);
      await mkdir(join(dir, "b001"), { recursive: true });
      const script = 'exec 3<&0; "$0" -c "read end" sh "$FILE" <&3 & read end';
      const args = ["-c", script, compile, "build", ...flags];
      const stdio: ["pipe", "ignore", "ignore"] = ["pipe", "ignore", "ignore"];
      tool = spawn(go, args, { env: { TMPDIR: join(folder, "tmp"), FILE: file, ...env }, stdio });
      const traces = noTraces();
      await until("the compiler", () => {
        traceSample(sampleTree(tool?.pid ?? 0), traces);
        return traces.workDirs.size > 0;
      });
      const gone = once(tool, "exit");
      tool.kill("SIGKILL");
      await gone;
      await removeLeftovers(undefined, since, traces);
      return existsSync(dir);
    }

    it("is known once it was killed, by a sample from before", () =>
      inFolder(async (folder) => {
        assert.equal(await kept(folder, ["."], { GOFLAGS: "-trimpath" }), false);
      }));

    it("is left where it is to be kept", () =>
      inFolder(async (folder) => {
        assert.equal(await kept(folder, ["-work", "."], {}), true);
      }));

    it("is left where GOFLAGS say that it is to be kept", () =>
      inFolder(async (folder) => {
        assert.equal(await kept(folder, ["."], { GOFLAGS: "-trimpath -work" }), true);
      }));
  });
});

function stateOf(pid: number): string | undefined {
  return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.[0];
}
