import { cause, type Found } from "../../core/cause.ts";
import { debuggeeOf, isDebugged } from "../../core/debuggee.ts";
import type { Fix } from "../../core/fix.ts";
import { say } from "../../core/say.ts";
import { spent, type Timeline } from "../../core/timeline.ts";
import { type OomKill, type OomKills, oomKills } from "../../probes/oomKills.ts";
import { type ProgramEnd, programEnd } from "../../probes/programEnd.ts";
import { named } from "./asleep.ts";

/** Signals that another program sends. A crash brings others, and a person at a terminal SIGINT and SIGHUP. */
const sent: Readonly<Record<number, string>> = { 9: "SIGKILL", 15: "SIGTERM" };

/** A session lives from two processes, and either can be taken away from it. */
export const debuggeeKilled = cause({
  id: "debuggee-killed",
  title: say`Something else killed the program, or dlv, in the middle of the session`,
  about: {
    what: "A program that stands at a breakpoint and is killed (`kill -9`, `pkill`, a container's or a job runner's limit) ends without a word: dlv waits for it only while it lets it run, so no event comes, the editor still shows the stop, and a step or Continue is accepted and nothing comes of it. It is a zombie then, whose wait status tells the signal. A running program that is killed ends the session as if it had come to its end; Delve tells the signal as a negative exit code. Where dlv itself is killed, the connection breaks, and a program with breakpoints in it dies of SIGTRAP.",
    notThis:
      "The kernel sends SIGKILL as well where memory runs out: its log tells, and where that may not be read, the counters of dlv's control group do. A program that crashes ends by SIGSEGV or SIGABRT, or with exit code 2 and a goroutine dump. Stop in the editor ends both, after dlv was asked to.",
    sources: [
      "https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html",
      "https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go",
    ],
    seen: "real",
  },
  needs: { end: programEnd, kills: oomKills },
  when: ({ request, timeline }) =>
    request === "launch" && (byHand(timeline) !== undefined || dlvKilled(timeline) || underDlv(timeline)),
  find({ end, kills }, { timeline }) {
    // Whose memory ran out is another cause's question.
    if (forMemory(kills, timeline)) return undefined;
    const memory = kills.logRead
      ? [say`the kernel's log tells of no kill for memory since dlv was started`]
      : [];
    if (dlvKilled(timeline)) return ofDlv(timeline, memory);
    return byHand(timeline) === undefined ? ofStopped(end, timeline) : ofRunning(timeline, memory);
  },
});

/** The signal that ended the running program, where it is one that somebody sends. */
function byHand({ outcome, exitCode = 0 }: Timeline): string | undefined {
  return outcome === "exited" ? sent[-exitCode] : undefined;
}

/** dlv ends by itself when it is asked to; what we had to end ourselves is no accident. */
function dlvKilled({ outcome, dlv }: Timeline): boolean {
  const { signal, ours } = dlv?.exit ?? {};
  if (outcome !== "stopped" && outcome !== "exited") return false;
  return ours !== true && (signal === "SIGKILL" || signal === "SIGTERM");
}

/** A stop that comes late is not told any more: the program may stand at one where the timeline says that it runs. */
function underDlv(timeline: Timeline): boolean {
  return isDebugged(timeline) && debuggeeOf(timeline) !== undefined && timeline.dlv?.exit === undefined;
}

/** How long ago (ms, beyond the launch) a kill may be: a person reads before asking. */
const graceMs = 60_000;

/** True where the kernel may have sent the signal itself: by its log where that may be read, else by its counters. */
function forMemory({ log, logRead, samePids, groups, dlvMs }: OomKills, timeline: Timeline): boolean {
  if (!logRead) return groups.some(({ kills }) => kills > 0);
  const own = [debuggeeOf(timeline)?.pid, timeline.dlv?.pid];
  const ours = ({ pid, of, group }: OomKill) =>
    !samePids ||
    own.includes(pid) ||
    of === "machine" ||
    groups.some(({ dir }) => group !== undefined && dir.endsWith(group));
  return log.some((kill) => kill.agoMs <= (dlvMs ?? timeline.totalMs + graceMs) && ours(kill));
}

function ofDlv(timeline: Timeline, memory: readonly string[]): Found {
  const { dlv, outcome } = timeline;
  const pid = dlv?.pid ?? 0;
  const signal = dlv?.exit?.signal ?? "";
  return {
    certainty: "likely",
    because:
      outcome === "stopped"
        ? say`dlv (pid ${pid}) was killed after the program had stopped.`
        : say`dlv (pid ${pid}) was killed while the program ran.`,
    evidence: [say`dlv (pid ${pid}) ended by ${signal}, and we did not send it`, ...memory],
    ...(outcome === "exited" && { explains: { phase: "run", ms: spent(timeline, "run") } }),
    fixes: [again("dlv")],
  };
}

function ofRunning(timeline: Timeline, memory: readonly string[]): Found {
  const signal = byHand(timeline) ?? "";
  return {
    certainty: "likely",
    because: say`The program was killed by ${signal} while it ran.`,
    evidence: [say`Delve told exit code ${timeline.exitCode ?? 0}: ${signal} ended it`, ...memory],
    explains: { phase: "run", ms: spent(timeline, "run") },
    fixes: [again(say`the program`)],
  };
}

function ofStopped(end: ProgramEnd | undefined, timeline: Timeline): Found | undefined {
  const own = debuggeeOf(timeline);
  if (end === undefined || own === undefined || end.state !== "dead" || end.signal === undefined)
    return undefined;
  const signal = sent[end.signal];
  if (signal === undefined) return undefined;
  return {
    certainty: "proven",
    because:
      timeline.outcome === "stopped"
        ? say`${named(own)} was killed by ${signal} while it stood at a stop, and dlv has not noticed.`
        : say`${named(own)} was killed by ${signal}, and dlv has not noticed.`,
    evidence: [
      say`/proc/${end.pid}/stat: state Z, wait status ${end.signal} (${signal})`,
      say`dlv (pid ${timeline.dlv?.pid ?? 0}) has told no exit: for the editor the session goes on`,
    ],
    fixes: [again(say`the program`)],
  };
}

function again(what: string): Fix {
  return {
    id: "debuggee-killed/launch-again",
    title: say`Find what killed ${what}, and launch again`,
    preferred: true,
    needsRoot: false,
    scope: "machine",
    action: {
      kind: "advice",
      text: say`This session cannot go on: stop it and launch again. The shell history, a job runner's log, the container's events and \`journalctl -k\` tell who sends signals; auditd can name the sender of the next one.`,
    },
  };
}
