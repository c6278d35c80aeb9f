import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { type Launch, textOf } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { busyPort, refusedPort } from "../../probes/busyPort.ts";
import { baseName, isDlv, type PortOwner, type PortUse } from "../../probes/listeners.ts";

/** What a program of an earlier session is to us: its dlv is gone, or lives on without a client. */
interface Stale {
  readonly owner: PortOwner;
  readonly dlv?: PortOwner;
}

/** A program that outlived its session still listens on the port that the new one wants. */
export const staleDebuggeeHoldsPort = cause({
  id: "stale-debuggee-holds-port",
  title: say`The program of an earlier debug session still has the port`,
  about: {
    what: "When a session ends badly (the editor was killed, the connection was cut) the debugged program can live on, alone or under a dlv that no client talks to any more. It keeps its port, so the next program that is debugged says `bind: address already in use` and ends at once.",
    notThis:
      "Another session that is really going on has a dlv with a client, and a `dlv --headless --accept-multiclient` waits for one on purpose: neither is stale. docker-proxy or any other program may have the port as well. A connection in TIME_WAIT keeps no Go program from listening.",
    sources: [
      "microsoft/vscode-go#239",
      "microsoft/vscode-go#438",
      "microsoft/vscode-go#1619",
      "microsoft/vscode-go#2082",
      "golang/vscode-go#181",
      "golang/vscode-go#497",
      "golang/vscode-go#1536",
      "golang/vscode-go#1606",
      "go-delve/delve#750",
    ],
    seen: "real",
  },
  needs: { use: busyPort },
  when: (launch) => refusedPort(launch) !== undefined,
  find({ use }, launch) {
    const stale = use?.owners.map((owner) => staleOf(owner, use, launch)).find((one) => one !== undefined);
    if (use === undefined || stale === undefined) return undefined;
    const { owner, dlv } = stale;
    const who = `${baseName(owner.exe) || owner.name} (pid ${owner.pid})`;
    return {
      certainty: "proven",
      because:
        dlv === undefined
          ? say`Port ${use.port} belongs to ${who}, left over from an earlier debug session.`
          : say`Port ${use.port} belongs to ${who}, left over from an earlier debug session, under dlv (pid ${dlv.pid}) that no client is connected to.`,
      evidence: [
        say`/proc/net/tcp: a LISTEN socket on port ${use.port} is pid ${owner.pid}'s`,
        `/proc/${owner.pid}/exe: ${owner.exe || say`not readable`}`,
        dlv === undefined
          ? say`/proc/${owner.pid}/status: PPid ${owner.ppid}, TracerPid 0: its dlv is gone`
          : say`dlv (pid ${dlv.pid}): ${dlv.connected ?? 0} connections are up`,
      ],
      explains: { phase: "run", ms: spent(launch.timeline, "run") },
      fixes: [end(stale, use, who)],
    };
  },
});

function staleOf(owner: PortOwner, use: PortUse, launch: Launch): Stale | undefined {
  const dlv = use.around.find((one) => isDlv(one) && (one.pid === owner.ppid || one.pid === owner.tracer));
  if (dlv !== undefined) {
    const current = dlv.pid === launch.timeline.dlv?.pid || owner.pid === launch.timeline.dlv?.pid;
    // Headless servers may wait for their next client on purpose; `dlv dap` serves one and never another.
    const waits = dlv.argv.some((word) => word.startsWith("--headless"));
    // Unknown connections are none that could be proven to be gone.
    return current || waits || dlv.connected !== 0 ? undefined : { owner, dlv };
  }
  const parent = use.around.find(({ pid }) => pid === owner.ppid)?.name ?? "";
  const orphan = owner.ppid <= 1 || /^(systemd|init|tini|dumb-init|catatonit)$/.test(parent);
  return orphan && owner.tracer === 0 && isDebugBinary(owner, launch) ? { owner } : undefined;
}

/** Built by Delve under its own name, or the very file that this launch builds or runs. */
function isDebugBinary({ exe }: PortOwner, launch: Launch): boolean {
  const path = exe.replace(/ \(deleted\)$/, "");
  const own = [textOf(launch, "output"), launch.mode === "exec" ? textOf(launch, "program") : undefined];
  return baseName(path).startsWith("__debug_bin") || own.some((one) => one?.startsWith("/") && one === path);
}

/**
 * Ends processes given as PID START EXE, all or none: whoever runs it may do so much later, when a pid is another process.
 * A removed program's path gets " (deleted)".
 */
const endExactly = `signal=$1 pids=; shift
while [ $# -gt 0 ]; do
  start=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20)
  exe=$(readlink "/proc/$1/exe")
  if [ "$start" != "$2" ] || [ "\${exe% (deleted)}" != "$3" ]; then
    echo "pid $1 is no longer $3: nothing was ended" >&2
    exit 1
  fi
  pids="$pids $1"; shift 3
done
kill -s "$signal" $pids`;

function end({ owner, dlv }: Stale, use: PortUse, who: string): Fix {
  const pids = [owner, ...(dlv === undefined ? [] : [dlv])];
  // A program that is stopped under its debugger answers no signal but SIGKILL.
  const signal = dlv === undefined ? "TERM" : "KILL";
  return {
    id: "stale-debuggee-holds-port/end",
    title: dlv === undefined ? say`End ${who}` : say`End ${who} and its dlv (pid ${dlv.pid})`,
    preferred: true,
    needsRoot: use.uid !== 0 && pids.some(({ uid }) => uid !== use.uid),
    scope: "until-reboot",
    action: { kind: "command", argv: ["sh", "-c", endExactly, "end", signal, ...pids.flatMap(identity)] },
  };
}

function identity({ pid, start, exe }: PortOwner): string[] {
  return [String(pid), String(start), exe.replace(/ \(deleted\)$/, "")];
}
