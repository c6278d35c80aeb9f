import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { surroundings } from "../../probes/surroundings.ts";
import { type UserNamespaces, userNamespaces } from "../../probes/userNamespaces.ts";
import { attachPid, isUnderWay, lostLoad, traces } from "../failure.ts";
import { ptraceDenied, yamaHint } from "../texts.ts";

const denied = new RegExp(`${ptraceDenied.source}|${yamaHint.source}`);

/** Capabilities count in a user namespace and below it; whoever is outside it needs them out there (user_namespaces(7)). */
export const usernsMismatch = cause({
  id: "userns-mismatch",
  title: say`dlv and the process to attach to live in different user namespaces`,
  about: {
    what: "A rootless container, a daemon with userns-remap or a sandbox has a user namespace of its own. root in it, with all its capabilities, has none over a process outside it or in another one: ptrace(2) answers EPERM even where both show the same uid. The other way works: who has CAP_SYS_PTRACE in the parent namespace may trace inside.",
    notThis:
      "Different namespaces alone are no fault: root of the parent namespace attaches to a process in a child. So /proc/PID/exe is read as well, for which the kernel asks the same rights as for an attach, without Yama's rule. The namespace's own link cannot be read from outside; uid_map can, and two maps that differ are two namespaces.",
    sources: [
      "https://man7.org/linux/man-pages/man7/user_namespaces.7.html",
      "https://man7.org/linux/man-pages/man2/ptrace.2.html",
      "go-delve/delve#1698",
    ],
    seen: "real",
  },
  needs: { spaces: userNamespaces, around: surroundings },
  when: (launch) => attachPid(launch) !== undefined && traces(launch) && !isUnderWay(launch),
  find({ spaces, around }, launch) {
    if (spaces === undefined || spaces.readable || !differ(spaces)) return undefined;
    const { pid, name, ours, its, ourMap, itsMap, wouldBe } = spaces;
    const failure = launch.timeline.failure?.text ?? "";
    const enter =
      around.container === undefined
        ? say`On the machine: nsenter --target ${pid} --user --preserve-credentials dlv …, or dlv as root of the namespace that ${name} was started from.`
        : say`Run dlv where the process is: docker exec or podman exec into its own container, kubectl debug --target=CONTAINER for a pod, with SYS_PTRACE given to it. A pid of another container or of the host is out of reach from here.`;
    return {
      // Another user without the capability is refused within one namespace as well.
      certainty: denied.test(failure) && wouldBe ? "proven" : "likely",
      because: say`${name} (pid ${pid}) is in another user namespace than dlv, whose capabilities do not count there.`,
      evidence: [
        `/proc/self/ns/user: ${ours}; /proc/${pid}/ns/user: ${its || say`may not be read`}`,
        `/proc/self/uid_map: ${ourMap}; /proc/${pid}/uid_map: ${itsMap}`,
        say`readlink /proc/${pid}/exe: refused`,
        ...(denied.test(failure) ? [failure] : []),
      ],
      ...lostLoad(launch, denied),
      fixes: [
        {
          id: "userns-mismatch/same-namespace",
          title: say`Run dlv in the user namespace of ${name}`,
          preferred: true,
          needsRoot: false,
          scope: "machine",
          action: { kind: "advice", text: enter },
        },
      ],
    };
  },
});

function differ({ ours, its, ourMap, itsMap }: UserNamespaces): boolean {
  return (its !== "" && its !== ours) || (itsMap !== "" && itsMap !== ourMap);
}
