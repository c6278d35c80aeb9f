import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { say } from "../../core/say.ts";
import { dlvTrace } from "../../probes/dlvTrace.ts";
import { type SeLinux, selinux } from "../../probes/selinux.ts";
import { surroundings } from "../../probes/surroundings.ts";
import { lostLoad, mayBeRefused } from "../failure.ts";
import { attachForbidden, execDenied } from "../texts.ts";

const id = "selinux-ptrace";
const denied = new RegExp(`${attachForbidden.source}|${execDenied.source}`);

/** A policy whose boolean deny_ptrace is on, or a domain without the permission ptrace: SELinux answers EACCES. */
export const selinuxPtrace = cause({
  id,
  title: say`SELinux forbids dlv to trace`,
  about: {
    what: "With the boolean deny_ptrace on, the policy of Fedora, RHEL and their kin lets no process trace another, whoever owns them. Some container domains (container_init_t) lack the permission as well. The kernel answers ptrace(2) with EACCES: a launch fails with `fork/exec …: permission denied`, an attach with `could not attach to pid …: permission denied`.",
    notThis:
      "AppArmor answers EACCES as well, and one kernel seldom has both. A lost execute bit and a noexec mount give a launch the same text, but not the trial with `true` that is made here. A policy may keep a refusal out of the log (dontaudit): `semodule -DB` lets it be logged. Permissive mode logs refusals and refuses nothing.",
    sources: [
      "containers/container-selinux#273",
      "containers/qm#719",
      "bcoles/kernel-exploits#12",
      "https://fedoraproject.org/wiki/Features/SELinuxDenyPtrace",
    ],
    seen: "recorded",
  },
  needs: { trace: dlvTrace, policy: selinux, around: surroundings },
  when: mayBeRefused,
  find({ trace, policy, around }, launch) {
    const failure = launch.timeline.failure?.text ?? "";
    const refused = trace.outcome === "EACCES" && trace.attach !== "allowed";
    if (policy === undefined || policy.enforcing === false) return undefined;
    if ((!refused && !attachForbidden.test(failure)) || trace.rules?.profile !== undefined) return undefined;
    const { context, denyPtrace, denial, enforcing } = policy;
    return {
      certainty: denyPtrace === true || denial !== undefined ? "likely" : "possible",
      because:
        denyPtrace === true
          ? say`SELinux's boolean deny_ptrace is on: no process may trace another.`
          : say`SELinux does not let ${context} trace.`,
      evidence: [
        modeWords(enforcing, denyPtrace),
        `/proc/self/attr/current: ${context}`,
        ...(refused ? [`${launch.dlv} exec true: ${trace.text}`] : []),
        denial ?? say`the kernel's log shows no refusal of a ptrace by dlv, or is not for this user to read`,
        ...(denied.test(failure) ? [failure] : []),
      ],
      ...lostLoad(launch, denied),
      fixes: [remedy(policy, around.container !== undefined)],
    };
  },
});

function modeWords(enforcing: boolean | undefined, deny: boolean | undefined): string {
  const known = deny === undefined ? undefined : deny ? "on" : "off";
  if (enforcing === true)
    return known === undefined
      ? say`SELinux: enforcing; deny_ptrace cannot be read`
      : `SELinux: enforcing; deny_ptrace ${known}`;
  return known === undefined
    ? say`SELinux: its mode cannot be seen from here; deny_ptrace cannot be read`
    : say`SELinux: its mode cannot be seen from here; deny_ptrace ${known}`;
}

function remedy({ denyPtrace, context }: SeLinux, container: boolean): Fix {
  if (denyPtrace === true && !container)
    return {
      id: `${id}/allow-ptrace`,
      title: say`Turn the boolean deny_ptrace off until the next reboot`,
      preferred: true,
      needsRoot: true,
      scope: "until-reboot",
      action: {
        kind: "command",
        argv: ["setsebool", "deny_ptrace", "off"],
        undo: ["setsebool", "deny_ptrace", "on"],
      },
    };
  const text = container
    ? say`Create the container anew without its label (docker or podman run --security-opt label=disable; in a pod securityContext: {seLinuxOptions: {type: spc_t}}), and see that deny_ptrace is off on the host: getsebool deny_ptrace.`
    : say`Run dlv in a domain that may trace: from a login shell instead of the service that runs it as ${context}; or let the administrator add the permission ptrace to that domain (ausearch -m avc -c dlv | audit2allow).`;
  return {
    id: `${id}/${container ? "label" : "domain"}`,
    title: container
      ? say`Create the container anew without its SELinux label`
      : say`Run dlv in a domain that may trace`,
    preferred: true,
    needsRoot: false,
    scope: "machine",
    action: { kind: "advice", text },
  };
}
