import { spawn } from "node:child_process";
import { chmodSync, copyFileSync } from "node:fs";
import { join } from "node:path";
import { dlv } from "./tools.ts";

/** A client's terminal: it runs what it is asked to behind a prefix of its own, and ends it all. */
export interface LabTerminal {
  readonly runInTerminal: (args: Readonly<Record<string, unknown>>) => Promise<number>;
  /** What was shown in it. */
  readonly shown: () => string;
  end(): Promise<void>;
}

/** Opens a terminal whose commands run behind `prefix(argv)`. */
export function labTerminal(prefix: (argv: readonly string[]) => readonly string[]): LabTerminal {
  const ends: (() => Promise<void>)[] = [];
  let shown = "";
  return {
    shown: () => shown,
    async runInTerminal(args) {
      const asked = (args["args"] ?? []) as readonly string[];
      const [command = "", ...rest] = prefix(asked);
      const child = spawn(command, rest, {
        cwd: String(args["cwd"]),
        env: { ...process.env, ...(args["env"] as NodeJS.ProcessEnv) },
        stdio: ["pipe", "pipe", "pipe"],
        detached: true,
      });
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => {
          shown += chunk.toString("utf8");
        });
      child.stdin.on("error", () => {});
      const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
      const { pid = 0 } = child;
      ends.push(async () => {
        try {
          process.kill(-pid, "SIGKILL");
        } catch {
          // All of it has ended.
        }
        await gone;
      });
      return pid;
    },
    async end() {
      for (const one of ends.splice(0)) await one();
    },
  };
}

/** Any user without rights who has no files here: nobody of Debian. Put before an argv. */
export const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];

/** Opens a folder of the lab to every user and puts a dlv of theirs into it; returns its path. */
export async function openToAll(folder: string): Promise<string> {
  const copy = join(folder, "dlv");
  copyFileSync(await dlv(), copy);
  chmodSync(copy, 0o755);
  chmodSync(folder, 0o755);
  return copy;
}
