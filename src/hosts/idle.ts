import type { Sample } from "../core/process.ts";
import { isWorking, workBetween } from "../core/work.ts";
import { sampleTree } from "./procfs.ts";

/** Tells since when (ms) nothing moved in a process and those below it; undefined where it is gone or hidden. */
export type Idle = (pid: number) => number | undefined;

/** Starts to watch whatever it is asked about. Each answer compares with the one before it: the first is 0. */
export function watchIdle(): Idle {
  const seen = new Map<number, { readonly sample: Sample; readonly at: number; readonly moved: number }>();
  return (pid) => {
    const sample = sampleTree(pid);
    const at = performance.now();
    const before = seen.get(pid);
    const still = before !== undefined && !isWorking(workBetween(before.sample, sample), at - before.at);
    const moved = still ? before.moved : at;
    seen.set(pid, { sample, at, moved });
    return sample.processes.length === 0 ? undefined : at - moved;
  };
}
