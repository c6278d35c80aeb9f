import { spawn } from "node:child_process";
import { hostname } from "node:os";
import type { Answer, Command, Host, Limits } from "../core/host.ts";
import { say } from "../core/say.ts";
import { collect } from "./collect.ts";
import { endSession } from "./ownSession.ts";

/**
 * This machine. In a Remote-SSH, WSL, container or Codespaces window it is the machine where dlv runs, because the
 * extension host runs there (docs/architecture.md).
 */
export const localHost: Host = { kind: "local", name: hostname(), run };

/** How long (ms) a command that is ended may take to clean up after itself. */
const graceMs = 1000;

/** Runs one command in a session of its own, so that a command past its limit is ended with all it started. */
function run(command: Command, limits: Limits): Promise<Answer> {
  const [file, ...args] = command.argv;
  if (file === undefined) return Promise.reject(new Error(say`no command was given`));
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: command.cwd,
      env: { ...process.env, ...command.env },
      detached: process.platform !== "win32",
      stdio: ["pipe", "pipe", "pipe"],
    });
    let timedOut = false;
    const cutOff = () => {
      clearTimeout(timer);
      timedOut = true;
      signalGroup(child.pid, "SIGTERM");
      timer = setTimeout(signalGroup, graceMs, child.pid, "SIGKILL");
    };
    let timer = setTimeout(cutOff, limits.ms);
    const settle = () => {
      clearTimeout(timer);
      limits.signal?.removeEventListener("abort", cutOff);
    };
    if (limits.signal?.aborted) cutOff();
    limits.signal?.addEventListener("abort", cutOff, { once: true });
    const stdout = collect(child.stdout, limits.bytes);
    const stderr = collect(child.stderr, limits.bytes);
    child.once("error", (error) => {
      settle();
      reject(error);
    });
    child.once("close", (code) => {
      settle();
      const answer = { code, stdout: stdout(), stderr: stderr(), timedOut };
      if (!timedOut || child.pid === undefined) resolve(answer);
      else endSession(child.pid, graceMs).then(() => resolve(answer), reject);
    });
    // A command that ends without reading its input closes the pipe; that is its right.
    child.stdin.on("error", () => {});
    child.stdin.end(command.stdin ?? "");
  });
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // The group ended between the timer and the signal.
  }
}
