import type { Sample } from "./process.ts";

/**
 * CPU that a waiting process burns all the same (Go's sysmon, a poll loop), as a share of the time between two
 * samples. A `go` blocked on a socket used 0 to 0.4 % here, a busy one 60 % and more.
 */
const idleShare = 0.02;

/**
 * Bytes that a waiting process moves all the same between two samples: the Go runtime reads its cgroup's CPU limit about
 * once a minute (3 bytes of cpu.cfs_quota_us, 11 of cpu.max), and wakes its poller with 8 bytes through an eventfd.
 */
const idleBytes = 64;

/** The work seen between two samples, summed over the tree: CPU in ms, bytes moved, pages read in, processes come or gone. */
export interface Work {
  readonly cpuMs: number;
  readonly ioBytes: number;
  readonly faults: number;
  readonly turnover: number;
}

/** Compares two samples of the same tree. A process that is new counts with all it did. */
export function workBetween(before: Sample, after: Sample): Work {
  const was = new Map(before.processes.map((process) => [process.pid, process]));
  let cpuMs = 0;
  let ioBytes = 0;
  let faults = 0;
  let turnover = 0;
  for (const process of after.processes) {
    const earlier = was.get(process.pid);
    if (earlier === undefined) turnover += 1;
    was.delete(process.pid);
    cpuMs += process.cpuMs - (earlier?.cpuMs ?? 0);
    ioBytes += (process.ioBytes ?? 0) - (earlier?.ioBytes ?? 0);
    faults += (process.faults ?? 0) - (earlier?.faults ?? 0);
  }
  return {
    cpuMs: Math.max(0, cpuMs),
    ioBytes: Math.max(0, ioBytes),
    faults: Math.max(0, faults),
    turnover: turnover + was.size,
  };
}

/** True when the tree did something in those `ms`: a tree that only waits is idle however long it lives. */
export function isWorking(work: Work, ms: number): boolean {
  const moved = work.turnover > 0 || work.faults > 0 || work.ioBytes > idleBytes;
  return moved || work.cpuMs > Math.max(10, ms * idleShare);
}
