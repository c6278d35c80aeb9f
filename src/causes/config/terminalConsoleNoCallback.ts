import { cause, type Found } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { type Launch, textOf } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { privileges } from "../../probes/privileges.ts";
import { type Dialling, terminalDlv } from "../../probes/terminalDlv.ts";
import { inTerminal, neverDialled, ownDialling } from "./terminals.ts";

const id = "terminal-console-no-callback";

/** A dlv in a terminal is the terminal's: it is there only when the shell has come to the command, and must dial back. */
export const terminalConsoleNoCallback = cause({
  id,
  title: say`dlv in the terminal does not dial back`,
  about: {
    what: 'With `"console": "integratedTerminal"` or `"externalTerminal"` the editor opens a terminal, types dlv\'s command into its shell, and waits for dlv to dial back to it (`--client-addr`). A shell whose rc files take long or ask something, a terminal profile that runs something else than a shell, or a terminal in another container or network namespace keeps dlv from being run or from reaching 127.0.0.1. From Delve 1.24 such a dlv says `Misconfigured server: no Listener is configured` and ends. The Go extension waits 30 s: `timed out while waiting for DAP in reverse mode to connect`.',
    notThis:
      "A sudo that asks for its password has a cause of its own (asRoot). A dlv that has dialled back and builds for long is past this. A dlv program that cannot run at all fails the same way: try it in that terminal.",
    sources: [
      "golang/vscode-go#124",
      "golang/vscode-go#1439",
      "go-delve/delve#2568",
      "https://github.com/golang/vscode-go/blob/v0.52.0/extension/src/goDebugFactory.ts",
    ],
    seen: "real",
  },
  needs: { dialling: terminalDlv, rights: privileges },
  when: (launch) => inTerminal(launch) && neverDialled(launch),
  find({ dialling: all, rights }, launch) {
    const dialling = ownDialling(all, launch);
    const asking = dialling.some(({ name, children }) => name === "sudo" && children === 0);
    const refused = launch.config["asRoot"] === true && (rights?.sudo ?? "") !== "";
    if (asking || refused) return undefined;
    const apart = dialling.find(({ name, sameNetwork }) => name.startsWith("dlv") && sameNetwork === false);
    if (apart !== undefined) return elsewhere(apart, launch);
    const waiting = dialling.find(({ name }) => name.startsWith("dlv"));
    const seconds = (launch.timeline.totalMs / 1000).toFixed(1);
    return {
      certainty: "likely",
      because:
        waiting === undefined
          ? say`The terminal has not run dlv in ${seconds} s, or dlv has ended there without a connection.`
          : say`dlv (pid ${waiting.pid}) runs in a terminal and has not connected to ${waiting.address}.`,
      evidence: [
        waiting === undefined
          ? say`no process has dlv's --client-addr in its command line`
          : `/proc/${waiting.pid}: ${waiting.name}, state ${waiting.state}, --client-addr=${waiting.address}`,
        say`console: ${textOf(launch, "console") ?? say`integratedTerminal, by asRoot`}`,
        ...(launch.timeline.failure === undefined ? [] : [launch.timeline.failure.text]),
      ],
      explains: { phase: "start", ms: spent(launch.timeline, "start") },
      fixes: [withoutTerminal(launch)],
    };
  },
});

function elsewhere({ pid, address }: Dialling, launch: Launch): Found {
  return {
    certainty: launch.timeline.awaiting === undefined ? "likely" : "proven",
    because: say`dlv (pid ${pid}) runs in another network namespace, where ${address} is not the editor's.`,
    evidence: [say`/proc/${pid}/ns/net: not ours`, say`dlv's command line: --client-addr=${address}`],
    explains: { phase: "start", ms: spent(launch.timeline, "start") },
    fixes: [withoutTerminal(launch)],
  };
}

/** asRoot needs the terminal, for sudo to ask in. */
function withoutTerminal(launch: Launch): Fix {
  if (launch.config["asRoot"] === true)
    return {
      id: `${id}/look`,
      title: say`Look at the terminal, and let it run dlv`,
      preferred: true,
      needsRoot: false,
      scope: "launch",
      action: {
        kind: "advice",
        text: say`Look at what the terminal shows: answer what it asks. Its profile must be a shell (terminal.integrated.defaultProfile) whose rc files end soon and ask nothing; time them: time $SHELL -ic true.`,
      },
    };
  return {
    id: `${id}/debug-console`,
    title: say`Run dlv without a terminal (the output goes to the debug console)`,
    preferred: true,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits: [{ at: ["console"], value: "internalConsole" }] },
  };
}
