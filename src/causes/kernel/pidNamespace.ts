import { cause, type Found } from "../../core/cause.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { attachTarget } from "../../probes/attachTarget.ts";
import { isForeign, type PidSpace, pidSpace, wasNeverHere } from "../../probes/pidSpace.ts";
import { attachPid, isUnderWay, lostLoad, traces } from "../failure.ts";
import { noAuxiliaryVector, noSuchProcess } from "../texts.ts";

const id = "pid-namespace";
const lost = new RegExp(`${noAuxiliaryVector.source}|${noSuchProcess.source}`);

/** A number names a process in one pid namespace, and /proc shows the processes of one. */
export const pidNamespace = cause({
  id,
  title: say`dlv is in another pid namespace than /proc, or than the process to attach to`,
  about: {
    what: "In a pid namespace (a container, `unshare --pid`, a sandbox) processes have numbers of their own. Where /proc is still the one of the namespace outside, dlv looks for its program under a number that means something else there, or nothing: `could not read auxiliary vector: open /proc/…/auxv`. Where /proc is right, a number taken outside (from the host, from another container) is unknown inside: `no such process`.",
    notThis:
      "A process that has ended is unknown as well: a number that this namespace has given before is an ended process. Refused reads of /proc/PID (`permission denied`) are about users.",
    sources: [
      "go-delve/delve#2174",
      "https://man7.org/linux/man-pages/man7/pid_namespaces.7.html",
      "https://man7.org/linux/man-pages/man5/proc_pid_status.5.html",
    ],
    seen: "real",
  },
  needs: { space: pidSpace, target: attachTarget },
  when: (launch) => traces(launch) && !isUnderWay(launch),
  find({ space, target }, launch) {
    if (space === undefined) return undefined;
    const refused = lost.test(launch.timeline.failure?.text ?? "");
    if (!refused && launch.timeline.totalMs > 0) return undefined;
    if (isForeign(space)) return foreign(space, launch, refused);
    const pid = attachPid(launch);
    if (pid === undefined || target !== undefined || space.first || !wasNeverHere(pid, space))
      return undefined;
    return {
      // A mistyped number was never given either.
      certainty: "likely",
      because: say`dlv is in a pid namespace of its own, which has never had a process ${pid}: the number is from another one.`,
      evidence: [
        say`/proc/self/ns/pid: ${space.name}, not the machine's first`,
        say`/proc/loadavg: ${space.last} is the pid given last here, and /proc/${pid} is not there`,
        ...said(launch, refused),
      ],
      ...lostLoad(launch, lost),
      fixes: [
        advice(
          "same-namespace",
          say`Run dlv where the process is, and take its number there`,
          say`Run dlv in the container or namespace of the process (docker exec or podman exec into it, kubectl debug --target=CONTAINER), or on the host for a process of the host; ps there shows the number it has there.`,
        ),
      ],
    };
  },
});

function foreign(space: PidSpace, launch: Launch, refused: boolean): Found {
  const { pids, shown: seen } = space;
  const shown = !seen
    ? say`/proc/self leads nowhere`
    : say`NSpid of /proc/self/status: ${pids.join(" ")}, so pid ${pids.at(-1) ?? 0} here is ${pids[0] ?? 0} there`;
  return {
    certainty: refused ? "proven" : "likely",
    because: say`/proc belongs to another pid namespace than dlv: dlv cannot find its program in it.`,
    evidence: [shown, ...said(launch, refused)],
    ...lostLoad(launch, lost),
    fixes: [
      advice(
        "own-proc",
        say`Give the namespace a /proc of its own`,
        say`Whoever makes the namespace mounts its /proc: unshare --pid --fork --mount-proc, bwrap --unshare-pid --proc /proc. In a container leave out what binds the host's /proc over its own (-v /proc:/proc).`,
      ),
    ],
  };
}

function said(launch: Launch, refused: boolean): string[] {
  return refused ? [launch.timeline.failure?.text ?? ""] : [];
}

function advice(name: string, title: string, text: string) {
  const common = { preferred: true, needsRoot: false, scope: "machine" } as const;
  return { id: `${id}/${name}`, title, ...common, action: { kind: "advice", text } as const };
}
