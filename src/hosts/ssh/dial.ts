import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { say } from "../../core/say.ts";
import { type SshLimits, sshFailure } from "./stage.ts";
import type { SshTarget } from "./target.ts";

/** The bytes to and from a server, before any SSH. */
export interface Line {
  readonly stream: Duplex;
  /** Once the stream has broken: what else is known of it, such as a ProxyCommand's last words. */
  because(): Promise<string | undefined>;
  /** Ends it at once and resolves when nothing of it is left. */
  close(): Promise<void>;
}

/** A TCP connection with Nagle's delay off: debug messages are small and each waits for the one before. */
export async function dialTcp(target: SshTarget, limits: SshLimits, signal: AbortSignal): Promise<Line> {
  const ms = target.connectSeconds === undefined ? limits.connect : target.connectSeconds * 1000;
  const { hostname, port, alias } = target;
  const socket = connect({ host: hostname, port, noDelay: true });
  // Whoever holds the stream hears of its end; without a listener an error would end this process.
  socket.on("error", () => {});
  const late = AbortSignal.timeout(ms);
  try {
    await once(socket, "connect", { signal: AbortSignal.any([signal, late]) });
  } catch (error) {
    socket.destroy();
    if (signal.aborted) throw sshFailure(alias, "connect", say`cancelled`);
    const where = say`${hostname} port ${port}`;
    if (late.aborted) throw sshFailure(alias, "connect", say`${where} did not answer within ${ms / 1000} s`);
    const code = codeOf(error);
    const unresolved = ["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL"].includes(code);
    throw sshFailure(alias, unresolved ? "resolve" : "connect", inWords(code, where, hostname, error));
  }
  return { stream: socket, because: () => Promise.resolve(undefined), close: () => closed(socket) };
}

/** A shell command of the user whose stdin and stdout are the connection, in a process group of its own. */
export function dialCommand(
  alias: string,
  command: string,
  env: Readonly<Record<string, string | undefined>>,
): Line {
  // OpenSSH runs it with the user's shell, and replaces that shell so that the end reaches the command itself.
  const shell = env["SHELL"] ?? "/bin/sh";
  const child = spawn(shell, ["-c", `exec ${command}`], {
    env: { ...env },
    stdio: ["pipe", "pipe", "pipe"],
    detached: process.platform !== "win32",
  });
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-2000);
  });
  const gone = new Promise<void>((resolve) => {
    child.on("error", (error) => {
      words += error.message;
      resolve();
    });
    child.on("exit", () => resolve());
  });
  const spoken = new Promise<void>((resolve) => {
    child.on("close", () => resolve());
  });
  child.stdin.on("error", () => {});
  const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
  stream.on("error", () => {});
  return {
    stream,
    async because() {
      // Its words come by another way than the end of its stream.
      await Promise.race([spoken, sleep(500, undefined, { ref: false })]);
      const said = words.trim().split("\n").at(-1) ?? "";
      if (said !== "") return say`the ProxyCommand of ${alias} said: ${said}`;
      return child.exitCode === null ? undefined : say`the ProxyCommand ended with status ${child.exitCode}`;
    },
    async close() {
      stream.destroy();
      if (child.exitCode === null && child.signalCode === null) end(child.pid);
      await gone;
    },
  };
}

/** A stream through another connection. */
export function throughStream(stream: Duplex): Line {
  return {
    stream,
    because: () => Promise.resolve(undefined),
    close() {
      stream.destroy();
      return Promise.resolve();
    },
  };
}

function end(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGTERM");
  } catch {
    // It ended on its own.
  }
}

async function closed(stream: Duplex): Promise<void> {
  if (stream.closed) return;
  const done = new Promise((resolve) => stream.once("close", resolve));
  stream.destroy();
  await done;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function inWords(code: string, where: string, hostname: string, error: unknown): string {
  switch (code) {
    case "ENOTFOUND":
    case "EAI_FAIL":
      return say`no address is known for ${hostname}`;
    case "EAI_AGAIN":
      return say`no name server answered for ${hostname}`;
    case "ECONNREFUSED":
      return say`${where} refuses: nothing listens there`;
    case "EHOSTUNREACH":
    case "ENETUNREACH":
      return say`no route to ${where}`;
    case "ETIMEDOUT":
      return say`${where} did not answer`;
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
