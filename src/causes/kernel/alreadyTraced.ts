import { cause, type Found } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { dlvPlace } from "../../probes/dlvPlace.ts";
import { dlvTrace } from "../../probes/dlvTrace.ts";
import { type Tracer, tracers } from "../../probes/tracers.ts";
import { waitingServers } from "../../probes/waitingServers.ts";
import { lostLoad, mayBeRefused } from "../failure.ts";
import { alreadyDebugged, ptraceDenied, yamaHint } from "../texts.ts";

const id = "already-traced";
const denied = new RegExp(`${ptraceDenied.source}|${yamaHint.source}|${alreadyDebugged.source}`);

/** A process has one tracer at most: a second ptrace(2) is refused, for root as well. */
export const alreadyTraced = cause({
  id,
  title: say`Something else traces the program already`,
  about: {
    what: "Linux lets one process trace another, and no more than one. An attach to a process that strace, gdb, another dlv or an IDE holds is refused. A tracer that follows children (`strace -f`, rr, graftcp, gdb with `follow-fork-mode child`) holds all that dlv starts as well, so under it no launch can work: `fork/exec …: operation not permitted`. From Delve 1.26.1 an attach says `already being debugged by pid …`; the number is a thread's.",
    notThis:
      "A tracer that follows no children (plain `strace dlv`) leaves the program alone. The dlv of the launch itself holds the program too, once it is attached. A seccomp filter and Yama give the same `operation not permitted`: TracerPid in /proc/PID/status decides.",
    sources: [
      "hmgle/graftcp#75",
      "microsoft/WSL#2977",
      "https://man7.org/linux/man-pages/man2/ptrace.2.html",
    ],
    seen: "real",
  },
  needs: { held: tracers, trace: dlvTrace, place: dlvPlace, servers: waitingServers },
  when: mayBeRefused,
  find({ held, trace, place, servers }, launch) {
    const { request, timeline } = launch;
    const failure = timeline.failure?.text ?? "";
    // A dlv that waits for its client is a matter of its own: one attaches to its port.
    if (servers.some(({ pid }) => pid === held.target?.pid)) return undefined;
    if (request === "attach") return held.target && heldTarget(held.target, launch);
    const { rules, outcome, direct } = trace;
    if (outcome !== "EPERM" || rules === undefined || rules.tracer === 0) return undefined;
    const script = direct === "allowed" && place !== undefined ? place.path : undefined;
    const name = held.own?.name ?? rules.tracedBy ?? say`another process`;
    return {
      // Under a filter as well the refusal may be the filter's; where dlv alone is let, only its tracer is left.
      certainty: direct === "allowed" || rules.seccomp !== 2 ? "proven" : "likely",
      because: say`${name} traces dlv and all that dlv starts, so dlv itself may trace nothing.`,
      evidence: [
        say`/proc/PID/status of ${rules.exe}: TracerPid ${rules.tracer} (${name})`,
        `${launch.dlv} exec true: ${trace.text}`,
        ...(script === undefined ? [] : [say`${rules.exe} exec true, without ${script}: it works`]),
        ...(denied.test(failure) ? [failure] : []),
      ],
      ...lostLoad(launch, denied),
      fixes: [script === undefined ? endTracer(name, held.own?.pid) : withoutScript(script, rules.exe)],
    };
  },
});

function heldTarget(tracer: Tracer, launch: Launch): Found | undefined {
  const { timeline } = launch;
  const target = String(launch.config["processId"]);
  const failure = timeline.failure?.text ?? "";
  const refused = denied.test(failure);
  if (!refused && timeline.totalMs > 0) return undefined;
  return {
    certainty: refused ? "proven" : "likely",
    because: say`${tracer.name} (pid ${tracer.pid}) already traces process ${target}.`,
    evidence: [
      say`/proc/${target}/status: TracerPid ${tracer.thread}, a thread of ${tracer.name} (pid ${tracer.pid})`,
      ...(refused ? [failure] : []),
    ],
    ...lostLoad(launch, denied),
    fixes: [endTracer(tracer.name, tracer.pid)],
  };
}

function endTracer(name: string, pid: number | undefined): Fix {
  const who = pid === undefined ? name : `${name} (pid ${pid})`;
  const text = name.startsWith("dlv")
    ? say`A process can have one tracer only. End ${who}, or let it detach. Disconnect its debug session, or quit it; killed with SIGKILL it takes a program with breakpoints along.`
    : say`A process can have one tracer only. End ${who}, or let it detach. strace lets go at Ctrl+C, gdb at detach.`;
  return {
    id: `${id}/end-tracer`,
    title: say`End ${who}, or let it detach`,
    preferred: true,
    needsRoot: false,
    scope: "machine",
    action: { kind: "advice", text },
  };
}

function withoutScript(script: string, exe: string): Fix {
  return {
    id: `${id}/without-wrapper`,
    title: say`Run ${exe} itself, without ${script}`,
    preferred: true,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits: [{ at: ["dlvToolPath"], value: exe }] },
  };
}
