import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** How much memory (bytes) a link of a large program takes, and some; less than that is not spare. */
const spareBytes = 2 * 1024 ** 3;
/** The part of the CPUs' time that must be idle, over how long (ms). */
const idle = { part: 0.6, ms: 300 };

/** The files that tell how a machine is doing. What is not there is undefined, and a folder of that kind is empty. */
export interface Meters {
  readonly read: (path: string) => string | undefined;
  readonly list: (path: string) => readonly string[];
}

/**
 * True when this machine has power from the mains, memory and CPU time to spare (/sys/class/power_supply, proc_meminfo(5),
 * proc_stat(5)). False where that cannot be seen: nothing is built then that nobody asked for.
 */
export async function isSpare(
  meters: Meters = thisMachine,
  wait: () => Promise<void> = () => sleep(idle.ms),
): Promise<boolean> {
  if (onBattery(meters)) return false;
  const available = Number(/^MemAvailable:\s+(\d+) kB/m.exec(meters.read("/proc/meminfo") ?? "")?.[1] ?? 0);
  if (available * 1024 < spareBytes) return false;
  const before = cpuTimes(meters);
  await wait();
  const after = cpuTimes(meters);
  if (before === undefined || after === undefined || after.all <= before.all) return false;
  return (after.idle - before.idle) / (after.all - before.all) >= idle.part;
}

/** A battery that discharges, or mains that are off (Documentation/ABI/testing/sysfs-class-power). */
function onBattery({ read, list }: Meters): boolean {
  const root = "/sys/class/power_supply";
  return list(root).some((name) => {
    const at = `${root}/${name}`;
    const type = read(`${at}/type`)?.trim();
    if (read(`${at}/scope`)?.trim() === "Device") return false;
    return (
      (type === "Battery" && read(`${at}/status`)?.trim() === "Discharging") ||
      (type === "Mains" && read(`${at}/online`)?.trim() === "0")
    );
  });
}

/** In ticks. Waiting for a disk is idle for a CPU, but not for a build. */
function cpuTimes({ read }: Meters): { readonly idle: number; readonly all: number } | undefined {
  const line = /^cpu\s+(.+)$/m.exec(read("/proc/stat") ?? "")?.[1];
  if (line === undefined) return undefined;
  // guest and guest_nice, the last two, are within user and nice.
  const times = line.trim().split(/\s+/).slice(0, 8).map(Number);
  return { idle: times[3] ?? 0, all: times.reduce((sum, time) => sum + time, 0) };
}

const thisMachine: Meters = {
  read(path) {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return undefined;
    }
  },
  list(path) {
    try {
      return readdirSync(path);
    } catch {
      return [];
    }
  },
};
