import { cause, type Found } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { dlvTrace } from "../../probes/dlvTrace.ts";
import { type Privileges, privileges } from "../../probes/privileges.ts";
import { surroundings } from "../../probes/surroundings.ts";
import { attachPid, isUnderWay, lostLoad, traces } from "../failure.ts";
import { ptraceDenied, yamaHint } from "../texts.ts";

const id = "no-new-privs-sudo";
const denied = new RegExp(`${ptraceDenied.source}|${yamaHint.source}`);

/** With no_new_privs nothing that is executed gains rights: neither sudo by its setuid bit nor dlv by setcap. */
export const noNewPrivsSudo = cause({
  id,
  title: say`Nothing may gain rights here (no_new_privs): sudo and setcap do not work`,
  about: {
    what: 'A container with `allowPrivilegeEscalation: false` or `--security-opt no-new-privileges`, a systemd unit with NoNewPrivileges=, a sandbox such as bwrap: all set a flag that every child inherits and nobody can take back. sudo then cannot become root, so `asRoot` ends in the terminal with `sudo: The "no new privileges" flag is set` and dlv never dials back. A dlv that was given CAP_SYS_PTRACE with setcap runs without it.',
    notThis:
      "The flag alone does no harm to a launch that needs no other rights. A sudo that asks for a password, or refuses this user, says so itself; sudo is only asked for its version here, which it refuses before anything else when it is not root.",
    sources: [
      "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
      "https://man7.org/linux/man-pages/man2/PR_SET_NO_NEW_PRIVS.2const.html",
      "https://www.sudo.ws/docs/man/sudo.man/",
    ],
    seen: "real",
  },
  needs: { rights: privileges, trace: dlvTrace, around: surroundings },
  when: (launch) =>
    traces(launch) &&
    (launch.config["asRoot"] === true
      ? dlvNeverCame(launch)
      : attachPid(launch) !== undefined && !isUnderWay(launch)),
  find({ rights, trace, around }, launch) {
    if (rights === undefined || !rights.noNewPrivs || rights.uid === 0) return undefined;
    const container = around.container !== undefined;
    if (launch.config["asRoot"] === true) return sudoRefused(rights, launch, container);
    const { dlvCapabilities, uid } = rights;
    const failure = launch.timeline.failure?.text ?? "";
    if (!dlvCapabilities.includes("cap_sys_ptrace") || trace.rules?.sysPtrace !== false) return undefined;
    if (!denied.test(failure)) return undefined;
    return {
      // With the capability the attach would still have to pass a filter and the other rules.
      certainty: "likely",
      because: say`${launch.dlv} has CAP_SYS_PTRACE as a file capability, and no_new_privs keeps it from getting it.`,
      evidence: [
        `/proc/self/status: NoNewPrivs 1, uid ${uid}`,
        `getcap ${launch.dlv}: ${dlvCapabilities}`,
        say`CapEff of ${trace.rules.exe}: no CAP_SYS_PTRACE`,
        failure,
      ],
      ...lostLoad(launch, denied),
      fixes: [allow(container, true)],
    };
  },
});

/** A dlv in a terminal is known from the moment it dials back. Also true without a launch. */
function dlvNeverCame({ timeline }: Launch): boolean {
  return timeline.dlv === undefined && timeline.phases.every(({ name }) => name === "start");
}

function sudoRefused({ sudo, uid }: Privileges, launch: Launch, container: boolean): Found | undefined {
  const { timeline } = launch;
  if (sudo === "") return undefined;
  return {
    certainty: "proven",
    because: say`asRoot runs dlv through sudo, and no_new_privs keeps sudo from becoming root (uid ${uid}).`,
    evidence: [
      `/proc/self/status: NoNewPrivs 1, uid ${uid}`,
      sudo,
      ...(timeline.failure === undefined ? [] : [timeline.failure.text]),
    ],
    ...(timeline.totalMs > 0 && { explains: { phase: "start", ms: spent(timeline, "start") } }),
    fixes: [asUser(uid), allow(container, false)],
  };
}

function asUser(uid: number): Fix {
  return {
    id: `${id}/as-user`,
    title: say`Run dlv and the program as uid ${uid}, without sudo`,
    preferred: true,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits: [{ at: ["asRoot"] }] },
  };
}

function allow(container: boolean, preferred: boolean): Fix {
  const text = container
    ? say`Create the container anew: docker or podman run without --security-opt no-new-privileges; in a pod securityContext: {allowPrivilegeEscalation: true} under the container, where the cluster's policy allows it. Or let the container's user be root (user: root, remoteUser in devcontainer.json), who needs neither sudo nor setcap.`
    : say`Start what dlv is started from outside the sandbox or unit that sets the flag (NoNewPrivileges= of a systemd unit, bwrap, firejail, snap). A process cannot take the flag off itself.`;
  return {
    id: `${id}/allow`,
    title: container
      ? say`Create the container anew with privilege escalation allowed`
      : say`Start the editor without no_new_privs`,
    preferred,
    needsRoot: false,
    scope: "machine",
    action: { kind: "advice", text },
  };
}
