import { connect, type Socket } from "node:net";
import type { Happening } from "../core/event.ts";
import type { Dropped } from "../core/link.ts";
import { say } from "../core/say.ts";
import type { ProxyOptions, Reach } from "./contract.ts";
import { type Death, type DlvListeners, startDlv } from "./dlv.ts";
import { isNotDap } from "./frames.ts";
import { type KeptAlive, keepAliveMs, keptAlive } from "./keepAlive.ts";
import { textOf } from "./messages.ts";
import type { ConnectPlan, DlvPlan, SpawnPlan } from "./plan.ts";
import type { Endpoint } from "./sockets.ts";
import { type Ask, runInTerminal } from "./terminal.ts";
import { forwarderAt, isGone } from "./through.ts";

/** How long (ms) a connection to a dlv that somebody else runs may take. */
const connectLimitMs = 10_000;

/** Asks for the plan. One that cannot be made is told as a dlv that cannot be started is, and rejects. */
export async function planned(
  { plan, record }: Pick<ProxyOptions, "plan" | "record">,
  opensTerminals: boolean,
): Promise<DlvPlan> {
  const made = await makePlan(plan, record);
  if (made.kind === "terminal" && !opensTerminals)
    throw new Error(say`console and asRoot need a terminal, and this client opens none`);
  return made;
}

async function makePlan(plan: ProxyOptions["plan"], record: ProxyOptions["record"]): Promise<DlvPlan> {
  try {
    return await plan();
  } catch (error) {
    record({ kind: "spawn-failed", errno: "EINVAL", text: textOf(error) });
    throw error;
  }
}

/** Goes to dlv the way the plan says. */
export async function reachDlv(
  plan: DlvPlan,
  listeners: DlvListeners,
  ask: Ask,
  everyMs: number = keepAliveMs,
): Promise<Reach> {
  if (plan.kind === "spawn") return reachSpawned(plan, listeners);
  if (plan.kind === "terminal") return runInTerminal(plan, ask, listeners.record);
  return reachRemote(plan, listeners.record, everyMs);
}

/** Lets dlv end as its client did: it detaches or kills what it runs, and removes what it built. */
export async function leaveDlv(reach: Reach | undefined, ms: number): Promise<void> {
  const socket = await reach?.socket.catch(() => undefined);
  socket?.end();
  await reach?.finish(ms);
  socket?.destroy();
}

async function reachSpawned(plan: SpawnPlan, listeners: DlvListeners): Promise<Reach> {
  const dlv = await startDlv(plan, listeners);
  const socket = dlv.address.then(async (at) => {
    listeners.record({ kind: "listening", address: name(at) });
    const host = { "0.0.0.0": "127.0.0.1", "::": "::1" }[at.host] ?? at.host;
    return connectTo({ host, port: at.port }, listeners.record);
  });
  socket.catch(() => {});
  const { died, sampled, kill, finish } = dlv;
  return { ours: true, socket, died, pid: () => dlv.pid, sampled, kill, finish };
}

function reachRemote(plan: ConnectPlan, record: (happening: Happening) => void, everyMs: number): Reach {
  const through = forwarderAt(plan);
  let kept: KeptAlive | undefined;
  const socket = connectTo(plan, record).then((joined) => {
    // The kernel's own keep-alive notices a peer that is gone; what lies between may count bytes of DAP only.
    if (everyMs > 0) joined.setKeepAlive(true, everyMs);
    record({ kind: "link", what: "stream", address: name(plan), ...(through && { through }) });
    kept = keptAlive(joined, everyMs);
    return kept.stream;
  });
  const leave = async () => {
    const joined = await socket.catch(() => undefined);
    joined?.destroy();
  };
  const dropped = (error?: Error): Dropped | undefined => {
    if (kept?.leaving()) return undefined;
    const { quietMs = 0, unansweredMs = 0, sleptMs = 0 } = kept?.silence() ?? {};
    return {
      how: endings[codeOf(error)] ?? "closed",
      quietMs: Math.round(quietMs),
      unansweredMs: Math.round(unansweredMs),
      keepAliveMs: everyMs,
      ...(sleptMs > 0 && { sleptMs }),
      ...(through && { forwarderGone: isGone(through) }),
    };
  };
  return { socket, died: new Promise(() => {}), pid: () => undefined, dropped, kill: leave, finish: leave };
}

/** How a connection ended, by the errno of its error. */
const endings: Readonly<Record<string, Dropped["how"]>> = {
  ECONNRESET: "reset",
  EPIPE: "reset",
  ETIMEDOUT: "silence",
  EHOSTUNREACH: "silence",
  ENETUNREACH: "silence",
};

/**
 * Records how the connection to a dlv that is not ours ended, although nobody here asked for it, and says it in one line;
 * undefined for a dlv of ours, whose own end says more.
 */
export function tellDropped(
  reach: Reach | undefined,
  error: Error | undefined,
  record: (happening: Happening) => void,
): string | undefined {
  if (isNotDap(error)) return endOf(undefined, error);
  const dropped = reach?.dropped?.(error);
  if (dropped === undefined) return undefined;
  record({ kind: "link", what: "dropped", ...dropped });
  const { how, quietMs, unansweredMs } = dropped;
  const end = {
    closed: say`The connection to Delve was closed after ${seconds(quietMs)} without a byte`,
    reset: say`The connection to Delve was reset after ${seconds(quietMs)} without a byte`,
    silence: say`The connection to Delve no longer answers after ${seconds(quietMs)} without a byte`,
  }[how];
  if (unansweredMs <= 0) return end;
  return say`${end}, ${seconds(unansweredMs)} after something was sent into the silence`;
}

/** Why a connection is over before the session was: dlv's own end, or what it sent that is no DAP. */
export function endOf(death: Death | undefined, error: Error | undefined): string {
  if (isNotDap(error)) return say`dlv sent what is ${error?.message ?? ""}`;
  if (death === undefined) return say`Delve closed the connection`;
  return death.words === undefined ? death.text : `${death.text}: ${death.words}`;
}

function seconds(ms: number): string {
  return say`${(ms / 1000).toFixed(1)} s`;
}

function codeOf(error: NodeJS.ErrnoException | undefined): string {
  return error?.code ?? "";
}

/** Connects once: dlv serves its first connection and no other. */
function connectTo(at: Endpoint, record: (happening: Happening) => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: at.host, port: at.port, noDelay: true });
    const fail = (because: string) => {
      socket.destroy();
      record({ kind: "lost", side: "dlv", because });
      reject(new Error(because));
    };
    const failed = (error: NodeJS.ErrnoException) =>
      fail(
        error.code === "ECONNREFUSED"
          ? // The same in every language: the causes know it by these words.
            `no connection to Delve at ${name(at)}: nothing listens there`
          : say`no connection to Delve at ${name(at)}: ${error.message}`,
      );
    const timer = setTimeout(
      () => fail(say`no connection to Delve at ${name(at)}: no answer in ${connectLimitMs / 1000} s`),
      connectLimitMs,
    );
    socket.once("error", failed);
    socket.once("close", () => clearTimeout(timer));
    socket.once("connect", () => {
      clearTimeout(timer);
      socket.removeListener("error", failed);
      record({ kind: "connected", address: name(at) });
      resolve(socket);
    });
  });
}

function name({ host, port }: Endpoint): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
