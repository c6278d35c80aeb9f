import { socketAddress } from "../core/socketAddress.ts";
import type { ServerEndpoint } from "./serverEndpoint.ts";

/** Somebody who is connected to a server, or was and has gone without being let go. */
export interface Client {
  /** False once the client has closed its end (CLOSE_WAIT). */
  readonly open: boolean;
  /** HOST:PORT of the client's end. */
  readonly from: string;
  /** Its process, where it is in the same network namespace and its open files may be listed. */
  readonly pid?: number;
  readonly name?: string;
  /** True for ourselves: the doctor, or the sshd that carries it, which the probe runs under. */
  readonly ours: boolean;
}

/** A process under dlv: the debugged program, or one that dlv runs. */
export interface Under {
  readonly pid: number;
  readonly name: string;
  /** One letter of proc_pid_stat(5); t is a program that its debugger has stopped. */
  readonly state: string;
  readonly traced: boolean;
}

/** A dlv that serves, and what its sockets say. */
export interface DlvServer {
  readonly pid: number;
  readonly uid: number;
  /** One letter of proc_pid_stat(5); T is stopped by a signal. */
  readonly state: string;
  /** Clock ticks since boot: with its pid it names one process only. */
  readonly start: number;
  /** Its own arguments; those of the debugged program are left out. */
  readonly argv: readonly string[];
  /** `dlv dap` waits for a launch or a local attach; a headless dlv debugs already and takes a remote attach. */
  readonly kind: "dap" | "headless";
  readonly port: number;
  /** Whether it is in the network namespace that we look from. */
  readonly here: boolean;
  /** The IPv4 addresses of its network namespace. */
  readonly locals: readonly string[];
  /** The addresses that it listens at; empty once a server for one client has had it. */
  readonly listens: readonly string[];
  /** Connections that the kernel has made and dlv has not taken. */
  readonly waiting: number;
  readonly clients: readonly Client[];
  readonly under: readonly Under[];
  /** What it did in 300 ms, as CPU time in clock ticks and bytes read; undefined where no connection waits. */
  readonly work?: { readonly ticks: number; readonly bytes: number };
}

/** docker-proxy, and where it passes connections on to. */
export interface Forwarder {
  readonly pid: number;
  readonly name: string;
  readonly to: ServerEndpoint;
}

/** The dlv servers of a machine, and who else has the port that the launch connects to. */
export interface DlvServers extends ServerEndpoint {
  /** Who asks: the doctor's own user on that machine. */
  readonly uid: number;
  readonly servers: readonly DlvServer[];
  readonly forwarder?: Forwarder;
  /** The addresses at which somebody else than dlv listens on the port, in the network namespace that we look from. */
  readonly others: readonly string[];
}

/** A socket of the tables, with the processes that have it open. */
interface Row {
  readonly space: string;
  readonly state: string;
  readonly local: ServerEndpoint;
  readonly remote: ServerEndpoint;
  readonly received: number;
  readonly uid: number;
  /** False for a connection that nobody has accepted. */
  readonly taken: boolean;
  readonly pids: readonly number[];
}

/** Reads the probe's answer: one line a fact, its kind first. */
export function readServers(stdout: string, at: ServerEndpoint): DlvServers {
  const lines = stdout.split("\n").map((line) => line.split(" "));
  const of = (kind: string) => lines.filter(([first]) => first === kind).map(([, ...rest]) => rest);
  const [uid = "", space = ""] = of("me")[0] ?? [];
  const rows = of("tcp").map(readRow);
  const above = new Set(of("above").map(([pid]) => Number(pid)));
  const names = new Map(of("who").map(([pid, , ...name]) => [Number(pid), name.join(" ")]));
  const words = new Map(of("argv").map(([pid, ...rest]) => [pid, wordsOf(rest.join(" "))]));

  const servers = of("dlv").flatMap(([pid = "", owner, state = "?", start, own = ""]): DlvServer[] => {
    const argv = words.get(pid) ?? [];
    const kind = kindOf(argv);
    const named = listenPort(argv);
    const mine = rows.filter((row) => row.taken && row.space === own && has(row, Number(pid), owner, named));
    const listens = mine.filter((row) => row.state === "0A");
    const port =
      (listens[0] ?? mine.find(({ local }) => local.port === named) ?? mine[0])?.local.port ?? named;
    if (kind === undefined || port === undefined) return [];
    return [
      {
        pid: Number(pid),
        uid: Number(owner),
        state,
        start: Number(start),
        argv,
        kind,
        port,
        here: own === space,
        locals: of("local").flatMap(([one, address = ""]) => (one === own ? [address] : [])),
        listens: listens.map(({ local }) => local.host),
        waiting: listens.reduce((sum, { received }) => sum + received, 0),
        clients: mine
          .filter((row) => (row.state === "01" || row.state === "08") && row.local.port === port)
          .map((row) => clientOf(row, rows, above, names)),
        under: of("under").flatMap(([parent, ...rest]) => (parent === pid ? [underOf(rest)] : [])),
        ...workOf(of("work").filter(([one]) => one === pid)),
      },
    ];
  });

  const listeners = rows.filter(
    (row) => row.state === "0A" && row.space === space && row.local.port === at.port,
  );
  const [proxy] = listeners;
  const own = servers.flatMap((one) => (one.here && one.port === at.port ? one.listens : []));
  const others = listeners.flatMap(({ local }) => (own.includes(local.host) ? [] : [local.host]));
  const forwarder = proxy?.pids.flatMap((pid) => forwarderOf(pid, words.get(String(pid)) ?? []))[0];
  return { ...at, uid: Number(uid), servers, others, ...(forwarder !== undefined && { forwarder }) };
}

const commands = ["attach", "connect", "core", "dap", "debug", "exec", "replay", "test", "trace"];

/** A headless server is any command but `dap` with that flag; undefined for a dlv that serves nobody. */
export function kindOf(argv: readonly string[]): "dap" | "headless" | undefined {
  const words = argv.slice(1);
  if (words.find((word) => commands.includes(word)) === "dap") return "dap";
  return words.some((word) => word === "--headless" || word === "--headless=true") ? "headless" : undefined;
}

/** True when one of dlv's own arguments is this flag, switched on. */
export function hasFlag({ argv }: Pick<DlvServer, "argv">, flag: string): boolean {
  return argv.includes(flag) || argv.includes(`${flag}=true`);
}

/** The servers that a connection to the launch's port may reach, in the network namespace that we look from. */
export function serversOnPort({ servers, port }: DlvServers): DlvServer[] {
  return servers.filter((one) => one.here && one.port === port);
}

/** A server for one client that has had it listens no more; one that still builds has neither client nor program yet. */
export function isUsedUp({ kind, listens, clients, under }: DlvServer): boolean {
  const begun = clients.length > 0 || under.some(({ traced }) => traced);
  return kind === "headless" && listens.length === 0 && begun;
}

function wordsOf(text: string): string[] {
  return text.split("\u001f").filter((word) => word !== "");
}

function listenPort(argv: readonly string[]): number | undefined {
  const flag = argv.findIndex((word) => /^(--listen|-l)(=|$)/.test(word));
  const address = argv[flag]?.includes("=") ? argv[flag] : argv[flag + 1];
  const port = flag < 0 ? undefined : /:(\d+)$/.exec(address ?? "")?.[1];
  return port === undefined || port === "0" ? undefined : Number(port);
}

/** Another user's open files are not ours to list: then the socket's owner and port tell whose it is. */
function has(row: Row, pid: number, uid: string | undefined, port: number | undefined): boolean {
  return (
    row.pids.includes(pid) || (row.pids.length === 0 && row.uid === Number(uid) && row.local.port === port)
  );
}

function readRow([
  space = "",
  state = "",
  local = "",
  remote = "",
  queues = "",
  uid,
  inode,
  ...pids
]: string[]): Row {
  return {
    space,
    state,
    local: socketAddress(local),
    remote: socketAddress(remote),
    received: Number.parseInt(queues.split(":")[1] ?? "0", 16),
    uid: Number(uid),
    taken: inode !== "0",
    pids: pids.map(Number),
  };
}

function clientOf(
  { state, remote, local, space }: Row,
  rows: readonly Row[],
  above: ReadonlySet<number>,
  names: ReadonlyMap<number, string>,
): Client {
  const other = rows.find((row) => row.space === space && same(row.local, remote) && same(row.remote, local));
  const pid = other?.pids[0];
  const name = pid === undefined ? undefined : names.get(pid);
  return {
    open: state === "01",
    from: `${remote.host}:${remote.port}`,
    ours: other?.pids.some((one) => above.has(one)) ?? false,
    ...(pid !== undefined && { pid }),
    ...(name !== undefined && { name }),
  };
}

function same(one: ServerEndpoint, other: ServerEndpoint): boolean {
  return one.host === other.host && one.port === other.port;
}

function underOf([pid, tracer, state = "?", ...name]: string[]): Under {
  return { pid: Number(pid), name: name.join(" "), state, traced: tracer !== "0" };
}

function workOf(samples: readonly string[][]): Pick<DlvServer, "work"> {
  const [before, after] = samples.map(([, ticks = "", bytes]) => ({
    ticks: ticks.split("+").reduce((sum, one) => sum + Number(one), 0),
    bytes: Number(bytes ?? 0),
  }));
  if (before === undefined || after === undefined) return {};
  return { work: { ticks: after.ticks - before.ticks, bytes: after.bytes - before.bytes } };
}

function forwarderOf(pid: number, argv: readonly string[]): Forwarder[] {
  const value = (flag: string) => argv[argv.indexOf(flag) + 1] ?? "";
  if (!argv.includes("-container-ip") || !argv.includes("-container-port")) return [];
  const to = { host: value("-container-ip"), port: Number(value("-container-port")) };
  return [{ pid, name: "docker-proxy", to }];
}
