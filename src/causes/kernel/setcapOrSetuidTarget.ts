import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { type AttachTarget, attachTarget } from "../../probes/attachTarget.ts";
import { dlvTrace } from "../../probes/dlvTrace.ts";
import { type TargetAccess, targetAccess } from "../../probes/targetAccess.ts";
import { yamaScope } from "../../probes/yamaScope.ts";
import { attachPid, isUnderWay, lostLoad, traces } from "../failure.ts";
import { notOwner, ptraceDenied, yamaHint } from "../texts.ts";

const id = "setcap-or-setuid-target";
const denied = new RegExp(`${ptraceDenied.source}|${yamaHint.source}|${notOwner.source}`);

/** ptrace(2) asks for CAP_SYS_PTRACE where the process may do more than we, or may not be dumped. */
export const setcapOrSetuidTarget = cause({
  id,
  title: say`The process to attach to has more rights than dlv`,
  about: {
    what: "A user's dlv may attach to the user's own processes, but for those that can do more than dlv: a program with file capabilities (setcap), a setuid or setgid one, one that was started by something with more capabilities, or one that called prctl(PR_SET_DUMPABLE, 0) to keep its memory to itself. The kernel answers EPERM unless dlv has CAP_SYS_PTRACE. Delve then says `operation not permitted`, or wrongly that the user does not own the process, because /proc/PID of such a process belongs to root.",
    notThis:
      "Another user's process, a traced one, a zombie, one in another user namespace: each is looked at first. Yama's ptrace_scope forbids the attach as well and says nothing of rights. A launch of the same program works: under ptrace execve(2) gives it neither file capabilities nor another user.",
    sources: [
      "https://man7.org/linux/man-pages/man2/ptrace.2.html",
      "https://man7.org/linux/man-pages/man2/PR_SET_DUMPABLE.2const.html",
      "https://man7.org/linux/man-pages/man7/capabilities.7.html",
    ],
    seen: "real",
  },
  needs: { target: attachTarget, access: targetAccess, trace: dlvTrace, scope: yamaScope },
  when: (launch) => attachPid(launch) !== undefined && traces(launch) && !isUnderWay(launch),
  find({ target, access, trace, scope }, launch) {
    const failure = launch.timeline.failure?.text ?? "";
    const refused = denied.test(failure);
    if (target === undefined || access === undefined || (!refused && launch.timeline.totalMs > 0))
      return undefined;
    if (trace.outcome !== "allowed" || trace.rules?.sysPtrace !== false) return undefined;
    if (target.tracer !== 0 || target.state === "Z" || !target.sameUserNamespace || !access.sameMap)
      return undefined;
    if (access.uids[0] !== access.ownUid) return undefined;
    const why = reason(access, target);
    if (why === undefined) return undefined;
    // Of root's own process /proc/PID is root's anyway: then a security module may be what hides its exe.
    const told = access.more.length > 0 || !target.ours || access.owner !== access.uids[1];
    const { pid } = target;
    return {
      certainty: refused && told && (scope ?? 0) === 0 ? "proven" : "likely",
      because: why,
      evidence: [
        say`/proc/${pid}/status: Uid ${access.uids.join(" ")}, Gid ${access.gids.join(" ")}; ours: ${access.ownUid}`,
        say`CapPrm of pid ${pid} beyond ours: ${access.more.join(", ") || say`none`}`,
        say`/proc/${pid} belongs to uid ${access.owner}; readlink /proc/${pid}/exe: ${access.exe || say`refused`}`,
        ...(access.fileCapabilities === "" ? [] : [`getcap ${access.exe}: ${access.fileCapabilities}`]),
        say`dlv (${trace.rules.exe}): no CAP_SYS_PTRACE in its CapEff, and it may trace what it starts`,
        ...(refused ? [failure] : []),
      ],
      ...lostLoad(launch, denied),
      fixes: [
        {
          id: `${id}/plain-copy`,
          title: say`Debug a copy of the program that has no more rights than dlv`,
          preferred: true,
          needsRoot: false,
          scope: "machine",
          action: {
            kind: "advice",
            text: say`cp makes a copy without file capabilities and without the setuid bit: start the copy as the user who debugs, and attach to it. Or launch the program under dlv, which starts it without them. Where it needs its rights, dlv needs CAP_SYS_PTRACE: run dlv as root, or setcap cap_sys_ptrace+ep ${trace.rules.exe} (whoever may run that dlv can then trace any process).`,
          },
        },
      ],
    };
  },
});

function reason(
  { more, exe, uids, gids }: TargetAccess,
  { name, pid, ours }: AttachTarget,
): string | undefined {
  const who = `${name} (pid ${pid})`;
  if (more.length > 0)
    return say`${who} has capabilities that dlv has not (${more.join(", ")}), and dlv has no CAP_SYS_PTRACE: it may not attach.`;
  if (!ours)
    return say`${who} runs with other ids than dlv (Uid ${uids.join(" ")}, Gid ${gids.join(" ")}), and dlv has no CAP_SYS_PTRACE: it may not attach.`;
  return exe === ""
    ? say`${who} may not be dumped, and dlv has no CAP_SYS_PTRACE: it may not attach.`
    : undefined;
}
