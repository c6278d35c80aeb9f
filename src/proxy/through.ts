import { readdirSync, readFileSync, statSync } from "node:fs";
import type { Forwarder } from "../core/forwarder.ts";
import { type Endpoint, socketInodes, tcpSockets } from "./sockets.ts";

/** Programs whose command line says where a tunnel goes and holds no secret of a program. */
const known = /^(ssh|kubectl|oc|socat|docker-proxy|rootlessport|podman|chisel|cloudflared)$/;

/**
 * Who listens at an address of this machine: a program that is no dlv, a dlv, nobody, or somebody whom we may not look at
 * (another user's program, no /proc). Undefined for another machine's address. Nothing connects.
 */
export function listenerAt({ host, port }: Endpoint): Forwarder | "dlv" | "nobody" | "unseen" | undefined {
  if (!/^(localhost|127\.|::1$)/.test(host)) return undefined;
  const sockets = tcpSockets();
  if (sockets === undefined) return "unseen";
  const here = (address: string) =>
    ["0.0.0.0", "::", host].includes(address) || (host === "localhost" && /^(127\.|::1$)/.test(address));
  const listening = sockets.filter(
    ({ listening: up, local }) => up && local.port === port && here(local.host),
  );
  if (listening.length === 0) return "nobody";
  const pid = pids().find((one) => {
    const held = socketInodes(one);
    return listening.some(({ inode }) => held.has(inode));
  });
  return pid === undefined ? "unseen" : (programOf(pid) ?? "unseen");
}

/** The program of this machine that a connection to an address goes through; undefined where none can be told. */
export function forwarderAt(at: Endpoint): Forwarder | undefined {
  const listener = listenerAt(at);
  return typeof listener === "object" ? listener : undefined;
}

/** True when a program has ended; one that is being buried has. */
export function isGone({ pid, name }: Forwarder): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const state = stat.slice(stat.lastIndexOf(")") + 2, stat.lastIndexOf(")") + 3);
    return state === "Z" || state === "X" || nameOf(pid) !== name;
  } catch {
    return true;
  }
}

function programOf(pid: number): Forwarder | "dlv" | undefined {
  const name = nameOf(pid);
  if (name === undefined) return undefined;
  if (/^dlv\b/.test(name)) return "dlv";
  try {
    const argv = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
    return { pid, name, argv: known.test(name) && isOwn(pid) ? argv : [] };
  } catch {
    return undefined;
  }
}

/** A tunnel's command line is used again to ask where it goes: what another user has written there would run as us. */
function isOwn(pid: number): boolean {
  return statSync(`/proc/${pid}`).uid === process.geteuid?.();
}

function nameOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trimEnd();
  } catch {
    return undefined;
  }
}

function pids(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}
