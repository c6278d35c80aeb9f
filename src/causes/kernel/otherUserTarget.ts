import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { attachTarget } from "../../probes/attachTarget.ts";
import { dlvTrace } from "../../probes/dlvTrace.ts";
import { targetAccess } from "../../probes/targetAccess.ts";
import { attachPid, isUnderWay, lostLoad, traces } from "../failure.ts";
import { notOwner, ptraceDenied, yamaHint } from "../texts.ts";

const id = "other-user-target";
const denied = new RegExp(`${notOwner.source}|${ptraceDenied.source}|${yamaHint.source}`);

/** A process is its user's to trace, and root's. */
export const otherUserTarget = cause({
  id,
  title: say`The process to attach to belongs to another user`,
  about: {
    what: "A service that systemd, sudo or a container's entry point started as its own user cannot be attached to by anyone but that user and who has CAP_SYS_PTRACE. ptrace(2) answers EPERM, and Delve says `current user does not own the process`, or hints at ptrace_scope where Yama is on.",
    notThis:
      "Delve says the same of one's own process where that is not dumpable (file capabilities, setuid): the Uid line of /proc/PID/status decides, not the owner of /proc/PID. A dlv with CAP_SYS_PTRACE attaches all the same. In another user namespace the same numbers mean other users.",
    sources: [
      "golang/vscode-go#558",
      "https://man7.org/linux/man-pages/man2/ptrace.2.html",
      "https://github.com/go-delve/delve/blob/v1.27.1/service/debugger/debugger_linux.go",
    ],
    seen: "real",
  },
  needs: { target: attachTarget, access: targetAccess, trace: dlvTrace },
  when: (launch) =>
    attachPid(launch) !== undefined &&
    launch.config["asRoot"] !== true &&
    traces(launch) &&
    !isUnderWay(launch),
  find({ target, access, trace }, launch) {
    const failure = launch.timeline.failure?.text ?? "";
    const refused = denied.test(failure);
    if (target === undefined || access === undefined || (!refused && launch.timeline.totalMs > 0))
      return undefined;
    if (access.uids[0] === access.ownUid || !access.sameMap || target.state === "Z" || target.tracer !== 0)
      return undefined;
    if (trace.rules?.sysPtrace !== false || trace.outcome !== "allowed") return undefined;
    const { pid, name } = target;
    const [uid = 0] = access.uids;
    return {
      certainty: refused ? "proven" : "likely",
      because: say`${name} (pid ${pid}) runs as uid ${uid}, and dlv as uid ${access.ownUid} without CAP_SYS_PTRACE.`,
      evidence: [
        say`/proc/${pid}/status: Uid ${access.uids.join(" ")}; dlv's: ${access.ownUid}`,
        say`dlv (${trace.rules.exe}): no CAP_SYS_PTRACE in its CapEff`,
        ...(refused ? [failure] : []),
      ],
      ...lostLoad(launch, denied),
      fixes: [
        {
          id: `${id}/same-user`,
          title: say`Run dlv as uid ${uid} or as root, or the program as uid ${access.ownUid}`,
          preferred: true,
          needsRoot: false,
          scope: "machine",
          action: {
            kind: "advice",
            text: say`Start the program as the user who debugs (uid ${access.ownUid}) and attach to that one; or let dlv run as root: "asRoot": true and "console": "integratedTerminal" in the configuration, where sudo may make this user root. In a container run the editor's server as the program's user (remoteUser in devcontainer.json).`,
          },
        },
      ],
    };
  },
});
