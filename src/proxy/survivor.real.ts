import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { copyFile, mkdir, realpath } from "node:fs/promises";
import { join } from "node:path";
import { inFolder, until } from "../../test/lab/proxied.ts";
import { skip } from "../../test/lab/skip.ts";

const survivor = JSON.stringify(new URL("./survivor.ts", import.meta.url).href);

describe("what outlives us where we are killed", () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  /** What is left of these directories after a linker was ended that names a file in each, and whose doctor was killed. */
  async function left(folder: string, dirs: readonly string[]): Promise<string[]> {
    const link = join(folder, "link");
    await copyFile("/bin/sh", link);
    for (const dir of dirs) await mkdir(join(folder, dir), { recursive: true });
    const args = ["-c", "echo; read end", "sh", ...dirs.map((dir) => join(folder, dir, "file"))];
    const env = { TMPDIR: join(folder, "tmp") };
    const linker = spawn(link, args, { env, detached: true, stdio: ["pipe", "pipe", "ignore"] });
    const gone = once(linker, "exit");
    await once(linker.stdout, "data");
    const script = `const { withSurvivor } = await import(${survivor}); withSurvivor(() => ({ pid: ${linker.pid} })); console.log("left"); setInterval(() => {}, 1000);`;
    const doctor = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script]);
    children.push(linker, doctor);
    await once(doctor.stdout, "data");
    doctor.kill("SIGKILL");
    await gone;
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
});
