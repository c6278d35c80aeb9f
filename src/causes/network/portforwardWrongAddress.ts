import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { type DlvServer, type DlvServers, serversOnPort } from "../../probes/dlvServerFacts.ts";
import { dlvServers } from "../../probes/dlvServers.ts";
import { isLoopback, isWildcard, serverEndpoint } from "../../probes/serverEndpoint.ts";
import { surroundings } from "../../probes/surroundings.ts";
import { isUnderWay } from "../failure.ts";
import { listeningAt, serverFix, startedAs, unanswered, waitedFor } from "./serverFixes.ts";

const id = "portforward-wrong-address";

/** A server, where its connections come to instead, what says so, and the remedies, best first. */
interface Missed {
  readonly server: DlvServer;
  readonly sure: boolean;
  readonly comesTo: string;
  readonly seen: string;
  readonly fixes: readonly Fix[];
}

/** A published port and a forwarded one come to different addresses, and dlv listens at one it was told. */
export const portforwardWrongAddress = cause({
  id,
  title: say`dlv listens at another address than the one that connections come to`,
  about: {
    what: "A container has its own network, with a loopback of its own. A published port (`docker run -p`) comes to the container's other address, so dlv must listen at 0.0.0.0 there; `kubectl port-forward`, `ssh -L` and a connection from inside come to loopback, so 127.0.0.1 is right and another single address is wrong. The forwarder takes the connection all the same, and closes it when dlv's side refuses.",
    notThis:
      "A dlv that listens at 0.0.0.0 or [::] takes both. Where nothing of dlv has the port at all, no server is there; a connection that reaches dlv and is closed by it belongs to another user; one that stays up without an answer has reached dlv.",
    sources: [
      "go-delve/delve#3396",
      "solo-io/squash#59",
      "go-delve/delve#1461",
      "https://docs.docker.com/engine/network/port-publishing/",
    ],
    seen: "real",
  },
  needs: { servers: dlvServers, around: surroundings },
  when: (launch) =>
    serverEndpoint(launch) !== undefined &&
    !isUnderWay(launch) &&
    (launch.timeline.totalMs === 0 || unanswered(launch) !== undefined),
  find({ servers, around }, launch) {
    if (servers === undefined) return undefined;
    const missed =
      published(servers) ??
      direct(servers, launch) ??
      outside(servers, launch, around.container !== undefined);
    if (missed === undefined) return undefined;
    const { server, comesTo, seen, sure, fixes } = missed;
    const at = server.listens.map((host) => `${host}:${server.port}`).join(", ");
    return {
      certainty: sure ? "proven" : "likely",
      because: say`dlv (pid ${server.pid}) listens at ${at} only, and connections come to ${comesTo}.`,
      evidence: [
        `/proc/${server.pid}/net/tcp: LISTEN at ${at}`,
        seen,
        `pid ${server.pid}: ${startedAs(server)}`,
      ],
      ...waitedFor(launch),
      fixes,
    };
  },
});

/** docker-proxy names the address that it passes connections on to: the container's, never its loopback. */
function published({ servers, forwarder, port }: DlvServers): Missed | undefined {
  if (forwarder === undefined) return undefined;
  const { to, pid, name } = forwarder;
  const server = servers.find(
    (one) => !one.here && one.port === to.port && one.locals.includes(to.host) && misses(one, to.host),
  );
  if (server === undefined) return undefined;
  return {
    server,
    sure: true,
    comesTo: `${to.host}:${to.port}`,
    seen: say`${name} (pid ${pid}) on port ${port} passes connections on to ${to.host}:${to.port}`,
    fixes: [everywhere(server, port)],
  };
}

/** The configuration names one address of this network, and dlv listens at another. */
function direct(servers: DlvServers, launch: Launch): Missed | undefined {
  const { host, port, others } = servers;
  const asked = isWildcard(host) || host === "localhost" ? "127.0.0.1" : host;
  // A client tries both addresses of localhost.
  const tried = host === "localhost" ? [asked, "::1"] : [asked];
  const all = serversOnPort(servers).filter(({ listens }) => listens.length > 0);
  // Where one dlv takes the connection it is no matter where another listens.
  if (all.some((one) => tried.some((address) => !misses(one, address)))) return undefined;
  const server = all.find(({ locals }) => isLoopback(asked) || locals.includes(asked));
  const [listens] = server?.listens ?? [];
  if (server === undefined || listens === undefined) return undefined;
  const edit = serverFix(
    `${id}/host`,
    say`Connect to ${listens}, where dlv listens`,
    { kind: "launch.json", edits: [{ at: ["host"], value: listens }] },
    unanswered(launch) !== "handshake",
  );
  const text = say`End pid ${server.pid}, and start: ${listeningAt(server, `${asked}:${port}`)}. kubectl port-forward, ssh -L and connections from inside come to loopback.`;
  // What took the connection and closed it stands between: then no other host in launch.json leads anywhere.
  const restart = serverFix(
    `${id}/listen`,
    say`Let dlv listen at ${asked}`,
    { kind: "advice", text },
    !edit.preferred,
  );
  return {
    server,
    // Who took the connection here and closed it may lead to another machine.
    sure:
      unanswered(launch) === "start" ||
      (unanswered(launch) === "handshake" && !others.some((one) => isWildcard(one) || tried.includes(one))),
    comesTo: `${asked}:${port}`,
    seen: say`the configuration connects to ${host}:${port}`,
    fixes: edit.preferred ? [edit, restart] : [restart],
  };
}

/** From inside a container nothing is seen of what publishes its port: a closed connection and a dlv on loopback fit. */
function outside(servers: DlvServers, launch: Launch, container: boolean): Missed | undefined {
  if (!container || unanswered(launch) !== "handshake") return undefined;
  const server = serversOnPort(servers).find(
    (one) => one.uid === servers.uid && one.listens.length > 0 && one.listens.every(isLoopback),
  );
  const own = server?.locals.find((address) => !address.startsWith("127."));
  if (server === undefined || own === undefined) return undefined;
  return {
    server,
    sure: false,
    comesTo: `${own}:${server.port}`,
    seen: say`the connection was closed before the first answer, and dlv still waits for its first client; this network's own address is ${own}`,
    fixes: [everywhere(server, servers.port)],
  };
}

function misses({ listens }: DlvServer, address: string): boolean {
  const takes = (one: string) => isWildcard(one) || one === address;
  return listens.length > 0 && !listens.some(takes);
}

/** Inside, every address; outside, loopback: whoever reaches a dlv port can run commands through it. */
function everywhere(server: DlvServer, port: number): Fix {
  const text = say`End pid ${server.pid}, and start in the container: ${listeningAt(server, `0.0.0.0:${server.port}`)}. Publish the port on loopback only, because whoever reaches it can run commands: docker run -p 127.0.0.1:${port}:${server.port}`;
  return serverFix(`${id}/listen`, say`Let dlv listen at 0.0.0.0 in the container`, { kind: "advice", text });
}
