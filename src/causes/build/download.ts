import type { Fix } from "../../core/fix.ts";
import { buildDirectory } from "../../core/goBuild.ts";
import { goproxyFixes, withoutUserinfo } from "../../core/goproxy.ts";
import type { Launch } from "../../core/launch.ts";
import type { Socket } from "../../core/process.ts";
import { say } from "../../core/say.ts";
import { seconds, type Waiting } from "../../core/waiting.ts";
import type { GoProxy, ProxyAddress } from "../../probes/goProxy.ts";

/** The socket that a build waits on, and the proxy it leads to where it is one that is configured. */
export interface Connection {
  readonly socket: Socket;
  readonly to?: ProxyAddress;
}

/** Picks the socket that leads to a configured proxy before any other. */
export function connectionOf({ sockets }: Waiting, proxy: GoProxy): Connection {
  const pairs = sockets.map((socket) => ({
    socket,
    to: proxy.addresses.find(({ address }) => address === socket.remote),
  }));
  const known = pairs.find(({ to }) => to !== undefined);
  if (known?.to !== undefined) return { socket: known.socket, to: known.to };
  const [socket] = sockets;
  if (socket === undefined) throw new Error("a process waits on the network without a socket");
  return { socket };
}

/** "pid 4711 go: ESTABLISHED 127.0.0.1:9 (GOPROXY), 0 B received, no CPU and no bytes for 11.2 s". */
export function describeConnection(
  { pid, name, idleMs }: Waiting,
  { socket, to }: Connection,
  bytes: ReadonlyMap<string, number>,
): string {
  const process = `pid ${pid} ${name}`;
  const remote = to === undefined ? socket.remote : say`${socket.remote} (${to.host} of ${to.variable})`;
  const connection = `${socket.state} ${remote}`;
  const received = bytes.get(`${pid} ${socket.local}`);
  return received === undefined
    ? say`${process}: ${connection}, no CPU and no bytes for ${seconds(idleMs)}`
    : say`${process}: ${connection}, ${received} B received, no CPU and no bytes for ${seconds(idleMs)}`;
}

const layers = {
  launch: say`this configuration's env`,
  process: say`the environment that dlv inherits`,
  file: say`what \`go env -w\` wrote`,
  default: say`Go's default`,
} as const;

/** Says which layer GOPROXY comes from, by its hosts: the value itself may hold credentials. */
export function layer({ setBy, value, addresses }: GoProxy): string {
  const hosts = addresses.filter(({ variable }) => variable === "GOPROXY").map(({ host }) => host);
  const named = [...new Set(hosts)].join(", ") || withoutUserinfo(value);
  return say`GOPROXY is ${named}, from ${layers[setBy]}`;
}

/** What takes the dead proxy out of the way, and where only this configuration names it, fetching the modules once. */
export function downloadFixes(
  cause: string,
  proxy: GoProxy,
  variable: string | undefined,
  launch: Launch,
): readonly Fix[] {
  const via = variable === undefined || variable === "GOPROXY" ? {} : { via: variable };
  const fixes = goproxyFixes({ cause, ...proxy, ...via }, launch);
  if (proxy.setBy !== "launch" || proxy.rest === undefined || proxy.rest === proxy.value) return fixes;
  const once: Fix = {
    id: `${cause}/download-once`,
    title: say`Fetch the modules once with the environment's own GOPROXY`,
    preferred: false,
    needsRoot: false,
    scope: "user",
    action: { kind: "command", argv: ["go", "mod", "download"], cwd: buildDirectory(launch) },
  };
  return [...fixes, once];
}
