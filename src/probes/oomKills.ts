import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";
import { cgroupFunctions } from "./cgroup.ts";

/** A process that the kernel killed for memory, as its log tells. `agoMs`: how long ago. */
export interface OomKill {
  readonly agoMs: number;
  readonly pid: number;
  readonly name: string;
  /** Whose memory was used up: a control group's by its limit, or the machine's. */
  readonly of: "group" | "machine";
  /** The path of that group, where the log tells it: it leaves this out when many are killed. */
  readonly group?: string;
  readonly line: string;
}

/** A memory limit over dlv. Bytes; kills are counted since the group was made. */
export interface MemoryGroup {
  readonly dir: string;
  readonly limitBytes?: number;
  readonly peakBytes?: number;
  readonly kills: number;
}

/** What the kernel tells of processes killed for memory. */
export interface OomKills {
  readonly log: readonly OomKill[];
  /** False where nobody but root may read the kernel's log, and this is not root, or where its times tell nothing. */
  readonly logRead: boolean;
  /** The log's pids are those that are seen here: not so in a container, which has a pid namespace of its own. */
  readonly samePids: boolean;
  /** How long (ms) dlv has run; absent where it is gone, and the groups are those of the process that asks. */
  readonly dlvMs?: number;
  readonly groups: readonly MemoryGroup[];
  /** RLIMIT_CPU of dlv in seconds, where it has one: at its hard end the kernel sends SIGKILL as well. */
  readonly cpuSeconds?: number;
}

/** The inode of the machine's own pid namespace (include/linux/proc_ns.h, PROC_PID_INIT_INO). */
const firstPidNamespace = "pid:[4026531836]";

/** USER_HZ is 100 on every Linux architecture that Go and Delve support (time(7)). */
const tickMs = 10;

/**
 * Reads the kernel's log (dmesg, else the journal's copy) and the counters of the memory controller above dlv. The log's
 * clock stands still while the machine is suspended, as CLOCK_MONOTONIC does and /proc/uptime does not (dmesg(1)): on a
 * machine that was, without perl or python3 to ask that clock, it does not tell what is new.
 */
export const oomKills = probe({
  id: "oom-kills",
  args: ({ timeline }) => [String(timeline.dlv?.pid ?? "")],
  sh: `${cgroupFunctions}
p=\${1:-self}
[ -r "/proc/$p/cgroup" ] || p=self
read -r up rest </proc/uptime && echo "uptime $up"
{ perl -MTime::HiRes=clock_gettime,CLOCK_MONOTONIC -e 'print "clock ", clock_gettime(CLOCK_MONOTONIC), "\n"' ||
  python3 -c 'import time; print("clock", time.monotonic())' ||
  echo "suspended $(cat /sys/power/suspend_stats/success)"; } 2>/dev/null
[ "$p" = self ] || sed 's/^.*) /stat /' "/proc/$p/stat" 2>/dev/null
readlink /proc/self/ns/pid
grep '^Max cpu time' "/proc/$p/limits" 2>/dev/null
if group "$p" memory; then
  levels | while read -r at; do
    if [ "$version" = 1 ]; then limit=memory.limit_in_bytes peak=memory.max_usage_in_bytes events=memory.oom_control
    else limit=memory.max peak=memory.peak events=memory.events; fi
    kills=$(sed -n 's/^oom_kill //p' "$at/$events" 2>/dev/null)
    echo "group \${kills:-0} $(cat "$at/$limit" 2>/dev/null || echo -) $(cat "$at/$peak" 2>/dev/null || echo -) $at"
  done
fi
words='oom-kill:|[Kk]illed process'
if dmesg >/dev/null 2>&1; then echo read; dmesg | grep -E "$words" | tail -n 40 | sed 's/^/log /'
elif journalctl -k -n 1 2>/dev/null | grep -q kernel; then
  echo read; journalctl -k -b -q -o short-monotonic -n 2000 2>/dev/null | grep -E "$words" | tail -n 40 | sed 's/^/log /'
fi
exit 0
`,
  read({ stdout }): OomKills {
    const upMs = Number(/^uptime ([\d.]+)/m.exec(stdout)?.[1] ?? Number.NaN) * 1000;
    if (Number.isNaN(upMs)) throw new Error(say`there is no /proc/uptime here`);
    const clock = /^clock ([\d.]+)$/m.exec(stdout)?.[1];
    const timed = clock !== undefined || !/^suspended [1-9]/m.test(stdout);
    // Field 22 of proc_pid_stat(5), counted from the state: when it started, in ticks since the machine did.
    const started = /^stat (?:\S+ ){19}(\d+)/m.exec(stdout)?.[1];
    const cpu = /^Max cpu time +\S+ +(\d+)/m.exec(stdout)?.[1];
    return {
      log: readLog(
        timed ? Array.from(stdout.matchAll(/^log (.*)$/gm), ([, line = ""]) => line) : [],
        clock === undefined ? upMs : Number(clock) * 1000,
      ),
      logRead: timed && /^read$/m.test(stdout),
      samePids: stdout.includes(firstPidNamespace),
      ...(started !== undefined && { dlvMs: Math.max(0, upMs - Number(started) * tickMs) }),
      groups: Array.from(stdout.matchAll(/^group (\d+) (\S+) (\S+) (.+)$/gm), readGroup),
      ...(cpu !== undefined && { cpuSeconds: Number(cpu) }),
    };
  },
});

/** Version 1 has no word for "no limit": a number near the largest that fits stands for it. */
const noLimit = 2 ** 60;

function readGroup([, kills, limit, peak, dir = ""]: readonly string[]): MemoryGroup {
  const limitBytes = Number(limit);
  const peakBytes = Number(peak);
  return {
    dir,
    kills: Number(kills),
    ...(limitBytes < noLimit && { limitBytes }),
    ...(peakBytes >= 0 && { peakBytes }),
  };
}

/** "[  12.5] oom-kill:constraint=…" names group and victim, from Linux 5.0; "Killed process N (name)" the victim alone. */
function readLog(lines: readonly string[], nowMs: number): OomKill[] {
  const kills = new Map<number, OomKill>();
  for (const line of lines) {
    const seconds = /^\[\s*([\d.]+)\]/.exec(line)?.[1];
    const agoMs = Math.max(0, nowMs - Number(seconds ?? Number.NaN) * 1000);
    const [, task, id] = /oom-kill:.*,task=(.*),pid=(\d+),uid=/.exec(line) ?? [];
    const [, killed, name] = /[Kk]illed process (\d+),? \(([^)]*)\)/.exec(line) ?? [];
    const pid = Number(id ?? killed);
    if (Number.isNaN(pid) || Number.isNaN(agoMs)) continue;
    const before = kills.get(pid);
    const group = /,oom_memcg=([^,]+),/.exec(line)?.[1] ?? before?.group;
    const limited = /CONSTRAINT_MEMCG|Memory cgroup out of memory/.test(line) || before?.of === "group";
    kills.set(pid, {
      agoMs,
      pid,
      name: task ?? name ?? "",
      of: limited ? "group" : "machine",
      ...(group !== undefined && { group }),
      line: line.replace(/^\[[^\]]*\]\s*(?:\S+ kernel: )?/, ""),
    });
  }
  return [...kills.values()];
}
