import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as sleep } from "node:timers/promises";
import type { Happening } from "../core/event.ts";
import { type Deferred, deferred } from "./deferred.ts";
import { noTraces, removeLeftovers, trace } from "./leftovers.ts";
import type { SpawnPlan } from "./plan.ts";
import { type Endpoint, socketInodes, tcpSockets } from "./sockets.ts";
import { explainExit, explainSpawnError } from "./startError.ts";
import { endTree, pidsOf } from "./tree.ts";

/** dlv that neither listens nor dies is given up after this (ms), as golang.go does. */
const startLimitMs = 30_000;
/** How often (ms) the sockets of a silent dlv are looked at, and how long its banner may lag behind its socket. */
const lookMs = 100;
const bannerLagMs = 300;
/** How much (characters) of what dlv prints goes into the log, and is kept to explain its end. */
const saidCap = 64 * 1024;
/** Enough of the end of a stream to find a banner that came in pieces. */
const tailLength = 512;

const banner = /DAP server listening at: (\[[\da-fA-F:.%]+\]|[^\s:]+):(\d+)/;

/** How a dlv ended; `text` says it in one line, with the line it printed that matters most. */
export interface Exit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly text: string;
}

/** A dlv that runs as a child of ours, in a session of its own. */
export interface DlvProcess {
  readonly pid: number;
  /** Where it listens. Rejects with one line that says why it never will. */
  readonly address: Promise<Endpoint>;
  readonly exited: Promise<Exit>;
  /** Ends dlv and all that it started, and removes what a killed build leaves. */
  kill(): Promise<void>;
  /** Lets dlv end by itself for `ms` (it detaches and cleans up), then kills what is left. */
  finish(ms: number): Promise<void>;
}

/** Who hears of a dlv. `print` may return a promise: that stream of dlv is not read on until it resolves. */
export interface DlvListeners {
  record(happening: Happening): void;
  print(category: "console" | "stdout" | "stderr", text: string): Promise<void> | undefined;
}

/** Starts dlv. Rejects with one line that names what is missing where it cannot be started at all. */
export async function startDlv(plan: SpawnPlan, { record, print }: DlvListeners): Promise<DlvProcess> {
  const since = Date.now();
  const windows = process.platform === "win32";
  const args = windows ? plan.args.filter((arg) => arg !== "--log-dest=3") : plan.args;
  const line = `Starting: ${plan.command} ${args.join(" ")} from ${plan.cwd}\n`;
  const child = spawn(plan.command, args, {
    cwd: plan.cwd,
    env: plan.env,
    detached: !windows,
    stdio: windows ? ["pipe", "pipe", "pipe"] : ["pipe", "pipe", "pipe", "pipe"],
  });
  const pid = await started(child, plan, record);
  print("console", line);
  record({ kind: "spawned", pid, argv: [plan.command, ...args], cwd: plan.cwd });

  const tree = { root: pid, ownsSession: !windows };
  const found = deferred<Endpoint>();
  let printed = "";
  const listen = (
    stream: Readable | null,
    said: "stdout" | "stderr",
    out: (text: string) => Promise<void> | undefined,
  ) => {
    if (stream === null) return;
    const decoder = new StringDecoder("utf8");
    let tail = "";
    stream.on("error", () => {});
    stream.on("data", (chunk: Buffer) => {
      const text = decoder.write(chunk);
      const room = saidCap - printed.length;
      if (room > 0) {
        printed += text.slice(0, room);
        record({ kind: "said", stream: said, text: text.slice(0, room) });
      }
      tail = (tail + text).slice(-tailLength - text.length);
      const at = banner.exec(tail);
      if (at !== null) {
        const [all, host = "", port = ""] = at;
        const address = { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
        // Without a character behind it the port may go on in the next chunk.
        if (at.index + all.length < tail.length) found.resolve(address);
        else setTimeout(() => found.resolve(address), 30);
      }
      tail = tail.slice(-tailLength);
      const busy = out(text);
      if (busy === undefined) return;
      stream.pause();
      void busy.then(() => stream.resume());
    });
  };
  listen(child.stdout, "stdout", (text) => print("stdout", text));
  listen(child.stderr, "stderr", (text) => print("stderr", text));
  listen(child.stdio[3] as Readable | null, "stderr", logTo(plan.logDest, print));

  const exited = endOf(child).then(({ code, signal }): Exit => {
    record({ kind: "exited", code, signal });
    const early = explainExit(printed, code, signal, "it printed nothing");
    found.reject(new Error(`${early} (before it listened)`));
    return { code, signal, text: explainExit(printed, code, signal) };
  });
  void watchSockets(tree.root, () => pidsOf(tree), found);

  const kill = async () => {
    const traces = noTraces();
    // SIGINT lets go remove its own work directory; an attached dlv needs time to take its breakpoints out.
    await endTree(tree, "SIGINT", plan.attaches ? 700 : 400, (one) => trace(one, traces));
    await removeLeftovers(plan.built, since, traces);
  };
  return {
    pid,
    address: found.promise,
    exited,
    kill,
    async finish(ms) {
      const exit = await Promise.race([exited, sleep(ms, undefined, { ref: false })]);
      if (exit?.code !== 0) await kill();
    },
  };
}

function started(child: ChildProcess, plan: SpawnPlan, record: DlvListeners["record"]): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("spawn", () => resolve(child.pid ?? 0));
    child.on("error", (error: NodeJS.ErrnoException) => {
      const errno = error.code ?? "unknown";
      const text = explainSpawnError(errno, plan);
      if (child.pid === undefined) record({ kind: "spawn-failed", errno, text });
      reject(new Error(text));
    });
  });
}

/** What dlv printed last arrives after its exit; a child of it that lives on may hold the pipes open for ever. */
function endOf(child: ChildProcess): Promise<Omit<Exit, "text">> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      const timer = setTimeout(() => resolve({ code, signal }), 100);
      child.once("close", () => {
        clearTimeout(timer);
        resolve({ code, signal });
      });
    });
  });
}

function logTo(file: string | undefined, print: DlvListeners["print"]) {
  if (file === undefined) return (text: string) => print("console", text);
  const stream = createWriteStream(file);
  stream.on("error", (error) => print("console", `Error writing to ${file}: ${error.message}\n`));
  return (text: string) => {
    if (stream.destroyed || stream.write(text)) return undefined;
    return new Promise<void>((resolve) => stream.once("drain", resolve).once("close", resolve));
  };
}

/** A dlv behind a wrapper that swallows its output still has a socket; looking at /proc uses no connection up. */
async function watchSockets(root: number, pids: () => number[], found: Deferred<Endpoint>): Promise<void> {
  const settled = found.promise.then(
    () => true,
    () => true,
  );
  const begun = performance.now();
  for (;;) {
    if (await Promise.race([settled, sleep(lookMs, false)])) return;
    const listening = listeningSocket(root, pids());
    if (listening !== undefined) {
      await Promise.race([settled, sleep(bannerLagMs)]);
      found.resolve(listening);
    } else if (performance.now() - begun > startLimitMs)
      found.reject(
        new Error(`dlv (pid ${root}) opened no port and did not exit in ${startLimitMs / 1000} s`),
      );
  }
}

function listeningSocket(root: number, pids: readonly number[]): Endpoint | undefined {
  const open = (tcpSockets(root) ?? []).filter((socket) => socket.listening);
  if (open.length === 0) return undefined;
  const own = pids.map(socketInodes);
  return open.find(({ inode }) => own.some((inodes) => inodes.has(inode)))?.local;
}
