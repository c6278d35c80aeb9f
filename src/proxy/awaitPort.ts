import { setTimeout as sleep } from "node:timers/promises";
import { say } from "../core/say.ts";
import type { Deferred } from "./deferred.ts";
import { type Endpoint, socketInodes, tcpSockets } from "./sockets.ts";

/** A dlv that neither listens nor dies is given up after this (ms), as golang.go does. */
const startLimitMs = 30_000;
/** How often (ms) the sockets of a silent dlv are looked at, and how long its banner may lag behind its socket. */
const lookMs = 100;
const bannerLagMs = 300;
/**
 * How long (ms) the digits of a port may take to arrive in pieces. On a busy machine a piece has taken 80 ms; where there
 * is a /proc to look at, the socket itself answers sooner.
 */
const digitsMs = 1_000;
/** Enough (characters) of the end of a stream to find a banner that came in pieces. */
const tailLength = 512;

const banner = /DAP server listening at: (\[[\da-fA-F:.%]+\]|[^\s:]+):(\d+)/;

/** Looks for dlv's banner in the pieces of one stream: anywhere in a line, after noise, without a newline. */
export function bannerReader(found: Deferred<Endpoint>): (text: string) => void {
  let tail = "";
  let timer: NodeJS.Timeout | undefined;
  return (text) => {
    clearTimeout(timer);
    const seen = tail + text;
    tail = seen.slice(-tailLength);
    const at = banner.exec(seen);
    if (at === null) return;
    const [all, host = "", port = ""] = at;
    const address = { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
    // Without a character behind it the port may go on in the next piece.
    if (at.index + all.length < seen.length) found.resolve(address);
    else timer = setTimeout(() => found.resolve(address), digitsMs);
  };
}

/**
 * Watches for the listening socket of a dlv whose banner a wrapper swallows, and gives up on one that opens none. A
 * look at /proc uses no connection up, where a test connection would take dlv's only one.
 */
export async function watchSockets(
  root: number,
  pids: () => readonly number[],
  found: Deferred<Endpoint>,
): Promise<void> {
  const begun = performance.now();
  let open = true;
  const settled = found.promise
    .catch(() => {})
    .then(() => {
      open = false;
    });
  while (open) {
    await Promise.race([settled, sleep(lookMs)]);
    if (!open) return;
    const socket = listeningSocket(root, pids());
    if (socket !== undefined) {
      await Promise.race([settled, sleep(bannerLagMs)]);
      found.resolve(socket);
    } else if (performance.now() - begun > startLimitMs) {
      const seconds = startLimitMs / 1000;
      found.reject(new Error(say`dlv (pid ${root}) opened no port and did not exit in ${seconds} s`));
    }
  }
}

function listeningSocket(root: number, pids: readonly number[]): Endpoint | undefined {
  const open = (tcpSockets(root) ?? []).filter((socket) => socket.listening);
  if (open.length === 0) return undefined;
  const own = pids.map(socketInodes);
  return open.find(({ inode }) => own.some((inodes) => inodes.has(inode)))?.local;
}
