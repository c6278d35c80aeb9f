import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as sleep } from "node:timers/promises";
import type { Happening } from "../core/event.ts";
import type { Sample } from "../core/process.ts";
import { say } from "../core/say.ts";
import { bannerReader, watchSockets } from "./awaitPort.ts";
import { deferred } from "./deferred.ts";
import {
  isGoTool,
  noTraces,
  removeLeftovers,
  thisMoment,
  trace,
  traceBuild,
  traceSample,
} from "./leftovers.ts";
import type { SpawnPlan } from "./plan.ts";
import type { Endpoint } from "./sockets.ts";
import { explainSpawnError, tellingLine } from "./startError.ts";
import { withSurvivor } from "./survivor.ts";
import { endTree, orphansOf, pidsOf, signal } from "./tree.ts";

/** How much (characters) of what dlv prints goes into the log, and is kept to explain its end. */
const saidCap = 64 * 1024;
/** What dlv printed last arrives after its exit; a child of it that lives on may hold the pipes open for ever (ms). */
const lastWordsMs = 100;
/** How long (ms) a tree may take to end itself: go removes its work directory, an attached dlv its breakpoints. */
export const graceMs = { build: 400, attached: 700 } as const;

/** How dlv ended: in one line, and the line it printed that matters most. `normal` means exit code 0. */
export interface Death {
  readonly text: string;
  readonly words?: string;
  readonly normal: boolean;
}

/** A dlv that runs as a child of ours, in a session of its own. */
export interface DlvProcess {
  readonly pid: number;
  /** Where it listens. Rejects with one line that says why it never will. */
  readonly address: Promise<Endpoint>;
  readonly died: Promise<Death>;
  /** Takes a sample of its tree, and notes what is to be removed. */
  sampled(sample: Sample): void;
  /** Ends dlv and all that it started, and removes what a killed build leaves. */
  kill(): Promise<void>;
  /** Lets dlv end by itself for `ms` (it detaches and cleans up), then kills what is left. */
  finish(ms: number): Promise<void>;
}

/** Who hears of a dlv. While `full` gives a promise, no more of what dlv prints is read: dlv waits, not our memory. */
export interface DlvListeners {
  record(happening: Happening): void;
  print(category: "console" | "stdout" | "stderr", text: string): void;
  full(): Promise<void> | undefined;
}

/** Starts dlv. Rejects with one line that names what is missing where it cannot be started at all. */
export async function startDlv(plan: SpawnPlan, listeners: DlvListeners): Promise<DlvProcess> {
  const { record, print, full } = listeners;
  const since = thisMoment();
  const windows = process.platform === "win32";
  const args = windows ? plan.args.filter((arg) => arg !== "--log-dest=3") : plan.args;
  const { child, release } = withSurvivor(() =>
    spawn(plan.command, args, {
      cwd: plan.cwd,
      env: plan.env,
      detached: !windows,
      stdio: windows ? ["pipe", "pipe", "pipe"] : ["pipe", "pipe", "pipe", "pipe"],
    }),
  );
  const pid = await started(child, plan, record);
  print("console", `${say`Starting: ${plan.command} ${args.join(" ")} from ${plan.cwd}`}\n`);
  record({ kind: "spawned", pid, argv: [plan.command, ...args], cwd: plan.cwd });

  const found = deferred<Endpoint>();
  let printed = "";
  const listen = (stream: Readable | null, said: "stdout" | "stderr", out: Sink) => {
    const decoder = new StringDecoder("utf8");
    const readBanner = bannerReader(found);
    stream?.on("error", () => {});
    stream?.on("data", (chunk: Buffer) => {
      const text = decoder.write(chunk);
      const kept = text.slice(0, saidCap - printed.length);
      printed += kept;
      if (kept !== "") record({ kind: "said", stream: said, text: kept });
      readBanner(text);
      const busy = out(text);
      if (busy === undefined) return;
      stream.pause();
      void busy.then(() => stream.resume());
    });
  };
  const printTo =
    (category: "console" | "stdout" | "stderr"): Sink =>
    (text) => {
      print(category, text);
      return full();
    };
  listen(child.stdout, "stdout", printTo("stdout"));
  listen(child.stderr, "stderr", printTo("stderr"));
  const log = plan.logDest === undefined ? printTo("console") : fileSink(plan.logDest, print);
  listen(child.stdio[3] as Readable | null, "stderr", log);

  let killed = false;
  const died = endOf(child).then(({ code, signal: by }): Death => {
    record({ kind: "exited", code, signal: by, ...(killed && { ours: true }) });
    const text = by === null ? say`dlv exited with code ${String(code)}` : say`dlv was killed by ${by}`;
    const words = tellingLine(printed);
    const why = words ?? (printed.trim().split("\n").at(-1)?.trim() || say`it printed nothing`);
    found.reject(new Error(say`${text} before it listened: ${why}`));
    return { text, normal: code === 0, ...(words !== undefined && { words }) };
  });

  const tree = { root: pid, ownsSession: !windows };
  void watchSockets(pid, () => pidsOf(tree), found);
  const traces = noTraces();
  const kill = async () => {
    killed = true;
    const grace = plan.attaches ? graceMs.attached : graceMs.build;
    await traceBuild(() => pidsOf(tree), traces);
    await endTree(tree, "SIGINT", grace, (one) => trace(one, traces));
    await removeLeftovers(plan.built, since(), traces);
    release();
  };
  return {
    pid,
    address: found.promise,
    died,
    sampled(sample) {
      if (plan.built !== undefined) traceSample(sample, traces);
    },
    kill,
    async finish(ms) {
      // A go command that was killed (the kernel was out of memory) leaves its tools at work. What a program runs has it as
      // its parent, and may be meant to go on.
      const tools = orphansOf(tree).filter((one) => isGoTool(one));
      for (const one of tools) trace(one, traces);
      const death = await Promise.race([died, sleep(ms, undefined)]);
      if (death?.normal !== true) return kill();
      const left = pidsOf(tree);
      for (const one of tools) if (left.includes(one)) signal(one, "SIGKILL");
      await removeLeftovers(undefined, since(), traces);
      release();
    },
  };
}

/** Where a text goes. A promise comes back where no more should be read until it resolves. */
type Sink = (text: string) => Promise<void> | undefined;

function started(child: ChildProcess, plan: SpawnPlan, record: DlvListeners["record"]): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("spawn", () => resolve(child.pid ?? 0));
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (child.pid !== undefined) return;
      const errno = error.code ?? "unknown";
      const text = explainSpawnError(errno, plan);
      record({ kind: "spawn-failed", errno, text });
      reject(new Error(text));
    });
  });
}

function endOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => {
    child.once("exit", (code, by) => {
      const timer = setTimeout(() => resolve({ code, signal: by }), lastWordsMs);
      child.once("close", () => {
        clearTimeout(timer);
        resolve({ code, signal: by });
      });
    });
  });
}

function fileSink(file: string, print: DlvListeners["print"]): Sink {
  const stream = createWriteStream(file);
  stream.on("error", (error) => print("console", `${say`Error writing to ${file}: ${error.message}`}\n`));
  return (text) => {
    if (stream.destroyed || stream.write(text)) return undefined;
    return new Promise((resolve) => stream.once("drain", resolve).once("close", resolve));
  };
}
