import { connect, type Socket } from "node:net";
import type { Happening } from "../core/event.ts";
import type { ProxyOptions, Reach } from "./contract.ts";
import { type DlvListeners, startDlv } from "./dlv.ts";
import { textOf } from "./messages.ts";
import type { ConnectPlan, DlvPlan, SpawnPlan } from "./plan.ts";
import type { Endpoint } from "./sockets.ts";
import { type Ask, runInTerminal } from "./terminal.ts";

/** How long (ms) a connection to a dlv that somebody else runs may take. */
const connectLimitMs = 10_000;

/** Asks for the plan. One that cannot be made is told as a dlv that cannot be started is, and rejects. */
export async function planned({ plan, record }: Pick<ProxyOptions, "plan" | "record">): Promise<DlvPlan> {
  try {
    return await plan();
  } catch (error) {
    record({ kind: "spawn-failed", errno: "EINVAL", text: textOf(error) });
    throw error;
  }
}

/** Goes to dlv the way the plan says. */
export async function reachDlv(plan: DlvPlan, listeners: DlvListeners, ask: Ask): Promise<Reach> {
  if (plan.kind === "spawn") return reachSpawned(plan, listeners);
  if (plan.kind === "terminal") return runInTerminal(plan, ask, listeners.record);
  return reachRemote(plan, listeners.record);
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
  return { socket, died: dlv.died, pid: () => dlv.pid, kill: dlv.kill, finish: dlv.finish };
}

function reachRemote(plan: ConnectPlan, record: (happening: Happening) => void): Reach {
  const socket = connectTo(plan, record);
  const leave = async () => {
    const joined = await socket.catch(() => undefined);
    joined?.destroy();
  };
  return { socket, died: new Promise(() => {}), pid: () => undefined, kill: leave, finish: leave };
}

/** Connects once: dlv serves its first connection and no other. */
function connectTo(at: Endpoint, record: (happening: Happening) => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: at.host, port: at.port, noDelay: true });
    const fail = (why: string) => {
      socket.destroy();
      const because = `no connection to Delve at ${name(at)}: ${why}`;
      record({ kind: "lost", side: "dlv", because });
      reject(new Error(because));
    };
    const failed = (error: NodeJS.ErrnoException) =>
      fail(error.code === "ECONNREFUSED" ? "nothing listens there" : error.message);
    const timer = setTimeout(() => fail(`no answer in ${connectLimitMs / 1000} s`), connectLimitMs);
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
