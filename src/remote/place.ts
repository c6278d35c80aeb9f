import { setTimeout as sleep } from "node:timers/promises";
import type { Host } from "../core/host.ts";
import type { Sample } from "../core/process.ts";
import { localHost } from "../hosts/local.ts";
import type { Machine } from "../hosts/machine.ts";
import { treeSampler } from "../hosts/procfs.ts";
import { followTree, type Sampler } from "../hosts/sampler.ts";
import type { ProxyOptions } from "../proxy/contract.ts";
import { reachOn } from "./reach.ts";

/** How long (ms) the news of a lost connection may lag behind what failed of it. */
const lossMs = 1000;

/** Where a launch runs: what following it, asking about it and starting its dlv needs. */
export interface Place {
  readonly host: Host;
  readonly sample: (pid: number) => Sample;
  /** Absent on this machine, where the proxy starts dlv itself. */
  readonly reach?: NonNullable<ProxyOptions["reach"]>;
  /** What dlv's environment is made of besides the configuration's: here our own, elsewhere what that machine gives. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The machine behind the place, where it is not this one. */
  readonly machine?: Machine;
  /** Gives it back: the connection is closed, and nothing stays behind on either side. */
  close(): Promise<void>;
}

/** This machine. */
export const here: Place = {
  host: localHost,
  sample: treeSampler(),
  env: process.env,
  close: () => Promise.resolve(),
};

/**
 * Another machine, with the same shape. Where its connection is lost, `again` opens another one for what is asked of the
 * host after that: why a launch was lost is mostly known over there.
 */
export function placeOn(machine: Machine, again?: () => Promise<Machine>): Place {
  const samplers = new Map<number, Sampler>();
  let second: Promise<Machine> | undefined;
  let over = false;
  const lost = machine.lost.then(() => true);
  const run: Host["run"] = async (command, limits) => {
    const first = second === undefined;
    try {
      return await (await (second ?? machine)).run(command, limits);
    } catch (error) {
      // That a program is missing is an answer.
      if (!first || again === undefined || (error as NodeJS.ErrnoException).code === "ENOENT") throw error;
      // What fails of a connection that breaks may be heard of before the break itself.
      if (!(await Promise.race([lost, sleep(lossMs, false)])) || over) throw error;
      second ??= again();
      return (await second).run(command, limits);
    }
  };
  return {
    host: { kind: machine.kind, name: machine.name, run },
    reach: reachOn(machine),
    env: {},
    machine,
    sample(pid) {
      const sampler = samplers.get(pid) ?? followTree(machine, pid);
      samplers.set(pid, sampler);
      return sampler.sample();
    },
    async close() {
      over = true;
      for (const sampler of samplers.values()) sampler.stop();
      await Promise.all([machine.close(), second?.then((one) => one.close()).catch(() => {})]);
    },
  };
}
