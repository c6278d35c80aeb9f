import { readdirSync, readlinkSync } from "node:fs";
import { readSockets } from "../../src/hosts/procfs.ts";

/** The pids that have a LISTEN socket on a port of this machine, off /proc. */
export function listenersOn(port: number): number[] {
  const inodes = inodesOn(port, "LISTEN");
  if (inodes.size === 0) return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && links(`/proc/${name}/fd`).some((link) => inodes.has(link)))
    .map(Number);
}

/** True while a connection to or from the port is up. */
export function establishedOn(port: number): boolean {
  return inodesOn(port, "ESTABLISHED").size > 0;
}

function inodesOn(port: number, state: string): Set<string> {
  const on = [...readSockets(process.pid)].filter(
    ([, socket]) => socket.state === state && socket.local.endsWith(`:${port}`),
  );
  return new Set(on.map(([inode]) => `socket:[${inode}]`));
}

function links(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => readlinkSync(`${folder}/${name}`));
  } catch {
    // The process ended while it was looked at.
    return [];
  }
}
