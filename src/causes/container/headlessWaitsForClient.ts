import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { surroundings } from "../../probes/surroundings.ts";
import { type WaitingServer, waitingServers } from "../../probes/waitingServers.ts";
import { attachPid, mayBeRefused } from "../failure.ts";
import { waitedFor } from "../network/serverFixes.ts";

const id = "headless-waits-for-client";

/** A dlv that serves starts its program and holds it before its first instruction until a client lets it go on. */
export const headlessWaitsForClient = cause({
  id,
  title: say`The program has not begun: its headless dlv waits for a client`,
  about: {
    what: "`dlv exec --headless` (and `debug`, `test`) starts the program, stops it before its first instruction and waits for a client. Until one connects and continues, the service does not answer, its health checks fail and nothing is logged after `API server listening at:`: the container looks dead and is well. With `--continue --accept-multiclient` the program runs at once. Whoever attaches to the waiting process itself is refused, because dlv traces it already: the way in is dlv's own port.",
    notThis:
      "A program at a breakpoint is in state t as well, but has run: it has more than one thread. A server with a client waits for that client's user. One that waits is not at fault where a remote attach is about to reach it.",
    sources: [
      "go-delve/delve#245",
      "onosproject/onos-config#410",
      "ko-build/ko#1560",
      "https://github.com/go-delve/delve/blob/master/Documentation/faq.md#docker",
    ],
    seen: "real",
  },
  needs: { servers: waitingServers, around: surroundings },
  when: (launch) =>
    launch.mode !== "remote" &&
    (attachPid(launch) === undefined ? launch.timeline.totalMs === 0 : mayBeRefused(launch)),
  find({ servers, around }, launch) {
    const pid = attachPid(launch);
    // Without an attach only what a container was started for counts: other servers are nobody's trouble.
    const server = servers.find((one) =>
      pid === undefined ? around.container !== undefined && servesContainer(one) : one.program.pid === pid,
    );
    if (server === undefined) return undefined;
    const { program, port } = server;
    return {
      // Without a launch that meets it, the server may just be waiting for the attach that comes next.
      certainty: pid === undefined ? "possible" : "proven",
      because: say`${program.name} (pid ${program.pid}) has not begun to run: dlv (pid ${server.pid}) holds it until a client connects to port ${port}.`,
      evidence: [
        say`/proc/${program.pid}/status: state t, traced by dlv (pid ${server.pid}), 1 thread`,
        say`/proc/net/tcp: dlv listens on port ${port}, and no connection is up`,
        say`pid ${server.pid}: ${server.argv.join(" ")}, without --continue`,
      ],
      ...waitedFor(launch),
      fixes: fixes(server, launch),
    };
  },
});

/** dlv as a container's own command is process 1, or started by its init; elsewhere init takes on every orphan. */
function servesContainer({ pid, ppid }: WaitingServer): boolean {
  return pid === 1 || ppid === 1;
}

function fixes(server: WaitingServer, launch: Launch): Fix[] {
  const { argv, port, host } = server;
  const [dlv = "dlv", ...rest] = argv;
  const restart = `${[dlv, ...rest.filter((word) => word !== "--accept-multiclient")].join(" ")} --continue --accept-multiclient`;
  const run: Omit<Fix, "preferred"> = {
    id: `${id}/continue`,
    title: say`Start the server with --continue --accept-multiclient`,
    needsRoot: false,
    scope: "dlv",
    action: {
      kind: "advice",
      text: say`Attach to port ${port} to let the program run on now, or start the server so that it does not wait (breakpoints in what runs at the start are then missed): ${restart}`,
    },
  };
  if (attachPid(launch) === undefined || host === undefined) return [{ ...run, preferred: true }];
  const attach: Fix = {
    id: `${id}/attach-to-server`,
    title: say`Attach to dlv's port ${port} instead of the process`,
    preferred: true,
    needsRoot: false,
    scope: "launch",
    action: {
      kind: "launch.json",
      edits: [
        { at: ["mode"], value: "remote" },
        { at: ["host"], value: host },
        { at: ["port"], value: port },
        { at: ["processId"] },
      ],
    },
  };
  return [attach, { ...run, preferred: false }];
}
