import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { say } from "../core/say.ts";
import type { Channel, Ending } from "./channel.ts";

/** A local program as a channel, and the process that it is. */
export interface Spawned extends Channel {
  readonly child: ChildProcess;
}

/** How long (ms) a program that is closed may take to pass the end of its stdin on. */
const graceMs = 1000;

/**
 * Starts a local program and resolves once it runs. It is in a process group of its own, because Ctrl+C in this
 * terminal is not meant for it; when this process dies its stdin ends. Rejects with Node's own error (`code` "ENOENT"
 * where there is no such program). With `extra`, its descriptor 3 is a pipe to us.
 */
export async function spawnChannel(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  extra = false,
): Promise<Spawned> {
  const [file = "", ...args] = argv;
  const child = spawn(file, args, {
    env,
    detached: process.platform !== "win32",
    stdio: extra ? ["pipe", "pipe", "pipe", "pipe"] : ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<Ending>((resolve) => {
    child.once("close", (code, signal) =>
      resolve({ code, ...(signal !== null && { because: say`${file} was ended by ${signal}` }) }),
    );
  });
  await once(child, "spawn");
  child.on("error", () => {});
  const { stdin, stdout, stderr } = child as ChildProcess & {
    stdin: Writable;
    stdout: Readable;
    stderr: Readable;
  };
  // A program that ends without reading its input closes the pipe; that is its right.
  stdin.on("error", () => {});
  let closed = false;
  const close = () => {
    if (closed) return;
    closed = true;
    stdin.destroy();
    const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
    child.once("exit", () => clearTimeout(timer));
    // Output that nobody reads any more must not keep the program, or its end, waiting.
    stdout.resume();
    stderr.resume();
  };
  return { child, stdin, stdout, stderr, ended, close };
}
