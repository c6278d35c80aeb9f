import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { type CpuLoad, cpuLoad } from "../../probes/cpuLoad.ts";
import { loopback } from "../../probes/loopback.ts";
import { connectTimedOut } from "../texts.ts";
import { inOrder, letUsStart, lostStart } from "../toolchain/golangStart.ts";

const id = "connection-timeout-one-second";

/** golang.go's timer for its connection to dlv, in ms. */
const limitMs = 1000;

/** golang.go gives its connection to dlv one second, and says the same whatever it failed at. */
export const connectionTimeoutOneSecond = cause({
  id,
  title: say`The Go extension gave up connecting to dlv after one second`,
  about: {
    what: "Once dlv has said that it listens, golang.go connects to it and allows one second, by a timer in the extension host. Whatever takes longer is `Couldn't start dlv dap: connection timeout`: a slow loopback (a filter, a virtual network), and just as well an extension host that did something else for a second and saw its timer before its connection. A refused connection gives the same words, because golang.go does not look at the socket's error. No setting makes the second longer. A dlv in the integrated terminal dials back and has 30 s; Delve Doctor's proxy has no such limit.",
    notThis:
      "`timed out while waiting for DAP server to start` comes before: there dlv never said that it listens. That dlv runs well in a terminal does not rule this out, because no extension host is in that way.",
    sources: [
      "golang/vscode-go#4048",
      "golang/vscode-go#4039",
      "microsoft/vscode#310218",
      "golang/vscode-go#1270",
      "golang/vscode-go#1693",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugFactory.ts",
    ],
    seen: "real",
  },
  where: "editor",
  needs: { lo: loopback, cpu: cpuLoad },
  when: ({ timeline }) => connectTimedOut.test(timeline.failure?.text ?? ""),
  find({ lo, cpu }, launch) {
    // Where no connection comes about at all, that is what is wrong.
    if (lo !== undefined && lo.outcome !== "connected") return undefined;
    const slow = lo !== undefined && lo.ms >= limitMs;
    return {
      certainty: slow ? "proven" : "likely",
      because: slow
        ? say`A connection within this machine takes ${lo.ms} ms, and golang.go allows it ${limitMs} ms.`
        : say`dlv listened, and the extension host did not see its connection within golang.go's one second.`,
      evidence: [
        say`golang.go: connection timeout, one second after dlv said that it listens`,
        ...(lo === undefined
          ? []
          : [say`${lo.by}: a connection to a listener of our own on 127.0.0.1 took ${lo.ms} ms`]),
        ...about(cpu),
        ...(slow
          ? []
          : [say`a refused connection, and an extension host that was busy, look the same to golang.go`]),
      ],
      ...lostStart(launch),
      fixes: inOrder([
        letUsStart(id),
        {
          id: `${id}/terminal`,
          title: say`Start dlv in the integrated terminal, from where it dials back and has 30 s`,
          needsRoot: false,
          scope: "launch",
          action: { kind: "launch.json", edits: [{ at: ["console"], value: "integratedTerminal" }] },
        },
      ]),
    };
  },
});

function about({ load, cpus, waited }: CpuLoad): string[] {
  return [
    ...(load === undefined
      ? []
      : [cpus === undefined ? `/proc/loadavg: ${load}` : say`/proc/loadavg: ${load} with ${cpus} CPUs`]),
    ...(waited === undefined
      ? []
      : [say`/proc/pressure/cpu: something waited in ${waited} % of the last 10 s`]),
  ];
}
