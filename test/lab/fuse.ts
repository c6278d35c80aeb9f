import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { noMounts } from "./mounts.ts";

/** How a filesystem of the lab misbehaves. */
export interface FuseFault {
  /** Every lookup, open and read takes this long (ms). */
  readonly delayMs?: number;
  /** What a lock of a file gets: no answer at all, or an errno, as from a file server without its lock daemon. */
  readonly locks?: "silence" | number;
  /** An open of a file whose path ends so is never answered. */
  readonly deaf?: string;
}

/** Why this machine cannot serve a filesystem of its own, in words; undefined where it can. */
export function noFuse(): string | undefined {
  return noMounts() ?? (existsSync("/dev/fuse") ? undefined : "there is no /dev/fuse");
}

/**
 * Serves the files of `source`, for reading and locking, at `point` through the kernel's FUSE: a filesystem with a server that can be
 * slow or silent. `type` is how the mount calls itself ("fuse.grpcfuse"). Returns how to end it: the kernel then wakes whoever waits.
 */
export async function mountFuse(
  source: string,
  point: string,
  type: string,
  fault: FuseFault = {},
): Promise<() => Promise<void>> {
  mkdirSync(point, { recursive: true });
  const script = fileURLToPath(new URL("./fuseServer.ts", import.meta.url));
  const argv = ["--import", "tsx", script, source, point, type, JSON.stringify(fault)];
  const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const first = await Promise.race([once(createInterface(child.stdout), "line"), ended]);
  if (first[0] !== "mounted")
    throw new Error(`the filesystem at ${point} did not start: ${String(first[0])}`);
  return async () => {
    // Detached first: the server's death then ends the connection, and whoever waited gets an error.
    const unmount = spawn("umount", ["-i", "-l", point], { stdio: "inherit" });
    await once(unmount, "exit");
    child.kill("SIGKILL");
    await ended;
  };
}
