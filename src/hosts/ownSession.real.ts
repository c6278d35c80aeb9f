import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { skip } from "../../test/lab/skip.ts";

describe("a session of our own", () => {
  it("is waited for no longer than it takes to see that it does not end", async function () {
    if (!existsSync("/proc/self")) skip(this, "there is no /proc");
    if (process.getuid?.() !== 0) skip(this, "only root has a process that we may not end");
    const file = JSON.stringify(new URL("./ownSession.ts", import.meta.url).href);
    const sleeper = spawn("sleep", ["100"], { detached: true, stdio: "ignore" });
    await once(sleeper, "spawn");
    try {
      const script = `const { endSession } = await import(${file}); process.setuid(65534); await endSession(${sleeper.pid}, 100); console.log("over");`;
      const args = ["--import", "tsx", "--input-type=module", "-e", script];
      const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: 60_000 });
      assert.equal(stdout, "over\n");
      assert.equal(sleeper.exitCode ?? sleeper.signalCode, null, "nobody may end it");
    } finally {
      sleeper.kill("SIGKILL");
    }
  });
});
