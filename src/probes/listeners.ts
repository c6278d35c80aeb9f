import type { Launch } from "../core/launch.ts";
import { type Probe, probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** A process that has sockets on the port. Its arguments are kept only where it is dlv: a program's may be secret. */
export interface PortOwner {
  readonly pid: number;
  readonly ppid: number;
  readonly uid: number;
  readonly name: string;
  /** Its program's path; "" where another user's may not be read. A removed file ends in " (deleted)". */
  readonly exe: string;
  readonly argv: readonly string[];
  readonly tracer: number;
  /** When it started, in clock ticks since boot (field 22 of proc_pid_stat(5)): with its pid it names one process only. */
  readonly start: number;
  /** How many of its sockets are ESTABLISHED, on any port; undefined where its open files may not be listed. */
  readonly connected?: number;
}

/** Who has a TCP port of this machine. */
export interface PortUse {
  readonly port: number;
  /** LISTEN sockets on the port exist, whoever has them; their owner may be hidden from us. */
  readonly listening: boolean;
  /** A connection on the port is up: a single-client server stops listening once it has its client. */
  readonly connected: boolean;
  readonly owners: readonly PortOwner[];
  /** The parents and tracers of the owners; process 1 is not among them. */
  readonly around: readonly PortOwner[];
  /** Our own uid. */
  readonly uid: number;
}

/**
 * Reads off /proc who has a port (proc_pid_net(5)); nothing ever connects to it, because one connection is all that
 * `dlv dap` accepts. Undefined where the launch names no port of this machine; unknown where /proc/net/tcp cannot be
 * read (macOS has none), since an empty table would look like a free port.
 */
export function portUse(
  id: string,
  portOf: (launch: Launch) => number | undefined,
): Probe<PortUse | undefined> {
  return probe({
    id,
    args: (launch) => [String(portOf(launch) ?? "")],
    sh,
    read({ code, stdout }): PortUse | undefined {
      if (code === 74) throw new Error(say`/proc/net/tcp cannot be read here`);
      const port = Number(/^port (\d+)$/m.exec(stdout)?.[1] ?? 0);
      return port === 0 ? undefined : readUse(port, stdout);
    },
  });
}

/** dlv by its program, however the file is called before the version or "-dap". */
export function isDlv(owner: PortOwner): boolean {
  return /^dlv([-.@]|$)/.test(baseName(owner.exe.replace(/ \(deleted\)$/, "") || owner.name));
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

const sh = `
case $1 in '' | *[!0-9]*) exit 0 ;; esac
cat /proc/net/tcp >/dev/null 2>&1 || exit 74
echo "port $1"
echo "uid $(id -u)"
detail() {
  awk -v tag="$2" '$1 == "Name:" { n = $2 } $1 == "Tgid:" { p = $2 } $1 == "PPid:" { pp = $2 } $1 == "TracerPid:" { t = $2 }
    $1 == "Uid:" { print tag, p, pp, t, $2, n }' "/proc/$1/status" 2>/dev/null || return
  echo "exe $1 $(readlink "/proc/$1/exe" 2>/dev/null)"
  echo "start $1 $(sed 's/.*) //' "/proc/$1/stat" | cut -d' ' -f20)"
  # A program with file capabilities is not dumpable: its open files are root's to see.
  ls "/proc/$1/fd" >/dev/null 2>&1 && echo "fds $1 readable"
  case $(awk '$1 == "Name:" { print $2 }' "/proc/$1/status") in
    dlv*) echo "argv $1 $(tr '\\0' '\\037' <"/proc/$1/cmdline")" ;;
  esac
}
sockets=$({
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
    awk '$4 == "0A" || $4 == "01" { split($2, a, ":"); print "tcp", $10, $4, a[2] }'
  ls -ln /proc/[0-9]*/fd 2>/dev/null | awk '
    index($0, "/proc/") == 1 { split($0, a, "/"); pid = a[3] }
    $NF ~ /^socket:/ { gsub(/[^0-9]/, "", $NF); print "has", pid, $NF }'
} | awk -v port="$(printf '%04X' "$1")" '
  $1 == "tcp" { state[$2] = $3; if ($4 == port) { on[$2] = 1; print "on", $3 } }
  $1 == "has" && ($3 in state) {
    pids[$2] = 1; count[$2 state[$3]]++
    if (($3 in on) && state[$3] == "0A") owner[$2] = 1
  }
  END { for (p in pids) print "sockets", p, count[p "01"] + 0, owner[p] + 0 }')
echo "$sockets"
for p in $(echo "$sockets" | awk '$1 == "sockets" && $4 == 1 { print $2 }'); do
  detail "$p" owner
  for q in $(awk '($1 == "PPid:" || $1 == "TracerPid:") && $2 > 1 { print $2 }' "/proc/$p/status"); do
    detail "$(awk '$1 == "Tgid:" { print $2 }' "/proc/$q/status")" near
  done
done
exit 0
`;

function readUse(port: number, stdout: string): PortUse {
  const read = (tag: "owner" | "near") => {
    const rows = stdout.matchAll(new RegExp(`^${tag} (\\d+) (\\d+) (\\d+) (\\d+) (.*)$`, "gm"));
    const byPid = new Map(Array.from(rows, (row) => [row[1], ownerOf(row, stdout)]));
    return [...byPid.values()];
  };
  return {
    port,
    listening: /^on 0A$/m.test(stdout),
    connected: /^on 01$/m.test(stdout),
    owners: read("owner"),
    around: read("near"),
    uid: Number(/^uid (\d+)$/m.exec(stdout)?.[1]),
  };
}

function ownerOf([, pid, ppid, tracer, uid, name = ""]: RegExpMatchArray, stdout: string): PortOwner {
  const line = (tag: string) => new RegExp(`^${tag} ${pid} (.*)$`, "m").exec(stdout)?.[1] ?? "";
  return {
    pid: Number(pid),
    ppid: Number(ppid),
    uid: Number(uid),
    name,
    exe: line("exe"),
    argv: line("argv")
      .split("\u001f")
      .filter((word) => word !== ""),
    tracer: Number(tracer),
    start: Number(line("start")),
    ...(line("fds") === "readable" && { connected: Number(line("sockets").split(" ")[0]) }),
  };
}
