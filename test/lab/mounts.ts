import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/** Why this machine cannot make mounts, in words; undefined where it can. */
export function noMounts(): string | undefined {
  if (process.platform !== "linux") return "mounts are made the Linux way";
  if (process.getuid?.() !== 0) return "only root can mount";
  try {
    // In a network or PID namespace of a container root may still not mount.
    execFileSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "this root may not mount";
  }
}

/** Mounts a small filesystem in memory on `folder`, which is made; `options` are mount(8)'s. Returns how to remove it. */
export function mountTmpfs(folder: string, options: string): () => void {
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", options, "delve-doctor-lab", folder]);
  return () => {
    // Detached at once from the tree, and gone when the last process that has it open is.
    execFileSync("umount", ["-l", folder]);
  };
}

/** Changes the options of a mount, such as "remount,exec". */
export function remount(folder: string, options: string): void {
  execFileSync("mount", ["-o", options, folder]);
}

/** Shows the directory `from` at `folder` too, which is made. Returns how to take it away again. */
export function mountBind(from: string, folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["--bind", from, folder]);
  return () => {
    execFileSync("umount", ["-l", folder]);
  };
}
