import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { type ContainerFiles, containerFiles } from "../../probes/containerFiles.ts";
import { dlvPlace } from "../../probes/dlvPlace.ts";
import { type DlvTrace, dlvTrace } from "../../probes/dlvTrace.ts";
import { type RawTrace, rawTrace } from "../../probes/rawTrace.ts";
import { type Surroundings, surroundings } from "../../probes/surroundings.ts";
import { yamaScope } from "../../probes/yamaScope.ts";
import { lostLoad, mayBeRefused } from "../failure.ts";
import { ptraceDenied, ptraceMissing } from "../texts.ts";
import { containerFixes } from "./containerFixes.ts";

const denied = new RegExp(`${ptraceDenied.source}|${ptraceMissing.source}`);

/** A seccomp filter around dlv answers ptrace(2) with an error before any other rule of the kernel is asked. */
export const containerPtraceEperm = cause({
  id: "container-ptrace-eperm",
  title: say`A container or sandbox forbids ptrace`,
  about: {
    what: "A seccomp filter (a container's profile, a sandbox, a wrapper around dlv) answers ptrace(2) with EPERM. dlv builds the program, starts it with PTRACE_TRACEME, and fails: `fork/exec …: operation not permitted`. Nothing inside the filter can take it off again: the container has to be created with other rights, or dlv has to run outside it.",
    notThis:
      "`Seccomp: 2` alone proves nothing: Docker filters and, from 19.03 on a kernel of 4.8 or newer, lets ptrace through. The same text comes from a dlv that is traced itself (strace -f) and from Yama's ptrace_scope 2 and 3. ENOSYS in place of EPERM comes from an emulated CPU as well. So the launch's own dlv is made to trace `true`, and its /proc/PID/status is read while it does.",
    sources: [
      "go-delve/delve#515",
      "go-delve/delve#2886",
      "docker/compose#5169",
      "gitpod-io/gitpod#156",
      "coder/code-server#725",
      "olivere/go-container-debugging#1",
      "microsoft/vscode-dev-containers#911",
      "aylei/kubectl-debug#59",
      "https://github.com/go-delve/delve/blob/master/Documentation/faq.md#docker",
    ],
    seen: "real",
  },
  needs: {
    trace: dlvTrace,
    raw: rawTrace,
    scope: yamaScope,
    around: surroundings,
    files: containerFiles,
    place: dlvPlace,
  },
  when: mayBeRefused,
  find({ trace, raw, scope, around, files, place }, launch) {
    const { outcome, rules } = trace;
    if (outcome !== "EPERM" && outcome !== "ENOSYS") return undefined;
    if (tracedInLaunch(launch) || (rules?.tracer ?? 0) !== 0) return undefined;
    if (scope !== undefined && (scope > 2 || (scope === 2 && rules?.sysPtrace !== true))) return undefined;
    const filtered = rules?.seccomp === 2;
    // An emulated CPU has no ptrace at all; only a filter gives ENOSYS on a real one.
    if (outcome === "ENOSYS" && (!filtered || rules.exe.includes("qemu"))) return undefined;
    const errno = outcome === "EPERM" ? "EPERM" : "ENOSYS";
    const wrapper = trace.direct === "allowed" ? (place?.path ?? launch.dlv) : undefined;
    return {
      certainty: filtered ? "proven" : "likely",
      because:
        wrapper === undefined
          ? filtered
            ? say`dlv may trace nothing here: a seccomp filter answers ptrace(2) with ${errno}.`
            : say`dlv may trace nothing here: a rule of the container or sandbox answers ptrace(2) with ${errno}.`
          : filtered
            ? say`${wrapper} runs dlv under a seccomp filter that answer ptrace(2) with ${errno}.`
            : say`${wrapper} runs dlv under rules that answer ptrace(2) with ${errno}.`,
      evidence: evidence(trace, raw, scope, launch),
      ...lostLoad(launch, denied),
      fixes: fixes(trace, around, files, wrapper),
    };
  },
});

function tracedInLaunch({ timeline }: Launch): boolean {
  return (
    timeline.last?.processes.some(({ name, tracer }) => name.startsWith("dlv") && (tracer ?? 0) > 0) === true
  );
}

function evidence(
  trace: DlvTrace,
  raw: RawTrace | undefined,
  scope: number | undefined,
  launch: Launch,
): string[] {
  const { rules, text, direct } = trace;
  const failure = launch.timeline.failure?.text ?? "";
  return [
    `${launch.dlv} exec true: ${text}`,
    ...(rules === undefined
      ? []
      : [
          say`/proc/PID/status of ${rules.exe}: Seccomp ${rules.seccomp}, NoNewPrivs ${Number(rules.noNewPrivs)}, CAP_SYS_PTRACE ${rules.sysPtrace ? say`yes` : say`no`}, TracerPid ${rules.tracer}`,
        ]),
    ...(direct === "allowed" ? [say`${rules?.exe ?? "dlv"} exec true, without the wrapper: it works`] : []),
    ...(raw === undefined
      ? []
      : [say`PTRACE_TRACEME by ${raw.by}: ${raw.errno === 0 ? say`allowed` : `errno ${raw.errno}`}`]),
    `/proc/sys/kernel/yama/ptrace_scope: ${scope ?? say`not there`}`,
    ...(denied.test(failure) ? [failure] : []),
  ];
}

function fixes(
  trace: DlvTrace,
  { container, mayTrace, ancestors }: Surroundings,
  files: ContainerFiles,
  wrapper: string | undefined,
): Fix[] {
  if (wrapper !== undefined && trace.rules !== undefined)
    return [
      {
        id: "container-ptrace-eperm/without-wrapper",
        title: say`Run ${trace.rules.exe} itself, without ${wrapper}`,
        preferred: true,
        needsRoot: false,
        scope: "launch",
        action: { kind: "launch.json", edits: [{ at: ["dlvToolPath"], value: trace.rules.exe }] },
      },
    ];
  if (container === undefined) return [outside(ancestors)];
  // The capability is the narrowest grant: it also takes ptrace out of Docker's and Podman's default profiles. Where the
  // container has it and is refused all the same, a profile of somebody's own is in the way.
  return containerFixes("container-ptrace-eperm", mayTrace ? "no-seccomp" : "sys-ptrace", container, files);
}

/** Not a container that we know: the highest process with a filter was started by the one that set it. */
function outside(ancestors: Surroundings["ancestors"]): Fix {
  const first = ancestors.findLast(({ seccomp }) => seccomp === 2);
  const who = first === undefined ? "dlv" : `${first.name} (pid ${first.pid})`;
  return {
    id: "container-ptrace-eperm/outside",
    title: say`Start ${who} without the filter`,
    preferred: true,
    needsRoot: false,
    scope: "machine",
    action: {
      kind: "advice",
      text: say`The seccomp filter is on ${who} and on everything it starts. A filter cannot be taken off a running process: start ${who} from outside the sandbox (a snap, a flatpak, firejail, bwrap, a systemd unit with SystemCallFilter=), or let the sandbox allow ptrace.`,
    },
  };
}
