import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { ptraceFixes } from "../../core/sysctl.ts";
import { dlvTrace } from "../../probes/dlvTrace.ts";
import { surroundings } from "../../probes/surroundings.ts";
import { yamaScope } from "../../probes/yamaScope.ts";
import { lostLoad, mayBeRefused } from "../failure.ts";
import { ptraceDenied, yamaHint } from "../texts.ts";

const denied = new RegExp(`${ptraceDenied.source}|${yamaHint.source}`);

/** Scope 2 keeps ptrace for CAP_SYS_PTRACE, launches included; scope 3 forbids it to everybody until the next boot. */
export const yamaScope23 = cause({
  id: "yama-scope-2-3",
  title: say`The kernel forbids tracing (Yama, ptrace_scope 2 or 3)`,
  about: {
    what: "With kernel.yama.ptrace_scope 2 only a process with CAP_SYS_PTRACE may trace, and a child may not even ask to be traced by its parent (PTRACE_TRACEME): so launches fail as well as attaches, with `operation not permitted`. With 3 nobody may trace, root included, and the kernel refuses to lower the value until the next boot.",
    notThis:
      "In a container the file shows the host's value and cannot be changed from inside. A dlv with CAP_SYS_PTRACE is exempt from 2. Delve's own hint (write 0 to the file) is wrong for 3. dlv is really made to trace a child before anything is said.",
    sources: [
      "google/gvisor#10495",
      "google/gvisor#11091",
      "https://docs.kernel.org/admin-guide/LSM/Yama.html",
    ],
    seen: "real",
  },
  needs: { scope: yamaScope, trace: dlvTrace, around: surroundings },
  when: mayBeRefused,
  find({ scope, trace, around }, launch) {
    if (scope === undefined || scope < 2 || trace.outcome !== "EPERM" || trace.rules === undefined)
      return undefined;
    if (trace.rules.tracer !== 0 || (scope === 2 && trace.rules.sysPtrace)) return undefined;
    return {
      certainty: "proven",
      because:
        scope === 2
          ? say`kernel.yama.ptrace_scope is 2, and this dlv has no CAP_SYS_PTRACE: it may trace nothing.`
          : say`kernel.yama.ptrace_scope is 3: nobody may trace anything until this machine boots again.`,
      evidence: [
        `/proc/sys/kernel/yama/ptrace_scope: ${scope}`,
        `${trace.rules.exe} exec true: ${trace.text}`,
        trace.rules.sysPtrace
          ? say`dlv: CAP_SYS_PTRACE is in its CapEff, TracerPid 0`
          : say`dlv: CAP_SYS_PTRACE is not in its CapEff, TracerPid 0`,
      ],
      ...lostLoad(launch, denied),
      fixes: ptraceFixes({
        cause: "yama-scope-2-3",
        scope,
        request: launch.request,
        dlv: trace.rules.exe,
        container: around.container !== undefined,
      }),
    };
  },
});
