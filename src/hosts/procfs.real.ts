import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Sample } from "../core/process.ts";
import { readSockets, sampleTree, treeSampler } from "./procfs.ts";

/** Polls until `good` holds: a child needs a moment to start its own. */
async function sampleUntil(root: number, good: (sample: Sample) => boolean): Promise<Sample> {
  for (let tries = 0; tries < 500; tries += 1) {
    const sample = sampleTree(root);
    if (good(sample)) return sample;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never seen: ${JSON.stringify(sampleTree(root))}`);
}

describe("sampling a process tree", () => {
  let child: ChildProcess;
  const start = (script: string): number => {
    child = spawn("sh", ["-c", script], { detached: true, stdio: "ignore" });
    assert.ok(child.pid);
    return child.pid;
  };
  afterEach(async () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    process.kill(-child.pid, "SIGKILL");
    await gone;
  });

  it("sees children and grandchildren with their parents", async () => {
    const root = start("sh -c 'sleep 60; :' ; :");
    const { processes } = await sampleUntil(root, (sample) => sample.processes[2]?.name === "sleep");
    const [top, middle, leaf] = processes;
    assert.equal(top?.pid, root);
    assert.equal(middle?.ppid, root);
    assert.equal(leaf?.ppid, middle?.pid);
  });

  it("keeps no arguments of programs that are not tools of a build", async () => {
    const root = start("sleep 60; :");
    const { processes } = await sampleUntil(root, (sample) =>
      sample.processes.some((one) => one.name === "sleep"),
    );
    assert.deepEqual(
      processes.map((one) => one.argv),
      [[], []],
    );
  });

  it("counts CPU time and bytes moved", async () => {
    const root = start("cat /dev/zero >/dev/null; :");
    const { processes } = await sampleUntil(root, (sample) => (sample.processes[1]?.cpuMs ?? 0) >= 50);
    assert.ok((processes[1]?.ioBytes ?? 0) > 1_000_000);
  });

  it("sees again and again what a look from scratch sees: who comes and who goes", async () => {
    const sample = treeSampler();
    const root = start("while :; do sleep 0.2; exec 3</dev/null; done");
    const seen = new Set<number>();
    let gone = 0;
    for (let tries = 0; tries < 500 && (seen.size < 4 || gone < 3); tries += 1) {
      const sleeping = sample(root).processes.filter(({ name }) => name === "sleep");
      for (const { pid, ppid } of sleeping) {
        assert.equal(ppid, root);
        seen.add(pid);
      }
      if (sleeping.length === 0) gone += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.ok(seen.size >= 4 && gone >= 3, `${seen.size} children, ${gone} times none`);
  });

  it("tells a stopped process by its state", async () => {
    const root = start("kill -STOP $$; :");
    const { processes } = await sampleUntil(root, (sample) => sample.processes[0]?.state === "T");
    assert.equal(processes[0]?.pid, root);
  });

  it("is empty for a process that is gone", () => {
    assert.deepEqual(sampleTree(2 ** 22 + 1), { processes: [] });
  });
});

describe("reading sockets", () => {
  it("names addresses and states, of IPv4 and IPv6", async () => {
    for (const host of ["127.0.0.1", "::1"]) {
      const server = createServer().listen(0, host);
      await once(server, "listening");
      const address = server.address();
      assert.ok(address !== null && typeof address === "object");
      const shown = host === "::1" ? `[::1]:${address.port}` : `127.0.0.1:${address.port}`;
      const found = [...readSockets(process.pid).values()].find((socket) => socket.local === shown);
      assert.equal(found?.state, "LISTEN", shown);
      server.close();
    }
  });
});
