import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { ptraceFixes } from "../../core/sysctl.ts";
import { type AttachTarget, attachTarget } from "../../probes/attachTarget.ts";
import { type DlvTrace, dlvTrace } from "../../probes/dlvTrace.ts";
import { surroundings } from "../../probes/surroundings.ts";
import { yamaScope } from "../../probes/yamaScope.ts";
import { attachPid, isUnderWay, lostLoad, traces } from "../failure.ts";
import { ptraceDenied, yamaHint } from "../texts.ts";

const denied = new RegExp(`${ptraceDenied.source}|${yamaHint.source}`);

/** With scope 1 only an ancestor may trace a process, and a dlv that was just started is nobody's ancestor. */
export const yamaScope1Attach = cause({
  id: "yama-scope1-attach",
  title: say`The kernel lets no process attach to one that it did not start (Yama, ptrace_scope 1)`,
  about: {
    what: "With kernel.yama.ptrace_scope 1 a process may attach only to its own descendants. dlv is started for the session, so the process one attaches to is never among them, and ptrace(2) answers EPERM. Whoever has CAP_SYS_PTRACE is exempt, and so is a program that allows it itself with prctl(PR_SET_PTRACER).",
    notThis:
      "Scope 1 never stops a launch. Delve shows its hint about ptrace_scope for every EPERM while the file does not read 0, also when the process belongs to another user, is traced already, has more capabilities or lives in another user namespace: all of these are looked at first.",
    sources: [
      "microsoft/vscode-go#3098",
      "microsoft/vscode#92486",
      "go-delve/delve#155",
      "microsoft/debugpy#80",
      "https://docs.kernel.org/admin-guide/LSM/Yama.html",
    ],
    seen: "real",
  },
  needs: { scope: yamaScope, target: attachTarget, trace: dlvTrace, around: surroundings },
  when: (launch) => attachPid(launch) !== undefined && traces(launch) && !isUnderWay(launch),
  find({ scope, target, trace, around }, launch) {
    if (scope !== 1 || target === undefined || trace.rules === undefined) return undefined;
    if (trace.rules.sysPtrace || otherReason(target, trace)) return undefined;
    const refused = denied.test(launch.timeline.failure?.text ?? "");
    return {
      certainty: refused ? "proven" : "likely",
      because: say`kernel.yama.ptrace_scope is 1: dlv may not attach to ${target.name} (pid ${target.pid}), which it did not start.`,
      evidence: [
        "/proc/sys/kernel/yama/ptrace_scope: 1",
        say`dlv (${trace.rules.exe}): no CAP_SYS_PTRACE in its CapEff`,
        say`/proc/${target.pid}/status: our uid and gid, TracerPid 0, state ${target.state}, no more capabilities than ours`,
        ...(refused ? [launch.timeline.failure?.text ?? ""] : []),
      ],
      ...lostLoad(launch, denied),
      fixes: ptraceFixes({
        cause: "yama-scope1-attach",
        scope,
        request: "attach",
        dlv: trace.rules.exe,
        container: around.container !== undefined,
      }),
    };
  },
});

/** What refuses an attach with EPERM whatever Yama says (ptrace(2), "Ptrace access mode checking"). */
function otherReason(target: AttachTarget, trace: DlvTrace): boolean {
  const { ours, tracer, state, morePrivileged, sameUserNamespace } = target;
  return (
    !ours ||
    tracer !== 0 ||
    state === "Z" ||
    morePrivileged ||
    !sameUserNamespace ||
    trace.outcome !== "allowed"
  );
}
