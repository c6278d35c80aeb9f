import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Duplex } from "node:stream";
import { fileURLToPath } from "node:url";
import { delveDoctor } from "../cli/delveDoctor.ts";
import { type DapClient, dapClient } from "../dap/client.ts";
import type { Lair } from "./lair.ts";

const clientFile = fileURLToPath(new URL("./client.mjs", import.meta.url));

/** The adapter as it is shipped: `delve-doctor dap --listen`. */
export interface Adapter {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
  alive(): boolean;
  /** Ends it as its terminal would, and waits. */
  end(): Promise<void>;
}

/** A client in a process of its own, and what a test says through it. */
export interface ChaosClient {
  readonly dap: DapClient;
  readonly child: ChildProcess;
  /** The adapter's pid where the adapter is this client's child. */
  readonly adapter?: number;
  /** Says no more, and reads on. */
  hangUp(): void;
  /** Ends the process, whatever it is doing. */
  end(): Promise<void>;
}

/** Starts an adapter that listens, in a folder. `inside` is what runs it, such as unshare. */
export async function startAdapter(
  lair: Lair,
  inside: readonly string[] = [],
  cwd: string = lair.source,
): Promise<Adapter> {
  const argv = [...inside, process.execPath, await delveDoctor(), "dap"];
  const [file = "", ...args] = [...argv, "--listen", "127.0.0.1:0", "--dlv", lair.dlv];
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...lair.env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface(child.stdout), "line");
  const alive = () => child.exitCode === null && child.signalCode === null;
  return {
    child,
    pid: child.pid ?? 0,
    port: Number(/:(\d+)$/.exec(String(line))?.[1]),
    alive,
    async end() {
      if (!alive()) return;
      const gone = once(child, "exit");
      child.kill("SIGCONT");
      child.kill("SIGTERM");
      await gone;
    },
  };
}

/** Connects a client to an adapter that listens. */
export function connectClient({ port }: Adapter): ChaosClient {
  return clientOf(
    spawn(process.execPath, [clientFile, "connect", String(port)], { stdio: ["pipe", "pipe", "inherit"] }),
  );
}

/** A client that has the adapter as its child, on pipes, as most editors do. */
export async function startClient(lair: Lair): Promise<ChaosClient> {
  const argv = [clientFile, "start", process.execPath, await delveDoctor(), "dap", "--dlv", lair.dlv];
  const child = spawn(process.execPath, argv, {
    cwd: lair.source,
    env: { ...process.env, CHAOS_ENV: JSON.stringify(lair.env) },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const [line] = await once(createInterface(child.stderr), "line");
  return { ...clientOf(child), adapter: Number(line) };
}

function clientOf(child: ChildProcess): ChaosClient {
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error("the client has no pipes");
  stdin.on("error", () => {});
  const dap = dapClient(Duplex.from({ readable: stdout, writable: stdin }));
  return {
    dap,
    child,
    hangUp: () => void stdin.end(),
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}
