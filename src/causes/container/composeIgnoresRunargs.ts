import { cause } from "../../core/cause.ts";
import type { ContainerChange, Fix } from "../../core/fix.ts";
import { say } from "../../core/say.ts";
import { containerFiles } from "../../probes/containerFiles.ts";
import { type ComposedContainer, devcontainer } from "../../probes/devcontainer.ts";
import { dlvTrace } from "../../probes/dlvTrace.ts";
import { surroundings } from "../../probes/surroundings.ts";
import { lostLoad, mayBeRefused } from "../failure.ts";
import { ptraceDenied } from "../texts.ts";

const id = "compose-ignores-runargs";

/** runArgs is for `docker run`; where a compose file makes the container, nobody reads it. */
export const composeIgnoresRunargs = cause({
  id,
  title: say`The container's ptrace options are in runArgs, which its compose file does not know`,
  about: {
    what: 'devcontainer.json has two ways to a container: an image or Dockerfile, made with `docker run` and its `runArgs`, or `dockerComposeFile`, made by compose from the service alone. With the second `runArgs` is read by nobody and nobody says so: `"--cap-add=SYS_PTRACE"` stands there, and ptrace(2) is refused all the same. It belongs into the service: `cap_add: [SYS_PTRACE]`.',
    notThis:
      "`capAdd`, `securityOpt`, `privileged` and `init` of devcontainer.json count for both ways. A container that was made before the file was changed has the old rights too, until it is rebuilt. So the running container's own capabilities and its filter are compared with what `runArgs` asks for.",
    sources: [
      "microsoft/vscode-dev-containers#36",
      "docker/compose#5169",
      "https://containers.dev/implementors/json_reference/",
    ],
    seen: "real",
  },
  needs: { made: devcontainer, files: containerFiles, trace: dlvTrace, around: surroundings },
  when: mayBeRefused,
  find({ made, files, trace, around }, launch) {
    const { container, mayTrace } = around;
    if (trace.outcome !== "EPERM" || container === undefined || container === "kubernetes") return undefined;
    if ((trace.rules?.tracer ?? 0) !== 0) return undefined;
    const filtered = trace.rules?.seccomp === 2;
    const lacking = ({ runArgs }: ComposedContainer) => wish(runArgs, mayTrace, filtered);
    const one = made.find((file) => lacking(file) !== undefined);
    const change = one && lacking(one);
    if (one === undefined || change === undefined) return undefined;
    const failure = launch.timeline.failure?.text ?? "";
    const seccomp = trace.rules?.seccomp ?? say`unknown`;
    // Another devcontainer.json, or somebody's own `docker run` with the folder in it, may have made this container.
    const sure = around.devContainer === true && files.devcontainer.length === 1;
    return {
      certainty: sure ? "proven" : "likely",
      because: say`${one.file} asks for ptrace in runArgs, and leaves the container to ${one.compose}: compose reads no runArgs.`,
      evidence: [
        say`${one.file}: dockerComposeFile, and runArgs ${one.runArgs.filter((word) => rights.test(word)).join(" ")}`,
        mayTrace
          ? say`the container: SYS_PTRACE is in its bounding set, Seccomp ${seccomp}`
          : say`the container: SYS_PTRACE is not in its bounding set, Seccomp ${seccomp}`,
        `${launch.dlv} exec true: ${trace.text}`,
        ...(ptraceDenied.test(failure) ? [failure] : []),
      ],
      ...lostLoad(launch, ptraceDenied),
      fixes: [intoService(one.compose, change)],
    };
  },
});

/** Words of runArgs that are about rights: the others may hold secrets, and are nobody's business. */
const rights = /^--(?:cap-add|security-opt|privileged)\b|^(?:CAP_)?SYS_PTRACE$|^seccomp[=:]/i;

/** What runArgs asks for that would let dlv trace, and the running container has not. */
function wish(runArgs: readonly string[], mayTrace: boolean, filtered: boolean): ContainerChange | undefined {
  const words = runArgs.join(" ");
  if (/(?:--cap-add[= ](?:CAP_)?(?:SYS_PTRACE|ALL)\b|--privileged(?!=false))/i.test(words) && !mayTrace)
    return "sys-ptrace";
  return /--security-opt[= ]seccomp[=:]unconfined/.test(words) && filtered ? "no-seccomp" : undefined;
}

function intoService(compose: string, change: ContainerChange): Fix {
  const common = { id: `${id}/into-service`, preferred: true, needsRoot: false } as const;
  const title = say`Ask for it in ${compose}, and create the container anew`;
  // A file outside the folder is not ours to write.
  if (compose.startsWith("/") || compose.startsWith("../")) {
    const line = change === "sys-ptrace" ? "cap_add: [SYS_PTRACE]" : 'security_opt: ["seccomp:unconfined"]';
    const text = say`Under the service in ${compose}: ${line}. Then rebuild the container.`;
    return { ...common, title, scope: "machine", action: { kind: "advice", text } };
  }
  return { ...common, title, scope: "folder", action: { kind: "file", path: compose, container: change } };
}
