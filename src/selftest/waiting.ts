import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Place } from "../remote/place.ts";
import type { Around } from "./tools.ts";

/** A program that runs where dlv does, for dlv to attach to. */
export interface Waiting {
  readonly pid: number;
  /** Ends it; resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts the module's program so that it waits. It ends by itself after a minute, whatever becomes of us. */
export async function startWaiting(
  { machine }: Place,
  program: string,
  { folder: cwd, env }: Around,
): Promise<Waiting> {
  const argv = [program, "wait"];
  if (machine !== undefined) {
    const { pid, interrupt, ended, close, stdout, stderr } = await machine.start({
      argv,
      cwd,
      env,
      graceMs: 200,
    });
    stdout.resume();
    stderr.resume();
    return {
      pid,
      async stop() {
        interrupt();
        await ended;
        close();
      },
    };
  }
  const child = spawn(program, argv.slice(1), { cwd, env: { ...process.env, ...env }, stdio: "ignore" });
  const ended = once(child, "exit").catch(() => {});
  await once(child, "spawn");
  return {
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
