import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** One line of /proc/net/tcp or tcp6 (proc_pid_net(5)). Addresses are plain: IPv4-mapped ones as IPv4. */
export interface TcpSocket {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly listening: boolean;
  readonly uid: number;
  readonly inode: string;
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

const tables = ["tcp", "tcp6"] as const;

/** The TCP sockets of a process's network namespace; undefined where the system has no /proc to ask. */
export function tcpSockets(pid: number | "self" = "self"): TcpSocket[] | undefined {
  const read = tables.flatMap((name) => {
    const sockets = tableOf(pid, name);
    return sockets === undefined ? [] : [sockets];
  });
  return read.length === 0 ? undefined : read.flat();
}

/** The kernel walks its whole hash of connections for one table: 5 ms with the hash of a machine of 16 GB. */
function tableOf(pid: number | "self", name: (typeof tables)[number]): TcpSocket[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/net/${name}`, "latin1").split("\n").slice(1).flatMap(parseLine);
  } catch {
    return undefined;
  }
}

/** A connection as Node describes it. */
interface Connection {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly localPort?: number | undefined;
}

/**
 * True when the other end of a loopback connection belongs to the user we run as, or to root where `orRoot` says so;
 * the same question as Delve's --only-same-user. Where there is no /proc, as on macOS, it cannot be asked and is true.
 */
export function isOurs(connection: Connection, orRoot = false): boolean {
  const uid = process.getuid?.();
  const peer = peerOf(connection);
  if (peer === undefined) return uid === undefined || tcpSockets() === undefined;
  // A socket that its process has closed is nobody's: the kernel shows it without inode, and as root's.
  if (peer.inode === "0") return false;
  return peer.uid === uid || (orRoot && peer.uid === 0);
}

/** The other end of a loopback connection of ours, as the kernel knows it; undefined where it is not there. */
export function peerOf(connection: Connection): TcpSocket | undefined {
  const host = plain(connection.remoteAddress ?? "");
  for (const name of tables) {
    const peer = tableOf("self", name)?.find(
      ({ local, remote }) =>
        local.port === connection.remotePort && remote.port === connection.localPort && local.host === host,
    );
    if (peer !== undefined) return peer;
  }
  return undefined;
}

/** The inodes of a process's open sockets, as in /proc/PID/fd; none where it is gone or not ours to read. */
export function socketInodes(pid: number): Set<string> {
  const inodes = new Set<string>();
  try {
    for (const fd of readdirSync(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(linkOf(`/proc/${pid}/fd/${fd}`))?.[1];
      if (inode !== undefined) inodes.add(inode);
    }
  } catch {
    // The process ended, or belongs to somebody else.
  }
  return inodes;
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function parseLine(line: string): TcpSocket[] {
  const [, local, remote, state, , , , uid, , inode] = line.trim().split(/\s+/);
  if (local === undefined || remote === undefined || inode === undefined) return [];
  return [
    { local: endpoint(local), remote: endpoint(remote), listening: state === "0A", uid: Number(uid), inode },
  ];
}

/** The kernel prints addresses as 32-bit words in the machine's byte order: little endian wherever Delve runs. */
function endpoint(text: string): Endpoint {
  const [address = "", port = ""] = text.split(":");
  const bytes = (address.match(/.{8}/g) ?? []).flatMap((word) =>
    (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)),
  );
  const mapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255;
  const host = bytes.length === 4 ? bytes.join(".") : mapped ? bytes.slice(12).join(".") : ipv6(bytes);
  return { host, port: Number.parseInt(port, 16) };
}

function ipv6(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, at) =>
    (((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0)).toString(16),
  );
  return groups.join(":").replace(/(?:^|:)(?:0(?::|$)){2,}/, "::");
}

function plain(address: string): string {
  return address.startsWith("::ffff:") ? address.slice(7) : address;
}
