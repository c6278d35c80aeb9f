import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { withBuildFlag } from "../../core/goBuild.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { isDebuggee } from "../../core/process.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { seconds } from "../../core/waiting.ts";
import { type MemoryGroup, type OomKill, type OomKills, oomKills } from "../../probes/oomKills.ts";
import { toolKilled } from "../texts.ts";

const id = "oom-kill";

/** A kill of a process of the right name may be this much older (ms) than the launch took: a person reads before asking. */
const graceMs = 60_000;

/** What a build runs: go does not always say which of them was killed. */
const tools = /^(?:go|compile|link|asm|cgo|vet|gcc|g\+\+|clang|cc|cc1|cc1plus|as|ld|collect2)$/;

/** How Delve tells of a program that SIGKILL ended. */
const killedCode = -9;

/** The kernel ends a process with SIGKILL where a memory limit, or the machine's memory, is used up. */
export const oomKill = cause({
  id,
  title: say`The kernel killed a process of the launch because memory ran out`,
  about: {
    what: "A debug build compiles several packages at once, and dlv holds the program's debug information in memory beside the program itself. Where a container's memory limit (or the machine's memory) is used up, the kernel kills one process with SIGKILL: go then says `compile: signal: killed`, dlv is gone in the middle of a launch, or the program ends by itself. More memory helps for certain; `-p=1` lets go run one compiler at a time.",
    notThis:
      "SIGKILL has other senders: a person's `kill -9`, RLIMIT_CPU at its hard end, on macOS a broken code signature. Only the kernel's log and the `oom_kill` counter of dlv's control group tell them apart, so both are read. The counter counts since the group was made, and is no proof without the log.",
    sources: [
      "golang/go#15537",
      "golang/go#21713",
      "golang/go#43726",
      "golang/go#69054",
      "golang/go#57239",
      "distribution/distribution#345",
      "gravitational/teleport#387",
      "cloudwego/kitex#736",
      "solo-io/unik#29",
      "microsoft/vscode-remote-release#4258",
    ],
    seen: "real",
  },
  needs: { kills: oomKills },
  when: (launch) => killedIn(launch) !== undefined,
  find({ kills }, launch) {
    const killed = killedIn(launch);
    if (killed === undefined) return undefined;
    const kill = kills.log.filter((one) => fits(one, kills, launch)).sort((a, b) => a.agoMs - b.agoMs)[0];
    const counted = kills.groups.filter((group) => group.kills > 0);
    const guessed = kill === undefined && !kills.logRead && killed.said && counted.length > 0;
    if (kill === undefined && !guessed) return undefined;
    const limit = tightest(kills, kill);
    return {
      certainty: kill === undefined ? guess(kills) : isOurs(kill, kills, launch) ? "proven" : "likely",
      because: because(kill === undefined ? killed.what : `${kill.name} (pid ${kill.pid})`, kill, limit),
      evidence: [
        ...(kill === undefined
          ? [say`the kernel's log may not be read here`]
          : [say`kernel log, ${seconds(kill.agoMs)} ago: ${kill.line}`]),
        ...counted.map((group) => counter(group, kills.dlvMs !== undefined)),
        ...(killed.text === undefined ? [] : [killed.text]),
        ...(kill === undefined && kills.cpuSeconds !== undefined
          ? [say`dlv's RLIMIT_CPU is ${kills.cpuSeconds} s: its end looks the same`]
          : []),
      ],
      ...(killed.phase !== undefined && {
        explains: { phase: killed.phase, ms: spent(launch.timeline, killed.phase) },
      }),
      fixes: fixes(launch, kill?.of === "machine", limit, kill?.name ?? killed.what),
    };
  },
});

/** What was killed, as far as the launch tells; `said`: Delve or go speak of a signal themselves. */
function killedIn(launch: Launch) {
  const { buildError, dlv, outcome, exitCode, last, phases } = launch.timeline;
  const line = buildError?.split("\n").find((one) => toolKilled.test(one));
  const tool = toolKilled.exec(line ?? "")?.[1] ?? "go";
  if (line !== undefined) return { what: tool, text: line, phase: "build", said: true } as const;
  if (dlv?.exit?.signal === "SIGKILL" || dlv?.exit?.code === 137)
    return { what: "dlv", text: say`dlv was killed by SIGKILL`, phase: phases.at(-1)?.name, said: true };
  if (outcome !== "exited" || (exitCode !== undefined && exitCode !== killedCode)) return undefined;
  // Who sent the signal is not told: only the log can say that it was the kernel.
  const program = last?.processes.find(isDebuggee) ?? last?.processes.find(({ name }) => name !== "dlv");
  const what = program?.name ?? (exitCode === killedCode ? say`the program` : undefined);
  return what === undefined ? undefined : { what, said: false };
}

/** A kill of this launch's own process, or of one of the right kind since dlv runs. */
function fits(kill: OomKill, { samePids, dlvMs, groups }: OomKills, launch: Launch): boolean {
  const { timeline } = launch;
  if (isKnown(kill, launch)) return true;
  const elsewhere = dlvMs !== undefined && !groups.some(({ dir }) => isIn(dir, kill));
  if (samePids && kill.group !== undefined && elsewhere) return false;
  if (kill.agoMs > (dlvMs ?? timeline.totalMs + graceMs)) return false;
  const killed = killedIn(launch);
  if (killed?.what === "dlv") return samePids ? kill.pid === timeline.dlv?.pid : kill.name === "dlv";
  if (killed?.said === true) return tools.test(kill.name);
  // The program may be gone from the last sample: then it is the one that was killed in dlv's own group.
  const inside = dlvMs !== undefined && kill.group !== undefined && !elsewhere;
  return timeline.exitCode === killedCode && inside && !tools.test(kill.name);
}

function isKnown({ pid, name }: OomKill, { timeline }: Launch): boolean {
  return (timeline.last?.processes ?? []).some((one) => one.pid === pid && one.name === name);
}

/** The log names our process, dlv itself, or a group that dlv is in. A container's groups have other paths in the log. */
function isOurs(kill: OomKill, { samePids, dlvMs, groups }: OomKills, launch: Launch): boolean {
  const { group = "/", pid } = kill;
  if (isKnown(kill, launch) || (samePids && pid === launch.timeline.dlv?.pid)) return true;
  const counted = groups.filter(({ kills }) => kills > 0);
  return dlvMs !== undefined && counted.some(({ dir }) => !samePids || dir.endsWith(group));
}

function guess({ dlvMs, cpuSeconds }: OomKills) {
  return dlvMs !== undefined && cpuSeconds === undefined ? "likely" : "possible";
}

/** The smallest limit above dlv, where one was reached; unknown where dlv is gone and the log names another group. */
function tightest({ groups, dlvMs }: OomKills, kill: OomKill | undefined): MemoryGroup | undefined {
  if (kill?.of === "machine") return undefined;
  return groups
    .filter(({ limitBytes, dir }) => limitBytes !== undefined && (dlvMs !== undefined || isIn(dir, kill)))
    .sort((a, b) => (a.limitBytes ?? 0) - (b.limitBytes ?? 0))[0];
}

function isIn(dir: string, kill: OomKill | undefined): boolean {
  return kill === undefined || (kill.group !== undefined && dir.endsWith(kill.group));
}

function because(who: string, kill: OomKill | undefined, limit: MemoryGroup | undefined): string {
  if (limit?.limitBytes !== undefined)
    return say`The kernel killed ${who}: the memory limit of ${mebibytes(limit.limitBytes)} was reached.`;
  if (kill?.of === "machine") return say`The kernel killed ${who}: the machine's memory was used up.`;
  return kill?.group === undefined
    ? say`The kernel killed ${who}: the memory limit of its control group was reached.`
    : say`The kernel killed ${who}: the memory limit of its control group ${kill.group} was reached.`;
}

function counter({ dir, kills, limitBytes, peakBytes }: MemoryGroup, ofDlv: boolean): string {
  const facts = [
    `oom_kill ${kills}`,
    ...(limitBytes === undefined ? [] : [say`limit ${mebibytes(limitBytes)}`]),
    ...(peakBytes === undefined ? [] : [say`most used ${mebibytes(peakBytes)}`]),
  ].join(", ");
  return ofDlv ? `${dir}: ${facts}` : say`${dir}: ${facts} (the group of this diagnosis: dlv is gone)`;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function fixes(launch: Launch, ofMachine: boolean, limit: MemoryGroup | undefined, victim: string): Fix[] {
  const group = limit === undefined ? say`dlv's control group` : limit.dir;
  const raise: Fix = {
    id: `${id}/more-memory`,
    title: ofMachine ? say`Give the machine more memory` : say`Raise the memory limit`,
    preferred: true,
    needsRoot: !ofMachine,
    scope: "machine",
    action: {
      kind: "advice",
      text: ofMachine
        ? say`Close what else needs memory on this machine, or give it more memory or swap.`
        : say`Raise the memory limit of ${group}: --memory of docker or podman run, mem_limit in a compose file, resources.limits.memory of a pod, MemoryMax of a systemd unit.`,
    },
  };
  if (!builds(launch) || !tools.test(victim) || victim === "link") return [raise];
  const edits = [{ at: ["buildFlags"], value: withBuildFlag(launch, "-p=1") }];
  return [
    raise,
    {
      id: `${id}/one-compiler`,
      title: say`Let go run one compiler at a time: slower, and less memory at once`,
      preferred: false,
      needsRoot: false,
      scope: "launch",
      action: { kind: "launch.json", edits },
    },
  ];
}
