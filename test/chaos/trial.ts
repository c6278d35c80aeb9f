import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Adapter, type ChaosClient, connectClient, startAdapter, startClient } from "./adapter.ts";
import type { Fault } from "./faults.ts";
import { type Lair, loopLine } from "./lair.ts";
import { hold, type Phase, seen } from "./phases.ts";

/** How long (ms) all of a launch may take to be gone. */
const goneMs = 30_000;

/** What came of a fault in a phase. */
export interface Result {
  readonly phase: Phase;
  readonly fault: string;
  readonly outcome: string;
  /** How long (ms) after the fault nothing of the launch was left. */
  readonly goneMs: number;
  /** What was left when waiting ended: processes by their program, files by their path. Empty is well. */
  readonly left: readonly string[];
  /** True when the launch after it came to its breakpoint. */
  readonly next: boolean;
}

/** Runs faults, one after another, against one adapter as long as that lives. */
export interface Trial {
  run(fault: Fault, phase: Phase): Promise<Result>;
  close(): Promise<void>;
}

/** Opens a trial in a lair. */
export function openTrial(lair: Lair): Trial {
  let listening: Adapter | undefined;
  const adapter = async () => {
    if (listening?.alive() !== true) listening = await startAdapter(lair);
    return listening;
  };
  const others = (pid: number) => lair.processes().filter((one) => one.pid !== pid);
  const leftBy = (pid: number) => [...others(pid).map(({ name }) => `process ${name}`), ...lair.files()];

  const attempt = async (fault: Fault, phase: Phase): Promise<Omit<Result, "next"> & { pid: number }> => {
    const stdio = fault.over === "stdio";
    const there = stdio ? undefined : await adapter();
    const client: ChaosClient = there === undefined ? await startClient(lair) : connectClient(there);
    const pid = there?.pid ?? client.adapter ?? 0;
    let began = performance.now();
    try {
      const held = await hold(phase, lair, client);
      const hit = () => {
        began = performance.now();
      };
      const outcome = await fault.happen({ lair, adapter: { pid }, client, held }, hit);
      // The adapter that listens is not this launch's where the client had one of its own.
      const stays = stdio ? (listening?.pid ?? 0) : fault.endsAdapter === true ? 0 : pid;
      if (fault.endsAdapter && there !== undefined)
        await seen("the adapter's end", () => !there.alive(), goneMs);
      const end = began + goneMs;
      let left = leftBy(stays);
      while (left.length > 0 && performance.now() < end) {
        await sleep(5);
        left = leftBy(stays);
      }
      return { phase, fault: fault.name, outcome, goneMs: Math.round(performance.now() - began), left, pid };
    } finally {
      await client.end();
      rmSync(lair.gate, { force: true });
    }
  };
  /** After what was left is told, it must not stand in the way of what comes next. */
  const sweep = (pid: number) => {
    for (const one of others(pid)) process.kill(one.pid, "SIGKILL");
    for (const path of lair.files())
      rmSync(join(lair.folder, ...path.split("/").slice(0, 2)), { recursive: true, force: true });
  };

  return {
    async run(fault, phase) {
      let tries = 0;
      for (;;) {
        try {
          const { pid: _, ...result } = await attempt(fault, phase);
          sweep(listening?.alive() === true ? listening.pid : 0);
          return { ...result, next: await launches(lair, await adapter()) };
        } catch (error) {
          // A phase of a few ms may be over before it is seen; then it has to be tried again.
          tries += 1;
          if (tries > 5) throw error;
          sweep(listening?.alive() === true ? listening.pid : 0);
        }
      }
    },
    async close() {
      await listening?.end();
      sweep(0);
    },
  };
}

/** Whether a launch of the compiled program comes to its breakpoint, and goes without a trace. */
export async function launches(lair: Lair, adapter: Adapter): Promise<boolean> {
  const client = connectClient(adapter);
  const { dap } = client;
  try {
    await dap.initialize();
    const launched = dap.send("launch", { request: "launch", mode: "exec", program: lair.binary });
    await dap.event("initialized");
    const source = { path: join(lair.source, "main.go") };
    await dap.request("setBreakpoints", { source, breakpoints: [{ line: loopLine }] });
    await dap.request("configurationDone");
    await dap.response(launched);
    await dap.event("stopped");
    await dap.request("disconnect", { terminateDebuggee: true });
    client.hangUp();
    await dap.closed;
    await seen("the end", () => lair.processes().every(({ pid }) => pid === adapter.pid), goneMs);
    return true;
  } catch {
    return false;
  } finally {
    await client.end();
  }
}
