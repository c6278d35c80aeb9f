import { cause } from "../../core/cause.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type TaskGroup, type TaskLimits, taskLimits } from "../../probes/taskLimits.ts";
import { saidBy } from "../failure.ts";
import { noMoreTasks } from "../texts.ts";

const id = "pids-or-nproc-limit";

/** A share of the machine's own limits from which on these may have been the reason. */
const crowded = 0.8;

/** clone(2) answers EAGAIN where one process or thread more would pass a limit: of a control group, or of a user. */
export const pidsOrNprocLimit = cause({
  id,
  title: say`No more processes or threads may be started`,
  about: {
    what: "go starts a compiler for each package and every Go program has a handful of threads. A control group's `pids.max` (`--pids-limit` of a container) or a user's RLIMIT_NPROC (`ulimit -u`) caps how many there may be; the kernel then answers EAGAIN, and something ends with `fork/exec …: resource temporarily unavailable` or `failed to create new OS thread`. Raise the limit, or end what uses it up.",
    notThis:
      "`cannot allocate memory` is memory. RLIMIT_NPROC counts every thread of the user on the machine and not those of one container, and does not bind root. A program may print EAGAIN of a socket: only the words of fork, exec and thread creation count here.",
    sources: [
      "moby/moby#20096",
      "moby/moby#9868",
      "grafana/loki#227",
      "containers/toolbox#602",
      "lizrice/containers-from-scratch#6",
    ],
    seen: "real",
  },
  needs: { limits: taskLimits },
  when: (launch) => refusalIn(launch) !== undefined,
  find({ limits }, launch) {
    const refusal = refusalIn(launch);
    if (refusal === undefined) return undefined;
    const group = limits.groups.find(({ refused = 0 }) => refused > 0) ?? limits.groups.find(isNear);
    const user = userOf(limits);
    if (group === undefined && user === undefined) return undefined;
    const counted = (group?.refused ?? 0) > 0;
    const alone = counted ? user !== "near" : user === "near" && group === undefined;
    const sure = alone && limits.ofDlv && limits.machineShare < crowded;
    const { phases } = launch.timeline;
    const phase = launch.timeline.buildError === undefined ? phases.at(-1)?.name : "build";
    return {
      certainty: sure ? "proven" : counted || user === "near" ? "likely" : "possible",
      because:
        group === undefined
          ? say`User ${limits.uid} may have ${limits.userLimit ?? 0} processes and threads, and the kernel refused one more.`
          : say`The control group of dlv may have ${group.limit} processes and threads, and the kernel refused one more.`,
      evidence: [
        refusal,
        ...limits.groups.map(described),
        ...(limits.userLimit === undefined
          ? []
          : [
              say`RLIMIT_NPROC ${limits.userLimit}; user ${limits.uid} has ${limits.userTasks} threads now, after the failure`,
            ]),
        ...(limits.ofDlv ? [] : [say`dlv is gone: these are the limits of this diagnosis`]),
      ],
      ...(phase !== undefined && { explains: { phase, ms: spent(launch.timeline, phase) } }),
      fixes: [group === undefined ? raiseUser(limits) : raiseGroup(group)],
    };
  },
});

/** The line that tells of a refused process or thread. */
function refusalIn(launch: Launch): string | undefined {
  return saidBy(launch)
    .split("\n")
    .find((line) => noMoreTasks.test(line))
    ?.trim();
}

/** What a build needs beside what runs already: a few compilers with about ten threads each. */
function reach(cpus: number): number {
  return 64 + 16 * cpus;
}

function isNear({ limit, now, refused }: TaskGroup): boolean {
  return refused === undefined && limit - now < reach(1);
}

/** Whether the user's limit can be it: near where a build passes it, far where much else would have to have run. */
function userOf({ userLimit, userTasks, cpus }: TaskLimits): "near" | "far" | undefined {
  if (userLimit === undefined) return undefined;
  if (userLimit - userTasks <= reach(cpus)) return "near";
  return userTasks > userLimit / 2 ? "far" : undefined;
}

function described({ dir, limit, now, refused, countedIn }: TaskGroup): string {
  const state = say`${dir}: pids.max ${limit}, pids.current ${now} after the failure`;
  if (refused === undefined) return state;
  return countedIn === undefined
    ? say`${state}, pids.events max ${refused}`
    : say`${state}, pids.events in ${countedIn} max ${refused}`;
}

function raiseGroup({ dir, limit }: TaskGroup) {
  return {
    id: `${id}/raise-pids`,
    title: say`Raise the group's limit of processes and threads`,
    preferred: true,
    needsRoot: true,
    scope: "machine",
    action: {
      kind: "advice",
      text: say`Raise pids.max of ${dir} from ${limit} to some thousands: --pids-limit of docker or podman run, pids_limit in a compose file, podPidsLimit of the kubelet, TasksMax of a systemd unit. Or end what uses it up.`,
    },
  } as const;
}

function raiseUser({ userLimit, uid, userTasks }: TaskLimits) {
  return {
    id: `${id}/raise-nproc`,
    title: say`Raise the user's limit of processes and threads`,
    preferred: true,
    needsRoot: true,
    scope: "machine",
    action: {
      kind: "advice",
      text: say`Raise RLIMIT_NPROC of user ${uid} from ${userLimit ?? 0} to some thousands (it has ${userTasks} threads now): nproc in /etc/security/limits.conf, ulimits.nproc in a compose file, LimitNPROC of a systemd unit, \`ulimit -u\` where dlv is started. Then log in, or start the container, again.`,
    },
  } as const;
}
