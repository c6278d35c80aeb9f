import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import type { Timeline } from "../../core/timeline.ts";
import { seconds } from "../../core/waiting.ts";
import { type StoppedProcess, stoppedProcesses } from "../../probes/stoppedProcesses.ts";

const id = "stopped-process";

/** SIGSTOP and its kind hold a process until SIGCONT comes, and everything that waits for it as well. */
export const stoppedProcess = cause({
  id,
  title: say`A signal has stopped a process that the launch waits for`,
  about: {
    what: "SIGSTOP, Ctrl+Z in a terminal (SIGTSTP), or the use of a terminal from the background (SIGTTIN, SIGTTOU) stops a process without ending it. Stopped anywhere in dlv's tree (dlv itself, `go`, one compiler) it halts the whole launch: nothing moves, no error comes, and SIGTERM waits too. SIGCONT lets it go on where it was. This id is this project's own.",
    notThis:
      "A debugged program that stands at a breakpoint is stopped by its tracer: the kernel shows that as `t` and not as `T`, and names the tracer. A frozen control group shows its processes as waiting. A process in state D waits for a disk.",
    sources: [
      "https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html",
      "https://man7.org/linux/man-pages/man7/signal.7.html",
    ],
    seen: "real",
  },
  needs: { stopped: stoppedProcesses },
  when: ({ timeline }) =>
    waits(timeline) && (timeline.last?.processes ?? []).some(({ state }) => state === "T"),
  find({ stopped }, { timeline }) {
    const [first] = stopped;
    const { current, phases, idleMs } = timeline;
    if (first === undefined || current === undefined) return undefined;
    const names = stopped.map(({ name, pid }) => `${name} (pid ${pid})`).join(", ");
    return {
      certainty: "proven",
      because: say`A signal has stopped ${names}, and the launch waits for it.`,
      evidence: [...stopped.map(stateOf), say`nothing moved in dlv's process tree for ${seconds(idleMs)}`],
      explains: { phase: current, ms: Math.min(idleMs, phases.at(-1)?.ms ?? idleMs) },
      fixes: [
        {
          id: `${id}/continue`,
          title: say`Let ${names} go on`,
          preferred: true,
          needsRoot: false,
          scope: "launch",
          action: { kind: "command", argv: ["kill", "-CONT", ...stopped.map(({ pid }) => String(pid))] },
        },
      ],
    };
  },
});

function stateOf({ pid, name, wchan, terminal }: StoppedProcess): string {
  const state = say`/proc/${pid}/stat: ${name} in state T, no tracer`;
  const place = wchan === undefined ? state : say`${state}, in ${wchan}`;
  return terminal ? say`${place}, with a terminal` : place;
}

/** Before the program runs, everything in the tree is waited for. What a program does with its own children is its own. */
function waits({ current }: Timeline): boolean {
  return current !== undefined && current !== "run";
}
