import { readdirSync, readFileSync } from "node:fs";
import type { Forwarder } from "../core/forwarder.ts";
import { type Endpoint, socketInodes, tcpSockets } from "./sockets.ts";

/** Programs whose command line says where a tunnel goes and holds no secret of a program. */
const known = /^(ssh|kubectl|oc|socat|docker-proxy|rootlessport|podman|chisel|cloudflared)$/;

/**
 * The program of this machine that listens at an address, so that a connection to it goes through that program. Undefined
 * for another machine's address, for a dlv, and where nobody may look (another user's program, no /proc). Nothing connects.
 */
export function forwarderAt({ host, port }: Endpoint): Forwarder | undefined {
  if (!/^(localhost|127\.|::1$)/.test(host)) return undefined;
  const here = (address: string) =>
    ["0.0.0.0", "::", host].includes(address) || (host === "localhost" && /^(127\.|::1$)/.test(address));
  const listening = tcpSockets()?.filter((one) => one.listening && one.local.port === port);
  const inodes = (listening ?? []).filter(({ local }) => here(local.host)).map(({ inode }) => inode);
  if (inodes.length === 0) return undefined;
  const pid = pids().find((one) => {
    const held = socketInodes(one);
    return inodes.some((inode) => held.has(inode));
  });
  return pid === undefined ? undefined : programOf(pid);
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

function programOf(pid: number): Forwarder | undefined {
  const name = nameOf(pid);
  if (name === undefined || /^dlv\b/.test(name)) return undefined;
  try {
    const argv = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
    return { pid, name, argv: known.test(name) ? argv : [] };
  } catch {
    return undefined;
  }
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
