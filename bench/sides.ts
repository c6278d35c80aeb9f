import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Config } from "../src/core/config.ts";
import { planDlv } from "../src/proxy/plan.ts";
import { type Client, dapClient } from "./client.ts";

/** What the bench asks the proxy's process, and what comes back. */
export type Question =
  | {
      readonly ask: "port";
      readonly config: Config;
      readonly folder: string;
      readonly log: string;
      readonly fast: boolean;
    }
  | { readonly ask: "ahead" }
  | { readonly ask: "memory" }
  | { readonly ask: "spent" };
export type Answer =
  | { readonly port: number }
  | { readonly rssBytes: number }
  | { readonly aheadMs: number }
  | Spent;

/** What the proxy's process has spent so far: processor time (ms), and how much of it on how many looks at dlv's tree. */
export interface Spent {
  readonly cpuMs: number;
  readonly sampleMs: number;
  readonly samples: number;
}

/** A client that is connected, and the end of what it is connected to. */
export interface Link {
  readonly client: Client;
  /** Disconnects as an editor does, and waits until dlv is gone. */
  close(): Promise<void>;
}

/** A way to a dlv: it starts the dlv of a configuration and connects a client. */
export type Side = (config: Config) => Promise<Link>;

/** Everything that is measured with. */
export interface Bench {
  readonly folder: string;
  /** A stand-in for dlv; see standIn.ts. */
  readonly standIn: string;
  readonly direct: Side;
  /** Through a bare relay in place of the proxy; see relay.ts. */
  readonly relayed: Side;
  /** Through one that frames as golang.go's adapter does; see reframer.ts. */
  readonly reframed: Side;
  readonly proxied: Side;
  /** Through the proxy with the binary of the last launch lent. */
  readonly fast: Side;
  /** Builds what was launched `fast` again, as after a save, and resolves with what that took (ms). */
  ahead(): Promise<number>;
  /** The resident memory (bytes) of the proxy's process. */
  memory(): Promise<number>;
  /** What the proxy's process has spent so far. */
  spent(): Promise<Spent>;
  /** Ends every process that was started. The folder goes with the process that opened it. */
  close(): Promise<void>;
}

/** How long (ms) a dlv may take to end after its client has gone. */
const patienceMs = 5000;

/** Bundles the other processes as the extension is bundled, and starts the proxy's. */
export async function openBench(): Promise<Bench> {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "delve-doctor-bench-")));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const programs = [
    new URL("./subject.ts", import.meta.url),
    new URL("./standIn.ts", import.meta.url),
    new URL("./relay.ts", import.meta.url),
    new URL("./reframer.ts", import.meta.url),
  ];
  await build({
    entryPoints: programs.map((url) => fileURLToPath(url)),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    outdir: folder,
    outExtension: { ".js": ".cjs" },
  });
  const standIn = path.join(folder, "dlv");
  writeFileSync(
    standIn,
    `#!/bin/sh\nexec '${process.execPath}' '${path.join(folder, "standIn.cjs")}' "$@"\n`,
  );
  chmodSync(standIn, 0o755);

  const subject = fork(path.join(folder, "subject.cjs"), { execArgv: [] });
  const ask = async (question: Question): Promise<Answer> => {
    subject.send(question);
    const [answer]: unknown[] = await once(subject, "message");
    return answer as Answer;
  };
  const children = new Set<ChildProcess>();
  const keep = (child: ChildProcess) => {
    children.add(child);
    child.once("exit", () => children.delete(child));
  };

  const through = async (program: string, config: Config): Promise<Link> => {
    const dlv = await startDlv(config, folder, keep);
    const relay = fork(path.join(folder, program), [String(dlv.port)], { execArgv: [] });
    keep(relay);
    const [answer]: unknown[] = await once(relay, "message");
    return join(portOf(answer as Answer), Promise.all([dlv.gone, ended(relay)]));
  };

  const launch = async (config: Config, fast: boolean): Promise<Link> => {
    const log = path.join(folder, "events");
    return join(portOf(await ask({ ask: "port", config, folder, log, fast })));
  };

  return {
    folder,
    standIn,
    async direct(config) {
      const dlv = await startDlv(config, folder, keep);
      return join(dlv.port, dlv.gone);
    },
    relayed: (config) => through("relay.cjs", config),
    reframed: (config) => through("reframer.cjs", config),
    proxied: (config) => launch(config, false),
    fast: (config) => launch(config, true),
    async ahead() {
      const answer = await ask({ ask: "ahead" });
      return "aheadMs" in answer ? answer.aheadMs : Number.NaN;
    },
    async memory() {
      const answer = await ask({ ask: "memory" });
      return "rssBytes" in answer ? answer.rssBytes : 0;
    },
    async spent() {
      const answer = await ask({ ask: "spent" });
      return "cpuMs" in answer ? answer : { cpuMs: 0, sampleMs: 0, samples: 0 };
    },
    async close() {
      for (const child of children) child.kill("SIGINT");
      await Promise.all([...children].map(ended));
      if (subject.connected) subject.disconnect();
      await ended(subject);
    },
  };
}

/**
 * Starts dlv with the very arguments that the proxy starts it with, and as golang.go does in our own session. The proxy
 * gives dlv a session of its own, which Linux schedules as a group (sched_autogroup): a wake-up across groups costs some
 * µs, and on a busy machine the groups get different shares, so measure on a quiet one and without nice(1).
 */
async function startDlv(
  config: Config,
  folder: string,
  keep: (child: ChildProcess) => void,
): Promise<{ readonly port: number; readonly gone: Promise<void> }> {
  const plan = planDlv(config, { folder, dlv: "dlv", env: process.env });
  if (plan.kind !== "spawn") throw new Error("only a dlv that is spawned is measured");
  const { command, args, cwd, env } = plan;
  const child = spawn(command, args, { cwd, env, stdio: ["pipe", "pipe", "pipe", "pipe"] });
  keep(child);
  let printed = "";
  const port = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`dlv ended before it listened: ${printed}`)));
    // With --log-dest Delve prints its banner there, and what goes wrong before it elsewhere.
    for (const stream of child.stdio.slice(1)) {
      stream?.on("data", (chunk: Buffer) => {
        printed += chunk.toString("latin1");
        const found = /listening at: \S+:(\d+)\s/.exec(printed)?.[1];
        if (found !== undefined) resolve(Number(found));
      });
    }
  });
  return { port, gone: ended(child) };
}

/** Connects a client. Its link is closed when the connection is, and `gone` has come about too. */
async function join(port: number, gone: Promise<unknown> = Promise.resolve()): Promise<Link> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  await once(socket, "connect");
  const client = dapClient(socket);
  return {
    client,
    async close() {
      const answered = client.request("disconnect", { terminateDebuggee: true }).catch(() => {});
      await Promise.race([answered, client.closed]);
      socket.end();
      const timer = setTimeout(() => socket.destroy(), patienceMs);
      await Promise.all([client.closed, gone]);
      clearTimeout(timer);
    },
  };
}

function portOf(answer: Answer): number {
  return "port" in answer ? answer.port : 0;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
