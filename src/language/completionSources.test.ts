import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { envFilesIn, packagesIn, runningProcesses } from "./completionSources.ts";

describe("what only this machine knows", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "delve-doctor-sources-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("finds packages and environment files below the folder, and nothing in what is vendored or linked", async () => {
    const files = {
      "lib.go": "package lib\n",
      "lib_test.go": "package lib\n",
      "cmd/app/main.go": "// package lib\n/* package lib */ package main\n",
      "vendor/x/main.go": "package main\n",
      ".git/x.go": "package main\n",
      ".env": "",
      "deploy/prod.env": "",
    };
    const root = join(folder, "work");
    for (const [name, text] of Object.entries(files)) {
      await mkdir(join(root, name, ".."), { recursive: true });
      await writeFile(join(root, name), text);
    }
    await symlink(root, join(root, "cmd", "loop"));
    assert.deepEqual(await packagesIn(root), [
      { path: "", isMain: false, hasTests: true },
      { path: "cmd/app", isMain: true, hasTests: false },
    ]);
    assert.deepEqual(await envFilesIn(root), [".env", "deploy/prod.env"]);
    assert.deepEqual(await packagesIn(join(root, "missing")), []);
  });

  it("lists processes newest first, without secrets and kernel threads, and tells those of Go", async () => {
    const proc = join(folder, "proc");
    const started = (ticks: number) => `1 (a) b) S ${"0 ".repeat(18)}${ticks} 0\n`;
    const one = async (pid: number, cmdline: string, ticks: number, exe: string) => {
      await mkdir(join(proc, String(pid)), { recursive: true });
      await writeFile(join(proc, String(pid), "cmdline"), cmdline);
      await writeFile(join(proc, String(pid), "stat"), started(ticks));
      await writeFile(join(proc, String(pid), "exe"), exe);
    };
    await one(
      7,
      "/bin/app\0--password\0hunter2\0--dsn=postgres://u:pw@h/db\0",
      50,
      "\x7fELF\x04\0\0\0Go\0\0id",
    );
    await one(9, `sh\0-c\0sleep\n1\0${"x".repeat(300)}\0`, 40, "\x7fELF");
    await one(11, "", 60, "");
    const [first, second, ...others] = await runningProcesses(proc);
    assert.deepEqual(first && [first.pid, first.isGo], [7, true]);
    assert.match(
      first?.command ?? "",
      /^\/bin\/app --password ‹redacted› --dsn=postgres:\/\/‹redacted›@h\/db$/,
    );
    assert.deepEqual(second && [second.pid, second.isGo, second.command.length], [9, false, 120]);
    assert.match(second?.command ?? "", /^sh -c sleep 1 x+…$/);
    assert.deepEqual(others, []);
    assert.deepEqual(await runningProcesses(join(folder, "none")), []);
  });
});
