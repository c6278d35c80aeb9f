import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { type CpuGroup, type CpuQuota, cpuQuota, type Throttling } from "../../probes/cpuQuota.ts";
import { slowPhase } from "./slow.ts";

const id = "cpu-throttled";

/** A group that runs out in fewer of its periods than this is not slowed down much. */
const often = 0.5;

/** Periods (of 100 ms, by default) that must have been seen: fewer tell nothing. */
const enough = 5;

/** A CPU quota stops every process of a container for the rest of each period once it is used up. */
export const cpuThrottled = cause({
  id,
  title: say`A CPU limit stops the launch most of the time`,
  about: {
    what: "A container's CPU limit is a quota of CPU time for each period of 100 ms. Once a build has used it up, the kernel stops all its processes until the next period begins. Nothing hangs and nothing fails: what takes 3 s with whole CPUs takes 30 s with a fifth of one. The kernel counts the periods in which a group ran out.",
    notThis:
      "A limit that is there is not the reason as long as it is not reached, so the counters are read twice while the launch goes on. After the launch only the group's sums since it was made are left, which other work may have caused. A machine that is busy with other work throttles nothing.",
    sources: [
      "go-delve/delve#1741",
      "https://docs.kernel.org/scheduler/sched-bwc.html",
      "https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu-interface-files",
    ],
    seen: "real",
  },
  needs: { quota: cpuQuota },
  when: ({ timeline }) => slowPhase(timeline) !== undefined,
  find({ quota }, { timeline }) {
    const slow = slowPhase(timeline);
    if (slow === undefined) return undefined;
    const group = quota.groups.filter((one) => isThrottled(one, slow)).sort((a, b) => a.quota - b.quota)[0];
    if (group === undefined || group.quota >= quota.cpus) return undefined;
    const share = slow.now ? shareOf(within(group)) : shareOf(group.after);
    const percent = Math.round(share * 100);
    return {
      certainty: slow.now && quota.ofDlv ? "proven" : "likely",
      because: slow.now
        ? say`The CPU limit of ${inCpus(group.quota)} stops dlv and all it runs in ${percent} % of the kernel's periods.`
        : say`The CPU limit of ${inCpus(group.quota)} stopped dlv and all it runs in ${percent} % of the kernel's periods.`,
      evidence: evidence(group, quota, slow.now),
      explains: { phase: slow.phase, ms: Math.round(slow.ms * share * (1 - group.quota / quota.cpus)) },
      fixes: [
        {
          id: `${id}/raise-quota`,
          title: say`Raise the CPU limit`,
          preferred: true,
          needsRoot: true,
          scope: "machine",
          action: {
            kind: "advice",
            text: say`Raise the CPU limit of ${group.dir} from ${inCpus(group.quota)}; this machine has ${quota.cpus}. It is --cpus of docker or podman run, cpus in a compose file, resources.limits.cpu of a pod, CPUQuota of a systemd unit.`,
          },
        },
      ],
    };
  },
});

/** While the launch goes on, what one second showed; afterwards the sums, which must account for the slow phase. */
function isThrottled(group: CpuGroup, { now, ms }: { readonly now: boolean; readonly ms: number }): boolean {
  const seen = now ? within(group) : group.after;
  return seen.periods >= enough && shareOf(seen) >= often && (now || seen.throttledMs >= ms / 2);
}

function within({ before, after }: CpuGroup): Throttling {
  return {
    periods: after.periods - before.periods,
    throttled: after.throttled - before.throttled,
    throttledMs: after.throttledMs - before.throttledMs,
  };
}

function shareOf({ periods, throttled }: Throttling): number {
  return periods === 0 ? 0 : throttled / periods;
}

function evidence(group: CpuGroup, { ofDlv, cpus }: CpuQuota, now: boolean): string[] {
  const second = within(group);
  const { after } = group;
  return [
    say`${group.dir}: quota ${inCpus(group.quota)} of ${cpus}`,
    ...(now
      ? [say`cpu.stat within a second: throttled in ${second.throttled} of ${second.periods} periods`]
      : []),
    say`cpu.stat since the group was made: nr_throttled ${after.throttled} of nr_periods ${after.periods}, stopped for ${(after.throttledMs / 1000).toFixed(1)} s`,
    ...(ofDlv ? [] : [say`dlv is gone: this is the group of the diagnosis`]),
  ];
}

function inCpus(quota: number): string {
  return quota === 1 ? say`1 CPU` : say`${Number(quota.toFixed(2))} CPUs`;
}
