import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** A process that the lab started. `end` kills it and waits until it is gone. */
export interface LabProcess {
  readonly pid: number;
  readonly printed: () => string;
  readonly end: () => Promise<void>;
}

/** Starts a program in `cwd`, in a process group of its own. */
export async function startProcess(
  argv: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<LabProcess> {
  const [file = "", ...args] = argv;
  const child: ChildProcess = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk: Buffer) => {
      printed += chunk.toString("utf8");
    });
  const gone = once(child, "exit");
  await once(child, "spawn");
  const pid = child.pid ?? 0;
  return {
    pid,
    printed: () => printed,
    async end() {
      if (child.exitCode === null && child.signalCode === null) {
        killGroup(pid);
        await gone;
      }
      killGroup(pid);
    },
  };
}

/** A loopback port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Waits until `condition` holds; throws `what` after `limitMs`. */
export async function until(condition: () => boolean, what: string, limitMs = 60_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`${what}: not within ${limitMs / 1000} s`);
    await sleep(50);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nothing of the group is left.
  }
}
