import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";
import { cgroupFunctions } from "./cgroup.ts";

/** A limit of tasks (processes and threads) that a control group has. Refusals are counted since the group was made. */
export interface TaskGroup {
  readonly dir: string;
  readonly limit: number;
  readonly now: number;
  /** Undefined on kernels older than 4.8, which do not count. */
  readonly refused?: number;
  /** The group without a limit that these were counted in: before Linux 6.11 it is that of the process which was refused. */
  readonly countedIn?: string;
}

/** How many tasks dlv's user and control groups may have, and have. */
export interface TaskLimits {
  /** True when these are dlv's own; where it is gone they are those of the process that asks. */
  readonly ofDlv: boolean;
  readonly uid: number;
  /** RLIMIT_NPROC; absent where there is none, or where root or a capability exempts (getrlimit(2)). */
  readonly userLimit?: number;
  /** All threads of that user, in every container of it that this /proc shows. */
  readonly userTasks: number;
  readonly cpus: number;
  readonly groups: readonly TaskGroup[];
  /** Share (0 to 1) of the machine's own limits (threads-max, pid_max) that is used. */
  readonly machineShare: number;
}

/** Reads the limits of tasks above dlv: its rlimit, the counters of the pids controller, and the machine's own. */
export const taskLimits = probe({
  id: "task-limits",
  args: ({ timeline }) => [String(timeline.dlv?.pid ?? "")],
  sh: `${cgroupFunctions}
p=\${1:-self}
rules() {
  grep '^Max processes' "/proc/$1/limits" && grep -E '^(Uid|CapEff):' "/proc/$1/status" && sed 's/^/map /' "/proc/$1/uid_map"
}
own=$(rules "$p" 2>/dev/null) && [ "$p" != self ] && echo dlv || { p=self; own=$(rules self); }
echo "$own"
u=$(echo "$own" | awk '/^Uid:/ { print $2 }')
cat /proc/[0-9]*/status 2>/dev/null | awk -v u="$u" '/^Uid:/ { mine = $2 == u } /^Threads:/ { all += $2; if (mine) n += $2 } END { print "tasks", n + 0, all + 0 }'
echo "most $(cat /proc/sys/kernel/threads-max) $(cat /proc/sys/kernel/pid_max)"
echo "cpus $(getconf _NPROCESSORS_ONLN 2>/dev/null || grep -c ^processor /proc/cpuinfo)"
if group "$p" pids; then
  levels | while read -r at; do
    limit=$(cat "$at/pids.max" 2>/dev/null) || continue
    echo "group $limit $(cat "$at/pids.current") $(sed -n 's/^max //p' "$at/pids.events" 2>/dev/null || echo -) $at"
  done
fi
exit 0
`,
  read({ stdout }): TaskLimits {
    const [, tasks, all] = (/^tasks (\d+) (\d+)$/m.exec(stdout) ?? []).map(Number);
    if (tasks === undefined || all === undefined) throw new Error(say`there is no /proc to count tasks in`);
    const most = (/^most (\d+) (\d+)$/m.exec(stdout) ?? []).slice(1).map(Number);
    const limit = /^Max processes +(\d+)/m.exec(stdout)?.[1];
    return {
      ofDlv: /^dlv$/m.test(stdout),
      uid: Number(/^Uid:\s*(\d+)/m.exec(stdout)?.[1]),
      ...(limit !== undefined && !isExempt(stdout) && { userLimit: Number(limit) }),
      userTasks: tasks,
      cpus: Number(/^cpus (\d+)$/m.exec(stdout)?.[1] ?? 1),
      groups: readGroups(stdout),
      machineShare: Math.max(0, ...most.filter((one) => one > 0).map((one) => all / one)),
    };
  },
});

/** The groups with a limit, from dlv's own upwards. What was counted in one without belongs to the next limit above it. */
function readGroups(stdout: string): TaskGroup[] {
  const groups: TaskGroup[] = [];
  let below: { readonly refused: number; readonly countedIn: string } | undefined;
  for (const [, limit, now, count = "", dir = ""] of stdout.matchAll(
    /^group (\d+|max) (\d+) (\S*) ?(\/.*)$/gm,
  )) {
    const refused = /^\d+$/.test(count) ? Number(count) : undefined;
    if (limit === "max") {
      if (refused !== undefined && refused > 0) below ??= { refused, countedIn: dir };
      continue;
    }
    const counted = refused !== undefined && refused > 0 ? { refused } : below;
    groups.push({
      dir,
      limit: Number(limit),
      now: Number(now),
      ...(refused !== undefined && { refused }),
      ...counted,
    });
    below = undefined;
  }
  return groups;
}

/** CAP_SYS_ADMIN and CAP_SYS_RESOURCE. */
const exempting = (1n << 21n) | (1n << 24n);

/** Root and two capabilities are not limited, as long as they are the machine's own and not a user namespace's. */
function isExempt(stdout: string): boolean {
  const whole = /^map +0 +0 +4294967295$/m.test(stdout);
  const root = /^Uid:\s*0\s/m.test(stdout);
  const capabilities = BigInt(`0x${/^CapEff:\s*([\da-f]+)/m.exec(stdout)?.[1] ?? "0"}`);
  return whole && (root || (capabilities & exempting) !== 0n);
}
