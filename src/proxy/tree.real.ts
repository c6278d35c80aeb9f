import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { until } from "../../test/lab/proxied.ts";
import { skip } from "../../test/lab/skip.ts";
import { endTree, orphansOf, pidsOf } from "./tree.ts";

describe("the processes of a session of our own", () => {
  it("are told from those whose parent has ended, and all are ended", async function () {
    if (!existsSync("/proc/self")) skip(this, "there is no /proc");
    const script = "sleep 100 & echo $!; sh -c 'sleep 100 & echo $!'; read end";
    const leader = spawn("sh", ["-c", script], { detached: true, stdio: ["pipe", "pipe", "ignore"] });
    const gone = once(leader, "exit");
    const tree = { root: leader.pid ?? 0, ownsSession: true };
    try {
      const pids: number[] = [];
      for await (const line of createInterface(leader.stdout)) if (pids.push(Number(line)) === 2) break;
      const [child = 0, orphan = 0] = pids;
      // Its parent has said its pid, and is about to end.
      await until("the orphan", () => orphansOf(tree).length > 0);
      assert.deepEqual(orphansOf(tree), [orphan]);
      assert.deepEqual(pidsOf(tree).toSorted(), [tree.root, child, orphan].toSorted());
    } finally {
      await endTree(tree, "SIGKILL", 0);
    }
    await gone;
    assert.deepEqual(pidsOf(tree), []);
  });
});
