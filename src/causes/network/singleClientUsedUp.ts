import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { type DlvServer, isUsedUp, serversOnPort } from "../../probes/dlvServerFacts.ts";
import { dlvServers } from "../../probes/dlvServers.ts";
import { configuredPort } from "../../probes/serverPort.ts";
import { isUnderWay } from "../failure.ts";
import { described, serverFix, startedAs, unanswered, waitedFor, wantedServer } from "./serverFixes.ts";

const id = "single-client-used-up";

/** Without --accept-multiclient a server takes the first connection, whoever made it, and no other. */
export const singleClientUsedUp = cause({
  id,
  title: say`The server takes one client, and has had it`,
  about: {
    what: "`dlv --headless` without `--accept-multiclient` takes exactly one connection and stops listening with it; `dlv dap` goes on listening and never takes a second. The first one counts, whatever it was: another session, a health check, a port scan, an editor that forwards ports by itself, or an attach that was cancelled while the server still loaded. The next client is refused, or waits for an answer that never comes, while dlv and its program are well.",
    notThis:
      "Where no dlv has the port at all nothing listens, which is another matter; so is a `dlv debug --headless` that still builds and has not begun to listen. A server with `--accept-multiclient` goes on listening, and one that has not taken its first connection yet is not ready, not used up. A client that ended its session properly has ended the server with it: then nothing of it is left. A look whether the port is up would be this very fault: the sockets in /proc/net/tcp say it.",
    sources: [
      "go-delve/delve#1393",
      "go-delve/delve#2323",
      "go-delve/delve#4279",
      "microsoft/vscode-go#3206",
      "https://github.com/go-delve/delve/blob/v1.27.1/service/rpccommon/server.go",
    ],
    seen: "real",
  },
  needs: { servers: dlvServers },
  when: (launch) => configuredPort(launch) !== undefined && !isUnderWay(launch),
  find({ servers }, launch) {
    const on = servers === undefined ? [] : serversOnPort(servers);
    const server = on.find((one) => one.kind === wantedServer(launch) && isTaken(one, launch));
    if (server === undefined) return undefined;
    const { pid, port, kind, listens } = server;
    const holder = server.clients.find(({ open, ours }) => open && !ours);
    const before = launch.timeline.totalMs === 0;
    return {
      // Whoever is connected may be the very session that is asked about.
      certainty: before && holder !== undefined ? "possible" : "proven",
      because:
        holder === undefined
          ? say`dlv (pid ${pid}) on port ${port} takes one client, and that was a connection that is gone.`
          : say`dlv (pid ${pid}) on port ${port} takes one client, and that was ${described(holder)}, which is still connected.`,
      evidence: [
        kind === "headless"
          ? say`pid ${pid}: ${startedAs(server)}, without --accept-multiclient`
          : `pid ${pid}: ${startedAs(server)}`,
        listens.length === 0
          ? say`/proc/net/tcp: dlv has no LISTEN socket on port ${port} any more`
          : say`/proc/net/tcp: connections on port ${port} that are up and wait to be taken: ${server.waiting}`,
        ...server.clients.map((client) => {
          const state = client.open ? "ESTABLISHED" : "CLOSE_WAIT";
          const line = say`/proc/net/tcp: ${state} with ${client.from}`;
          return client.pid === undefined ? line : `${line}, ${described(client)}`;
        }),
      ],
      ...waitedFor(launch),
      fixes: fixesFor(server),
    };
  },
});

/** A connection of ours that is up is the one client itself, except where it waits behind another's. */
function isTaken(server: DlvServer, launch: Launch): boolean {
  const before = launch.timeline.totalMs === 0;
  if (server.kind === "headless") return isUsedUp(server) && (before || unanswered(launch) !== undefined);
  const waits = launch.timeline.current === "handshake" && server.waiting > 0;
  return (before || waits) && server.clients.some(({ open, ours }) => open && !ours);
}

function fixesFor(server: DlvServer): Fix[] {
  if (server.kind === "dap")
    return [
      serverFix(`${id}/own-server`, say`Take port and host out, so that each session gets a dlv of its own`, {
        kind: "launch.json",
        edits: [{ at: ["port"] }, { at: ["host"] }],
      }),
    ];
  const text = say`End pid ${server.pid}, and start the server so that one client after another can connect: ${startedAs(server, ["--accept-multiclient"])}`;
  return [
    serverFix(`${id}/multiclient`, say`Start the server with --accept-multiclient`, { kind: "advice", text }),
  ];
}
