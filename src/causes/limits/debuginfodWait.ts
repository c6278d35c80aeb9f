import { cause } from "../../core/cause.ts";
import { isDebuggee, type ProcessSample } from "../../core/process.ts";
import { say } from "../../core/say.ts";
import type { Timeline } from "../../core/timeline.ts";
import { seconds } from "../../core/waiting.ts";
import { debuginfod } from "../../probes/debuginfod.ts";

const id = "debuginfod-wait";

/** A server may well take this long (ms) to answer. */
const patienceMs = 1000;

/** dlv runs debuginfod-find for each image without debug information, one after the other, and waits for it. */
export const debuginfodWait = cause({
  id,
  title: say`dlv waits for debug information from a debuginfod server`,
  about: {
    what: "Where DEBUGINFOD_URLS is set (several distributions do it for every login) and `debuginfod-find` is installed, dlv asks that server for the debug information of every image that has none: the program when it is loaded, shared libraries such as libc at the first stop or at an attach. It waits for each answer, and says nothing meanwhile (Delve up to 1.25.1) or only in the console. A server that cannot be reached costs 90 s for each library.",
    notThis:
      "dlv that reads the debug information of a large program uses CPU and has no such child. A debuginfod-find that writes what it receives is slow and not stuck. Once it has what it was asked for, it is kept in ~/.cache/debuginfod_client.",
    sources: [
      "https://github.com/go-delve/delve/blob/v1.27.1/pkg/proc/debuginfod/debuginfod.go",
      "https://sourceware.org/elfutils/Debuginfod.html",
      "https://man7.org/linux/man-pages/man1/debuginfod-find.1.html",
    ],
    seen: "real",
  },
  needs: { debuginfod },
  when: ({ timeline }) => waiting(timeline) !== undefined,
  find({ debuginfod: { asking, servers, timeoutSeconds } }, { timeline }) {
    const process = waiting(timeline);
    const { current, idleMs, phases } = timeline;
    if (process === undefined || current === undefined || !asking.includes(process.pid)) return undefined;
    const server = servers.join(", ") || say`its server`;
    const sockets = process.sockets ?? [];
    return {
      certainty: "proven",
      because: say`dlv waits for debuginfod-find (pid ${process.pid}), which has had no answer from ${server} for ${seconds(idleMs)}.`,
      evidence: [
        say`dlv's child: ${process.argv.filter((word) => word !== "").join(" ")}`,
        ...sockets.map(
          ({ state, remote, rxQueue }) =>
            say`its connection to ${remote}: ${state}, ${rxQueue} bytes received and not read`,
        ),
        say`nothing moved in dlv's process tree for ${seconds(idleMs)}`,
        timeoutSeconds === undefined
          ? say`DEBUGINFOD_TIMEOUT is not set: it gives up after 90 s, and the next library is asked for`
          : say`DEBUGINFOD_TIMEOUT is ${timeoutSeconds} s for each library`,
      ],
      explains: { phase: current, ms: Math.min(idleMs, phases.at(-1)?.ms ?? idleMs) },
      fixes: [
        {
          id: `${id}/no-server`,
          title: say`Ask no debuginfod server in this launch configuration`,
          preferred: true,
          needsRoot: false,
          scope: "launch",
          action: { kind: "launch.json", edits: [{ at: ["env", "DEBUGINFOD_URLS"], value: "" }] },
        },
        {
          id: `${id}/impatient`,
          title: say`Wait no more than 2 s for each answer`,
          preferred: false,
          needsRoot: false,
          scope: "launch",
          action: { kind: "launch.json", edits: [{ at: ["env", "DEBUGINFOD_TIMEOUT"], value: "2" }] },
        },
      ],
    };
  },
});

/** dlv's own debuginfod-find (the program may run one as well), once nothing has moved for a while; what it receives it writes, and that would have moved. */
function waiting({ current, idleMs, last }: Timeline): ProcessSample | undefined {
  if (current === undefined || current === "build" || idleMs < patienceMs) return undefined;
  const processes = last?.processes ?? [];
  const programs = processes.filter(isDebuggee).map(({ pid }) => pid);
  return processes.find(({ name, ppid }) => name === "debuginfod-find" && !programs.includes(ppid));
}
