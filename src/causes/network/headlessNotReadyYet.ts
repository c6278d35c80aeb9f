import { type Certainty, cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { type DlvServer, hasFlag, serversOnPort } from "../../probes/dlvServerFacts.ts";
import { dlvServers } from "../../probes/dlvServers.ts";
import { configuredPort } from "../../probes/serverPort.ts";
import { isUnderWay } from "../failure.ts";
import { serverFix, startedAs, unanswered, waitedFor, wantedServer } from "./serverFixes.ts";

const id = "headless-not-ready-yet";

/** What a server does instead of taking its connections, and what showed it. */
interface Delay {
  readonly certainty: Certainty;
  readonly because: string;
  readonly seen: string;
  readonly fix: Fix;
}

/** A headless dlv listens before it has loaded its program: the kernel connects, and nobody answers yet. */
export const headlessNotReadyYet = cause({
  id,
  title: say`The headless server does not take connections yet`,
  about: {
    what: "`dlv --headless` says `API server listening` and only then starts or attaches to its program and reads its debug information; it takes its first connection after that. Until then the kernel completes connections by itself, and the client waits for an answer. A big program, a small CPU limit, a download of debug information or `--waitfor` make this long; a dlv that a signal has stopped (state T) never comes to it. `dlv debug --headless` builds first of all, and refuses connections meanwhile.",
    notThis:
      "A server that has taken a client and listens no more is used up; one that closes the connection at once has found another user's. A program that stands in front of dlv (kubectl port-forward, docker-proxy) takes connections by itself, whatever dlv does: on dlv's own side nothing waits then.",
    sources: [
      "go-delve/delve#1741",
      "go-delve/delve#2063",
      "https://github.com/go-delve/delve/blob/v1.27.1/service/rpccommon/server.go",
    ],
    seen: "real",
  },
  needs: { servers: dlvServers },
  when: (launch) =>
    configuredPort(launch) !== undefined && !isUnderWay(launch) && wantedServer(launch) === "headless",
  find({ servers }, launch) {
    const on = servers === undefined ? [] : serversOnPort(servers).filter(({ kind }) => kind === "headless");
    for (const server of on) {
      const delay = waiting(server) ?? building(server, launch);
      if (delay === undefined) continue;
      const { pid, port } = server;
      return {
        certainty: delay.certainty,
        because: delay.because,
        evidence: [
          server.listens.length === 0
            ? say`/proc/net/tcp: no LISTEN socket on port ${port} yet`
            : say`/proc/net/tcp: connections on port ${port} that are up and wait to be taken: ${server.waiting}`,
          delay.seen,
          `pid ${pid}: ${startedAs(server)}`,
        ],
        ...waitedFor(launch),
        fixes: [delay.fix],
      };
    }
    return undefined;
  },
});

/** Why connections that the kernel has made are not taken. */
function waiting(server: DlvServer): Delay | undefined {
  const { pid, port, state, start, under, work } = server;
  if (server.listens.length === 0 || server.waiting === 0) return undefined;
  if (state === "T") {
    const because = say`dlv (pid ${pid}) on port ${port} is stopped by a signal, so it answers nobody.`;
    const argv = ["sh", "-c", resume, "resume", String(pid), String(start)];
    const fix = serverFix(`${id}/resume`, say`Let dlv (pid ${pid}) run on`, { kind: "command", argv });
    return { certainty: "proven", because, seen: `/proc/${pid}/status: state T`, fix };
  }
  // Whoever has served a client takes the next one at once.
  if (server.clients.length > 0) return undefined;
  const download = under.find(({ name }) => name.startsWith("debuginfod"));
  const waitFor = waitedName(server);
  const busy = work !== undefined && (work.ticks > 0 || work.bytes > 0);
  const seen = say`/proc/${pid}: state ${state}, ${(work?.ticks ?? 0) * 10} ms of CPU and ${work?.bytes ?? 0} bytes read in 300 ms`;
  const delay = (certainty: Certainty, because: string, text: string): Delay => ({
    certainty,
    because,
    seen: download === undefined ? seen : say`pid ${download.pid}: ${download.name}, a child of dlv`,
    fix: patience(server, text),
  });
  if (waitFor !== undefined)
    return delay(
      "proven",
      say`dlv (pid ${pid}) on port ${port} waits for a process whose name begins with ${waitFor}.`,
      say`Start ${waitFor}`,
    );
  if (download !== undefined)
    return delay(
      "proven",
      say`dlv (pid ${pid}) on port ${port} still downloads debug information.`,
      say`Wait for the download`,
    );
  if (busy)
    return delay(
      "proven",
      say`dlv (pid ${pid}) on port ${port} still loads its program.`,
      say`Wait until it is loaded`,
    );
  return delay(
    "likely",
    say`dlv (pid ${pid}) on port ${port} has not come to take connections.`,
    say`Look at what dlv prints, and wait`,
  );
}

/** dlv builds before it listens: whoever connects meanwhile is refused. */
function building(server: DlvServer, launch: Launch): Delay | undefined {
  const go = server.under.find(({ name }) => name === "go");
  const begun =
    server.listens.length + server.clients.length > 0 || server.under.some(({ traced }) => traced);
  if (go === undefined || begun) return undefined;
  return {
    certainty: unanswered(launch) === "start" ? "proven" : "likely",
    because: say`dlv (pid ${server.pid}) on port ${server.port} still builds its program, and does not listen yet.`,
    seen: say`pid ${go.pid}: go, a child of dlv`,
    fix: serverFix(`${id}/wait`, say`Attach once the server listens`, {
      kind: "advice",
      text: say`Wait for "API server listening" in what dlv (pid ${server.pid}) prints, and attach then.`,
    }),
  };
}

function patience(server: DlvServer, text: string): Fix {
  const whole = hasFlag(server, "--accept-multiclient")
    ? say`${text}: this attach, or a later one, is answered then.`
    : say`${text}: this attach is answered then. Do not cancel it: the server takes one connection, and a cancelled one counts.`;
  return serverFix(`${id}/wait`, say`Wait until the server is ready`, {
    kind: "advice",
    text: whole,
  });
}

function waitedName({ argv }: DlvServer): string | undefined {
  const at = argv.findIndex((word) => /^--waitfor(=|$)/.test(word));
  if (at < 0) return undefined;
  return argv[at]?.includes("=") ? argv[at].slice("--waitfor=".length) : argv[at + 1];
}

/** A pid may be another process by the time a person runs this. */
const resume = `start=$(sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20)
[ "$start" = "$2" ] || { echo "pid $1 is another process now: nothing was done" >&2; exit 1; }
kill -s CONT "$1"`;
