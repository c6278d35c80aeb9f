import { setTimeout as sleep } from "node:timers/promises";
import type { Happening } from "../core/event.ts";
import { say } from "../core/say.ts";
import type { Machine, Running } from "../hosts/machine.ts";
import { bannerReader } from "../proxy/awaitPort.ts";
import type { Reach } from "../proxy/contract.ts";
import { deferred } from "../proxy/deferred.ts";
import { type Death, type DlvListeners, graceMs } from "../proxy/dlv.ts";
import type { ConnectPlan, DlvPlan, SpawnPlan } from "../proxy/plan.ts";
import type { Endpoint } from "../proxy/sockets.ts";
import { tellingLine } from "../proxy/startError.ts";
import { tellLink } from "./link.ts";

/** How often (ms) dlv's keeper hears that we live, and how long it waits for that: longer than a lid is shut for a moment. */
const beatMs = 15_000;
const deadMs = 300_000;
/** How long (ms) a dlv that neither listens nor dies is waited for, as on this machine. */
const startLimitMs = 30_000;
/** How long (ms) the keeper may take to end dlv and to tidy up, before its channel is closed. */
const endLimitMs = 8000;
/** How much (characters) of what dlv prints is kept to explain its end. */
const saidCap = 64 * 1024;

/** The way to dlv on another machine, in the proxy's terms: started there, or found there on its port. */
export function reachOn(machine: Machine): (plan: DlvPlan, listeners: DlvListeners) => Promise<Reach> {
  return (plan, listeners) => {
    tellLink(machine, listeners.record);
    if (plan.kind === "spawn") return startThere(machine, plan, listeners);
    if (plan.kind === "connect") return Promise.resolve(connectThere(machine, plan, listeners.record));
    return Promise.reject(
      new Error(say`console and asRoot need a terminal, and ${machine.name} gives dlv none: take them out`),
    );
  };
}

async function startThere(machine: Machine, plan: SpawnPlan, listeners: DlvListeners): Promise<Reach> {
  const { record, print } = listeners;
  const logs = plan.logDest === undefined ? [] : [`--log-dest=${plan.logDest}`];
  const args = [...plan.args.filter((arg) => arg !== "--log-dest=3"), ...logs];
  const argv = [plan.command, ...args];
  const running = await started(machine, plan, argv, record);
  const { pid } = running;
  print("console", `${say`Starting on ${machine.name}: ${argv.join(" ")} from ${plan.cwd}`}\n`);
  record({ kind: "spawned", pid, argv, cwd: plan.cwd });
  const beat = setInterval(running.beat, beatMs);

  const heard = listenTo(running, listeners);
  let killed = false;
  const died = running.ended.then(async ({ code, because }): Promise<Death> => {
    clearInterval(beat);
    const by = code !== null && code > 128 ? signals[code - 128] : undefined;
    const exit = { code: by === undefined ? code : null, signal: by ?? null };
    record({ kind: "exited", ...exit, ...(killed && { ours: true }) });
    const gone = because === undefined ? undefined : await Promise.race([machine.lost, sleep(100, because)]);
    const text =
      gone ?? (by === undefined ? say`dlv exited with code ${String(code)}` : say`dlv was killed by ${by}`);
    const words = tellingLine(heard.printed());
    heard.fail(new Error(say`${text} before it listened: ${words ?? lastLine(heard.printed())}`));
    return { text, normal: code === 0, ...(words !== undefined && { words }) };
  });
  const timer = setTimeout(
    () =>
      heard.fail(
        new Error(say`dlv (pid ${pid}) opened no port and did not exit in ${startLimitMs / 1000} s`),
      ),
    startLimitMs,
  );
  const socket = heard.address
    .finally(() => clearTimeout(timer))
    .then(async (at) => {
      record({ kind: "listening", address: nameOf(at) });
      const host = { "0.0.0.0": "127.0.0.1", "::": "::1" }[at.host] ?? at.host;
      return connectTo(machine, { host, port: at.port }, record);
    });
  socket.catch(() => {});
  const kill = async () => {
    killed = true;
    running.interrupt();
    const over = await Promise.race([died, sleep(endLimitMs, undefined)]);
    if (over === undefined) running.close();
  };
  return {
    socket,
    died,
    pid: () => pid,
    kill,
    async finish(ms) {
      const death = await Promise.race([died, sleep(ms, undefined)]);
      if (death?.normal !== true) await kill();
    },
  };
}

async function started(
  machine: Machine,
  plan: SpawnPlan,
  argv: readonly string[],
  record: (happening: Happening) => void,
): Promise<Running> {
  const { cwd, env, built, attaches } = plan;
  try {
    return await machine.start({
      argv,
      cwd,
      env,
      graceMs: attaches ? graceMs.attached : graceMs.build,
      deadMs,
      ...(built && { built }),
    });
  } catch (error) {
    const { code = "unknown", message } = error as NodeJS.ErrnoException;
    const text = say`dlv cannot be started on ${machine.name}: ${message}`;
    record({ kind: "spawn-failed", errno: code, text });
    throw new Error(text);
  }
}

/** Passes on what dlv prints, and finds where it listens. */
function listenTo({ stdout, stderr }: Running, { record, print, full }: DlvListeners) {
  let printed = "";
  const found = deferred<Endpoint>();
  for (const [stream, said] of [
    [stdout, "stdout"],
    [stderr, "stderr"],
  ] as const) {
    const read = bannerReader(found);
    stream.setEncoding("utf8").on("data", (text: string) => {
      const kept = text.slice(0, saidCap - printed.length);
      printed += kept;
      if (kept !== "") record({ kind: "said", stream: said, text: kept });
      read(text);
      print(said, text);
      const busy = full();
      if (busy === undefined) return;
      stream.pause();
      void busy.then(() => stream.resume());
    });
  }
  return { address: found.promise, printed: () => printed, fail: found.reject };
}

function connectThere(machine: Machine, plan: ConnectPlan, record: (happening: Happening) => void): Reach {
  const socket = connectTo(machine, plan, record);
  const leave = async () => {
    const joined = await socket.catch(() => undefined);
    joined?.destroy();
  };
  return { socket, died: new Promise(() => {}), pid: () => undefined, kill: leave, finish: leave };
}

async function connectTo(machine: Machine, at: Endpoint, record: (happening: Happening) => void) {
  try {
    const prohibited = (words: string) =>
      record({ kind: "link", what: "refused", why: "prohibited", to: nameOf(at), words });
    const stream = await machine.connect(at, prohibited);
    record({ kind: "connected", address: nameOf(at) });
    return stream;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const because = say`no connection to Delve at ${nameOf(at)} on ${machine.name}: ${why}`;
    record({ kind: "lost", side: "dlv", because });
    throw new Error(because);
  }
}

/** The signals that a shell's 128 + n may mean, on Linux and macOS alike. */
const signals: Readonly<Record<number, NodeJS.Signals>> = {
  1: "SIGHUP",
  2: "SIGINT",
  3: "SIGQUIT",
  6: "SIGABRT",
  9: "SIGKILL",
  11: "SIGSEGV",
  13: "SIGPIPE",
  15: "SIGTERM",
};

function nameOf({ host, port }: Endpoint): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)?.trim() || say`it printed nothing`;
}
