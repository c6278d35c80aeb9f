import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inFolder, until } from "../../test/lab/proxied.ts";
import { localHost } from "./local.ts";

/** True while a process of this pid runs. */
function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe("a command on this machine", () => {
  it("is ended by its signal long before its limit, with all that it started", () =>
    inFolder(async (folder) => {
      const file = join(folder, "pid");
      const enough = new AbortController();
      const argv = ["sh", "-c", `sleep 600 & echo $! > ${file}; wait`];
      const answered = localHost.run({ argv }, { ms: 600_000, bytes: 1000, signal: enough.signal });
      await until("the sleep", () => existsSync(file) && readFileSync(file, "utf8").endsWith("\n"));
      enough.abort();
      assert.equal((await answered).timedOut, true);
      const pid = Number(readFileSync(file, "utf8"));
      await until("the end of the sleep", () => !runs(pid));
    }));

  it("is ended with what timeout has taken into a group of its own", () =>
    inFolder(async (folder) => {
      const file = join(folder, "pid");
      const enough = new AbortController();
      const argv = ["sh", "-c", `timeout 700 sleep 600 </dev/null >/dev/null 2>&1 & echo $! > ${file}; wait`];
      const answered = localHost.run({ argv }, { ms: 600_000, bytes: 1000, signal: enough.signal });
      await until("the sleep", () => existsSync(file) && readFileSync(file, "utf8").endsWith("\n"));
      enough.abort();
      assert.equal((await answered).timedOut, true);
      const pid = Number(readFileSync(file, "utf8"));
      await until("the end of the sleep", () => !runs(pid));
    }));

  it("that was called off before it began ends at once", async () => {
    const limits = { ms: 600_000, bytes: 1000, signal: AbortSignal.abort() };
    const { code, timedOut } = await localHost.run({ argv: ["sleep", "600"] }, limits);
    assert.deepEqual([code, timedOut], [null, true]);
  });
});
