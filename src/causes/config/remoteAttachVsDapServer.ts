import { type Certainty, cause } from "../../core/cause.ts";
import type { Action, Fix } from "../../core/fix.ts";
import { type Launch, textOf } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { kindOf, serversOnPort } from "../../probes/dlvServerFacts.ts";
import { dlvServers } from "../../probes/dlvServers.ts";
import { isDlv } from "../../probes/listeners.ts";
import { configuredPort, serverPort } from "../../probes/serverPort.ts";
import { isUnderWay, saidBy } from "../failure.ts";
import { waitedFor } from "../network/serverFixes.ts";
import { noDebuggerFound, nothingListens, sessionInProgress } from "../texts.ts";

/** `dlv dap` waits for a launch or a local attach; `dlv … --headless` debugs already and takes a remote attach. */
type Server = "dap" | "headless" | "nobody";

const met: Readonly<Record<Server, (who: string, port: number) => string>> = {
  dap: (who, port) =>
    say`${who} connects to port ${port}, and there is \`dlv dap\`, which waits for a launch or a local attach.`,
  headless: (who, port) =>
    say`${who} connects to port ${port}, and there is \`dlv --headless\`, which debugs its program already and takes only a remote attach.`,
  nobody: (who, port) => say`${who} connects to port ${port}, and there is nobody.`,
};

/** With `port` (or a remote attach) nothing starts dlv: the configuration must fit the server that is there. */
export const remoteAttachVsDapServer = cause({
  id: "remote-attach-vs-dap-server",
  title: say`The configuration and the server it connects to do not fit`,
  about: {
    what: "A configuration with `port`, or an attach in mode `remote`, starts no dlv: it connects to one. `dlv dap` debugs nothing yet and waits for a launch or a local attach; `dlv debug|exec|attach --headless` has its program already and takes an attach in mode `remote`. The wrong pair fails with `no debugger found` or `debug session already in progress`, and a launch that reaches a headless server ends the server's program. With nobody on the port there is nothing to connect to: often `port` was left over in a local configuration.",
    notThis:
      "A server that has its one client stops listening: that is a used-up server, not a missing one. ssh or docker-proxy on the port lead to another machine's server, of which nothing is known here. Nothing connects to the port to find out: the command line of its owner says it.",
    sources: [
      "go-delve/delve#3029",
      "golang/vscode-go#2018",
      "golang/vscode-go#1729",
      "golang/vscode-go#3413",
      "microsoft/vscode-go#3206",
      "go-delve/delve#3720",
      "leoluz/nvim-dap-go#35",
      "https://github.com/go-delve/delve/blob/master/Documentation/api/dap/README.md",
    ],
    seen: "real",
  },
  needs: { use: serverPort, servers: dlvServers },
  when: (launch) =>
    configuredPort(launch) !== undefined &&
    !isUnderWay(launch) &&
    (launch.request === "launch" || ["remote", "local"].includes(launch.mode)),
  find({ use, servers }, launch) {
    if (use === undefined) return undefined;
    const wanted: Server = launch.request === "attach" && launch.mode === "remote" ? "headless" : "dap";
    const dlv = use.owners.find(isDlv);
    const said = saidBy(launch);
    const told = sessionInProgress.test(said) ? "headless" : noDebuggerFound.test(said) ? "dap" : undefined;
    const there = dlv === undefined ? undefined : kindOf(dlv.argv);
    // A server that has had its one client, or that still builds, has the port without listening on it.
    const silent = servers !== undefined && serversOnPort(servers).length > 0;
    const empty = !use.listening && !use.connected && !silent && onlyStarted(launch);
    const none = empty ? "nobody" : undefined;
    // A server that answered wrongly may have ended since: its own words come before the empty port.
    const server = there ?? told ?? none;
    if (server === undefined || server === wanted) return undefined;
    const words =
      server === "nobody" ? nothingListens : told === "headless" ? sessionInProgress : noDebuggerFound;
    const line = said.split("\n").find((one) => words.test(one));
    return {
      certainty: there === undefined ? withoutOwner(server, line, launch) : "proven",
      because: met[server](
        launch.request === "attach" ? say`This attach (mode ${launch.mode})` : say`This launch`,
        use.port,
      ),
      evidence: [
        dlv === undefined
          ? use.listening
            ? say`/proc/net/tcp: something else listens on port ${use.port}`
            : say`/proc/net/tcp: no LISTEN socket on port ${use.port}`
          : `port ${use.port}: pid ${dlv.pid}, ${dlv.argv.slice(0, 3).join(" ")}`,
        ...(line === undefined ? [] : [line]),
      ],
      ...waitedFor(launch),
      fixes: [fixFor(server, wanted, use.port, launch)],
    };
  },
});

/** A connection that was up has shown a server, which may have ended since. */
function onlyStarted({ timeline }: Launch): boolean {
  return timeline.phases.every(({ name }) => name === "start");
}

/** An empty port before the launch may be filled in time; after it, only the refusal itself shows that it was empty then. */
function withoutOwner(server: Server, line: string | undefined, { timeline }: Launch): Certainty {
  if (server !== "nobody") return "likely";
  if (timeline.totalMs === 0) return "possible";
  return line === undefined ? "likely" : "proven";
}

function fixFor(server: Server, wanted: Server, port: number, launch: Launch): Fix {
  const edit = (name: string, title: string, values: Readonly<Record<string, unknown>>) =>
    fix(name, title, {
      kind: "launch.json",
      edits: Object.entries(values).map(([key, value]) =>
        value === undefined ? { at: [key] } : { at: [key], value },
      ),
    });
  if (server === "headless")
    return edit("attach-remote", say`Attach to the program that the server debugs`, {
      request: "attach",
      mode: "remote",
    });
  if (server === "nobody" && wanted === "dap")
    return edit("local", say`Take port and host out, so that a dlv is started for this session`, {
      port: undefined,
      host: undefined,
    });
  if (server === "dap" && launch.config["processId"] !== undefined)
    return edit("attach-local", say`Let this server attach to the process`, { mode: "local" });
  if (server === "dap" && textOf(launch, "program") !== undefined)
    return edit("launch", say`Let this server launch the program`, { request: "launch", mode: "debug" });
  const address = `${textOf(launch, "host") ?? "127.0.0.1"}:${port}`;
  return fix("headless", say`Start a headless server on port ${port}`, {
    kind: "advice",
    text:
      server === "dap"
        ? say`Start, in the program's directory: dlv debug --headless --accept-multiclient --listen=${address} (end the \`dlv dap\` that is there first)`
        : say`Start, in the program's directory: dlv debug --headless --accept-multiclient --listen=${address}`,
  });
}

function fix(name: string, title: string, action: Action): Fix {
  const id = `remote-attach-vs-dap-server/${name}`;
  return { id, title, preferred: true, needsRoot: false, scope: "launch", action };
}
