import assert from "node:assert/strict";
import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { copyFile, mkdir, realpath, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { inFolder, until } from "../../test/lab/proxied.ts";
import { skip } from "../../test/lab/skip.ts";

const survivor = JSON.stringify(new URL("./survivor.ts", import.meta.url).href);

describe("what outlives us where we are killed", () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  /** Has a doctor watch over a leader that says when it is ready, kills the doctor, and waits for the leader's end. */
  async function orphan(leader: ChildProcessByStdio<Writable, Readable, null>): Promise<void> {
    const gone = once(leader, "exit");
    children.push(leader);
    await once(leader.stdout, "data");
    const script = `const { withSurvivor } = await import(${survivor}); withSurvivor(() => ({ pid: ${leader.pid} })); console.log("left"); setInterval(() => {}, 1000);`;
    const doctor = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script]);
    children.push(doctor);
    await once(doctor.stdout, "data");
    doctor.kill("SIGKILL");
    await gone;
  }

  /** What is left of these directories after a linker was ended that names a file in each, and whose doctor was killed. */
  async function left(folder: string, dirs: readonly string[]): Promise<string[]> {
    const link = join(folder, "link");
    await copyFile("/bin/sh", link);
    for (const dir of dirs) await mkdir(join(folder, dir), { recursive: true });
    const args = ["-c", "echo; read end", "sh", ...dirs.map((dir) => join(folder, dir, "file"))];
    const env = { TMPDIR: join(folder, "tmp") };
    await orphan(spawn(link, args, { env, detached: true, stdio: ["pipe", "pipe", "ignore"] }));
    // The first of them is what is to go, and goes in the end.
    await until("the directory to go", () => !existsSync(join(folder, dirs[0] ?? "")));
    return dirs.filter((dir) => existsSync(join(folder, dir)));
  }

  it("removes the work directory of a go command, and no build cache and no project", function () {
    if (!existsSync("/proc/self")) skip(this, "there is no /proc");
    return inFolder(async (folder) => {
      const others = ["tmp/go-build/b1", "cache/go-build/b1", "cache/go-build126/b001", "tmp/go-build7/b1"];
      assert.deepEqual(await left(await realpath(folder), ["tmp/go-build126/b001", ...others]), others);
    });
  });

  it("leaves the work directory of a go command that is to keep it", function () {
    if (!existsSync("/proc/self")) skip(this, "there is no /proc");
    return inFolder(async (at) => {
      const folder = await realpath(at);
      const [go, link] = [join(folder, "go"), join(folder, "link")];
      for (const file of [go, link]) await copyFile("/bin/sh", file);
      const work = join(folder, "tmp", "go-build126");
      await mkdir(join(work, "b001"), { recursive: true });
      // It is removed in any case, and after what comes before it in the alphabet.
      const binary = join(folder, "tmp", "sub", "__debug_bin1");
      await mkdir(dirname(binary));
      await writeFile(binary, "");
      const script = 'exec 3<&0; "$0" -c "echo; read end" sh "$1" <&3 & read end; :';
      const args = ["-c", script, link, join(work, "b001", "a.out"), "build", "-work", binary];
      const env = { TMPDIR: join(folder, "tmp") };
      await orphan(spawn(go, args, { env, detached: true, stdio: ["pipe", "pipe", "ignore"] }));
      await until("the binary to go", () => !existsSync(binary));
      assert.equal(existsSync(work), true);
    });
  });
});
