import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { dlvPort, takenDlvPort } from "../../probes/dlvPort.ts";
import { baseName } from "../../probes/listeners.ts";
import { inOrder, letUsStart, lostStart } from "./golangStart.ts";

const id = "free-port-race";

/** A port that is chosen by one and bound by another later can be somebody else's in between. */
export const freePortRace = cause({
  id,
  title: say`Somebody else has the port that dlv was told to listen at`,
  about: {
    what: "golang.go looks for a free port, closes it again, and starts dlv with `--listen` at that port. What takes the port in between (another debug session, a test, a browser's connection) makes dlv print `couldn't start listener: … bind: address already in use` and end with code 1. golang.go waits 30 s all the same. The same happens each time where a script around dlv names a fixed port. Delve Doctor's proxy lets dlv choose its port (`--listen=127.0.0.1:0`), which leaves no gap.",
    notThis:
      "The port of the debugged program is another matter, and so is a port in the configuration: that is one to connect to, where a dlv of somebody else's listens.",
    sources: [
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugFactory.ts",
      "https://github.com/go-delve/delve/blob/v1.27.1/cmd/dlv/cmds/commands.go",
    ],
    seen: "real",
  },
  needs: { use: dlvPort },
  when: (launch) => launch.timeline.outcome === "failed" && takenDlvPort(launch) !== undefined,
  find({ use }, launch) {
    const port = takenDlvPort(launch);
    if (port === undefined || use === undefined) return undefined;
    const own = launch.timeline.dlv?.pid;
    const holder = use.owners.find(({ pid, ppid }) => pid !== own && ppid !== own);
    const taken = holder !== undefined || use.listening || use.connected;
    const who =
      holder === undefined
        ? say`another process`
        : `${baseName(holder.exe) || holder.name} (pid ${holder.pid})`;
    return {
      certainty: taken ? "proven" : "likely",
      because: taken
        ? say`dlv was to listen at port ${port}, which ${who} has.`
        : say`dlv was to listen at port ${port}, which somebody else had at that moment.`,
      evidence: [
        `dlv: couldn't start listener at port ${port}: address already in use`,
        use.listening
          ? holder === undefined
            ? say`/proc/net/tcp: a LISTEN socket on port ${port}`
            : say`/proc/net/tcp: a LISTEN socket on port ${port} is pid ${holder.pid}'s`
          : use.connected
            ? say`/proc/net/tcp: a connection is up on port ${port}`
            : say`/proc/net/tcp: nobody has port ${port} any more`,
      ],
      ...lostStart(launch),
      fixes: fixes(launch, port, who),
    };
  },
});

/** Where dlv was told to choose for itself and went for one port, something between the two names it. */
function fixes({ timeline, dlv }: Launch, port: number, who: string): Fix[] {
  const asked = timeline.dlv?.argv.find((word) => word.startsWith("--listen=")) ?? "";
  if (!asked.endsWith(":0")) return inOrder([letUsStart(id)]);
  return inOrder([
    {
      id: `${id}/no-fixed-port`,
      title: say`Take the fixed port ${port} out of what runs dlv`,
      needsRoot: false,
      scope: "dlv",
      action: {
        kind: "advice",
        text: say`dlv was started with ${asked}, to choose a port by itself, and ${dlv} made it ${port}, which ${who} has. Take --listen out of that script, or end whoever has the port.`,
      },
    },
  ]);
}
