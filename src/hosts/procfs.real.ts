import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Sample } from "../core/process.ts";
import { readSockets, sampleTree, treeSampler } from "./procfs.ts";

/** Looks until `good` holds: a child needs a moment to start its own. */
async function seenBy<T>(look: () => T, good: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 1000; tries += 1) {
    const seen = look();
    if (good(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never seen: ${JSON.stringify(look())}`);
}

function sampleUntil(root: number, good: (sample: Sample) => boolean): Promise<Sample> {
  return seenBy(() => sampleTree(root), good);
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
    // It stops after each of its children, until it is woken.
    const root = start("while :; do sleep 60; kill -STOP $$; done");
    const look = () => sample(root).processes;
    const seen = new Set<number>();
    for (let round = 1; round <= 4; round += 1) {
      const [, child] = await seenBy(look, (all) => all[1]?.name === "sleep");
      assert.ok(child);
      assert.equal(child.ppid, root);
      seen.add(child.pid);
      process.kill(child.pid);
      await seenBy(look, ([parent, ...children]) => parent?.state === "T" && children.length === 0);
      process.kill(root, "SIGCONT");
    }
    assert.equal(seen.size, 4);
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
