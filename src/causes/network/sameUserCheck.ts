import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { serversOnPort } from "../../probes/dlvServerFacts.ts";
import { dlvServers } from "../../probes/dlvServers.ts";
import { isLoopback } from "../../probes/serverEndpoint.ts";
import { configuredPort } from "../../probes/serverPort.ts";
import { isUnderWay } from "../failure.ts";
import { serverFix, startedAs, unanswered, waitedFor, wantedServer } from "./serverFixes.ts";

const id = "same-user-check";

/** On loopback dlv closes every connection whose socket belongs to another uid, root's too. */
export const sameUserCheck = cause({
  id,
  title: say`dlv runs as another user, and closes connections of anyone else`,
  about: {
    what: "A dlv that listens on loopback looks up each connection in /proc/net/tcp and closes it at once unless the client's socket belongs to dlv's own uid. Root is no exception. A dlv started with sudo, or by a service under its own user, so answers nothing: the connection comes up and ends without a byte. A `dlv dap` ends with it.",
    notThis:
      "A dlv that listens on any other address, 0.0.0.0 included, does not look; nor does one with `--only-same-user=false`. A connection that stays up without an answer is not this: the check closes at once. A refused connection never reached it.",
    sources: [
      "go-delve/delve#1764",
      "GoogleContainerTools/container-debug-support#36",
      "golang/vscode-go#1424",
      "golang/vscode-go#558",
      "https://github.com/go-delve/delve/blob/v1.27.1/pkg/internal/sameuser/sameuser_linux.go",
    ],
    seen: "real",
  },
  needs: { servers: dlvServers },
  when: (launch) =>
    configuredPort(launch) !== undefined &&
    !isUnderWay(launch) &&
    (launch.timeline.totalMs === 0 || unanswered(launch) === "handshake"),
  find({ servers }, launch) {
    if (servers === undefined) return undefined;
    const server = serversOnPort(servers).find(
      (one) =>
        one.kind === wantedServer(launch) &&
        one.uid !== servers.uid &&
        one.listens.length > 0 &&
        one.listens.every(isLoopback) &&
        !one.argv.includes("--only-same-user=false"),
    );
    if (server === undefined) return undefined;
    const closed = unanswered(launch) === "handshake";
    const { pid, uid, port } = server;
    return {
      certainty: closed ? "proven" : "likely",
      because: say`dlv (pid ${pid}) runs as uid ${uid} and takes connections to port ${port} from that user only; this one is uid ${servers.uid}'s.`,
      evidence: [
        say`/proc/${pid}/status: Uid ${uid}; the client's: ${servers.uid}`,
        `/proc/net/tcp: LISTEN at ${server.listens.join(", ")}, port ${port}`,
        say`pid ${pid}: ${startedAs(server)}, without --only-same-user=false`,
        ...(closed ? [say`the connection came up and was closed before the first answer`] : []),
      ],
      ...waitedFor(launch),
      fixes: [
        serverFix(`${id}/same-user`, say`Start the server as uid ${servers.uid}`, {
          kind: "advice",
          text: say`End pid ${pid}, and start the server as the user who debugs (uid ${servers.uid}): ${startedAs(server)}`,
        }),
        serverFix(
          `${id}/any-user`,
          say`Let dlv take connections from any user of that machine`,
          {
            kind: "advice",
            text: say`Where dlv must run as uid ${uid}, start it so: ${startedAs(server, ["--only-same-user=false"])}. Every user of that machine can then run commands as uid ${uid} through it.`,
          },
          false,
        ),
      ],
    };
  },
});
