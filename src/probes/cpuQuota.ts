import { probe } from "../core/probe.ts";
import { cgroupFunctions } from "./cgroup.ts";

/** What a control group's cpu.stat counts since the group was made: periods in which it ran, and those that it ran out in. */
export interface Throttling {
  readonly periods: number;
  readonly throttled: number;
  readonly throttledMs: number;
}

/** A CPU quota above dlv, seen twice, a second apart. */
export interface CpuGroup {
  readonly dir: string;
  /** How many CPUs the quota is worth: 0.2 is a fifth of one. */
  readonly quota: number;
  readonly before: Throttling;
  readonly after: Throttling;
}

/** The CPU that dlv's control groups may use. */
export interface CpuQuota {
  /** True when the groups are dlv's own; where it is gone they are those of the process that asks. */
  readonly ofDlv: boolean;
  readonly cpus: number;
  readonly groups: readonly CpuGroup[];
}

/** Reads the quotas above dlv and what they cost within one second. */
export const cpuQuota = probe({
  id: "cpu-quota",
  // Inside the group that has no CPU left, this is slow as well.
  limitMs: 20_000,
  args: ({ timeline }) => [String(timeline.dlv?.pid ?? "")],
  sh: `${cgroupFunctions}
p=\${1:-self}
[ -r "/proc/$p/cgroup" ] || p=self
[ "$p" = self ] || echo dlv
echo "cpus $(getconf _NPROCESSORS_ONLN 2>/dev/null || grep -c ^processor /proc/cpuinfo)"
group "$p" cpu || exit 0
look() {
  levels | while read -r at; do
    quota= period=
    if [ "$version" = 1 ]; then quota=$(cat "$at/cpu.cfs_quota_us") period=$(cat "$at/cpu.cfs_period_us")
    else read -r quota period <"$at/cpu.max"; fi 2>/dev/null
    case $quota in ''|max|-*) continue ;; esac
    echo "$1 $quota $period $(awk '/^nr_periods/ { p = $2 } /^nr_throttled/ { t = $2 } /^throttled_time/ { ms = $2 / 1000000 } /^throttled_usec/ { ms = $2 / 1000 } END { printf "%d %d %d", p, t, ms }' "$at/cpu.stat") $at"
  done
}
first=$(look before)
[ -n "$first" ] || exit 0
sleep 1
echo "$first"
look after
`,
  read({ stdout }): CpuQuota {
    const rows = Array.from(
      stdout.matchAll(/^(before|after) (\d+) (\d+) (\d+) (\d+) (\d+) (.+)$/gm),
      (row) => {
        const [quota = 0, period = 1, periods = 0, throttled = 0, throttledMs = 0] = row
          .slice(2, 7)
          .map(Number);
        return {
          when: row[1],
          dir: row[7] ?? "",
          quota: quota / period,
          seen: { periods, throttled, throttledMs },
        };
      },
    );
    return {
      ofDlv: /^dlv$/m.test(stdout),
      cpus: Number(/^cpus (\d+)$/m.exec(stdout)?.[1] ?? 1),
      groups: rows.flatMap(({ when, dir, quota, seen }) => {
        const after = rows.find((one) => one.when === "after" && one.dir === dir)?.seen;
        return when === "before" && after !== undefined ? [{ dir, quota, before: seen, after }] : [];
      }),
    };
  },
});
