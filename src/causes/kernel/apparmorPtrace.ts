import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { say } from "../../core/say.ts";
import { type AppArmor, appArmor } from "../../probes/appArmor.ts";
import { dlvTrace } from "../../probes/dlvTrace.ts";
import { type Surroundings, surroundings } from "../../probes/surroundings.ts";
import { lostLoad, mayBeRefused } from "../failure.ts";
import { attachForbidden, execDenied } from "../texts.ts";

const denied = new RegExp(`${attachForbidden.source}|${execDenied.source}`);

/** A profile on dlv that has no ptrace rule for its program: AppArmor answers ptrace(2) with EACCES. */
export const apparmorPtrace = cause({
  id: "apparmor-ptrace",
  title: say`An AppArmor profile forbids dlv to trace`,
  about: {
    what: "AppArmor confines dlv: by a profile for its path, or by one that it inherits from what started it (a container, a snap, firejail, the editor's own). Without a `ptrace` rule the kernel answers EACCES, so a launch fails with `fork/exec …: permission denied` and an attach with `could not attach to pid …: permission denied`. A rule may also name its peers: then launches work, and an attach to a process outside the profile is refused.",
    notThis:
      "Yama and seccomp filters answer EPERM; a lost execute bit and a noexec mount give a launch the same `permission denied`, and so does a profile that forbids the execve(2). So the profile is read from the /proc of the very dlv, dlv is made to attach to another dlv under the same profile, where no execve(2) is in play, and the kernel's log is asked for its `DENIED` line. A `deny` rule writes no such line, and lines about `read` come from ps.",
    sources: [
      "moby/moby#7276",
      "netblue30/firejail#6882",
      "hishamhm/htop#962",
      "canonical/snapd#1970",
      "https://man7.org/linux/man-pages/man2/ptrace.2.html",
    ],
    seen: "real",
  },
  needs: { trace: dlvTrace, records: appArmor, around: surroundings },
  when: mayBeRefused,
  find({ trace, records, around }, launch) {
    const { rules, attach } = trace;
    const failure = launch.timeline.failure?.text ?? "";
    const refused = attachForbidden.test(failure);
    if (rules?.profile?.mode !== "enforce" || (trace.outcome !== "EACCES" && !refused)) return undefined;
    // A dlv that may attach is not kept from tracing: then it is the execve(2) that is refused.
    if (attach === "allowed" && !refused) return undefined;
    const { name } = rules.profile;
    const logged = records?.denials.find(({ profile, comm }) => profile === name && comm.startsWith("dlv"));
    const pure = (attach === "EACCES" || refused) && rules.seccomp !== 2;
    return {
      certainty: logged !== undefined || pure ? "proven" : "likely",
      because: refused
        ? say`The AppArmor profile ${name} is on dlv and does not let it trace this process.`
        : say`The AppArmor profile ${name} is on dlv and does not let it trace.`,
      evidence: [
        say`/proc/PID/attr/current of ${rules.exe}: ${name} (enforce)`,
        ...(trace.outcome === "EACCES" ? [`${rules.exe} exec true: ${trace.text}`] : []),
        ...(attach === undefined ? [] : [say`${rules.exe} attach to a second dlv: ${attach}`]),
        logged?.line ?? logOf(records),
        ...(denied.test(failure) ? [failure] : []),
      ],
      ...lostLoad(launch, denied),
      fixes: fixes(name, records, around),
    };
  },
});

function logOf(records: AppArmor | undefined): string {
  return records?.logRead === true
    ? say`the kernel's log names no refusal of this profile: a deny rule writes none`
    : say`the kernel's log is not for this user to read (dmesg, journalctl -k)`;
}

function fixes(name: string, records: AppArmor | undefined, { container }: Surroundings): Fix[] {
  // "lab//child" and "lab//&other" are in the file of "lab".
  const file = records?.files.find(({ profile }) => profile === name.split("//")[0])?.file;
  const all = container !== undefined ? [recreate(container)] : file === undefined ? [] : [complain(file)];
  if (container === undefined) all.push(rule(name, file));
  return all.map((fix, index) => ({ ...fix, preferred: index === 0 }));
}

function complain(file: string): Omit<Fix, "preferred"> {
  return {
    id: "apparmor-ptrace/complain",
    title: say`Let the profiles in ${file} only log, until they are loaded again`,
    needsRoot: true,
    scope: "until-reboot",
    action: {
      kind: "command",
      argv: ["apparmor_parser", "--replace", "--Complain", file],
      undo: ["apparmor_parser", "--replace", file],
    },
  };
}

function rule(name: string, file: string | undefined): Omit<Fix, "preferred"> {
  return {
    id: "apparmor-ptrace/rule",
    title: say`Add a ptrace rule to the profile ${name}`,
    needsRoot: false,
    scope: "machine",
    action: {
      kind: "advice",
      text: [
        file === undefined
          ? say`Into the profile ${name}, in the file that defines it, or with whoever loads it:`
          : say`Into the profile ${name}, in ${file}:`,
        "ptrace (trace, read) peer=@{profile_name},",
        say`To attach to programs outside the profile as well:`,
        "ptrace (trace, read),",
        ...(file === undefined ? [] : [say`Then, as root: apparmor_parser --replace ${file}`]),
      ].join("\n"),
    },
  };
}

function recreate(container: NonNullable<Surroundings["container"]>): Omit<Fix, "preferred"> {
  const lines =
    container === "kubernetes"
      ? [
          say`In the pod's manifest (Kubernetes 1.30 and newer): securityContext: {appArmorProfile: {type: Unconfined}} under the container`,
        ]
      : [
          say`docker or podman run: --security-opt apparmor=unconfined`,
          say`compose: security_opt: ["apparmor:unconfined"] under the service`,
          'devcontainer.json: "securityOpt": ["apparmor=unconfined"]',
        ];
  return {
    id: "apparmor-ptrace/recreate",
    title: say`Create the container anew without its AppArmor profile, or with one that allows ptrace`,
    needsRoot: false,
    scope: "machine",
    action: {
      kind: "advice",
      text: [say`A profile cannot be changed from inside. Create the container anew:`, ...lines].join("\n"),
    },
  };
}
