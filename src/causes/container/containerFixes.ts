import type { ContainerChange, Fix } from "../../core/fix.ts";
import { say } from "../../core/say.ts";
import type { ContainerFiles } from "../../probes/containerFiles.ts";
import type { Surroundings } from "../../probes/surroundings.ts";

/** What a change is called, and the option of `run` that makes it. */
const words: Readonly<Record<ContainerChange, { readonly title: string; readonly flag?: string }>> = {
  "sys-ptrace": { title: say`Give SYS_PTRACE to the container`, flag: "--cap-add=SYS_PTRACE" },
  "no-seccomp": {
    title: say`Take the seccomp profile off the container`,
    flag: "--security-opt=seccomp=unconfined",
  },
  init: { title: say`Start an init as process 1 of the container`, flag: "--init" },
  "no-probes": { title: say`Take the kubelet's probes off the container` },
};

/**
 * The ways to make a container anew with a change: an edit of each file that may describe it, and the option for one that
 * was made by hand. What made this container comes first.
 */
export function containerFixes(
  cause: string,
  change: ContainerChange,
  container: NonNullable<Surroundings["container"]>,
  { devcontainer, compose, pods }: ContainerFiles,
): Fix[] {
  const { title, flag } = words[change];
  const edit = (name: string) => (path: string, index: number) => ({
    id: `${cause}/${name}${index === 0 ? "" : `-${index + 1}`}`,
    title: say`${title} in ${path}, and create it anew`,
    preferred: false,
    needsRoot: false,
    scope: "folder" as const,
    action: { kind: "file" as const, path, container: change },
  });
  const inPods = pods.map(edit("pod"));
  const inFiles =
    change === "no-probes"
      ? []
      : [...devcontainer.map(edit("devcontainer")), ...compose.map(edit("compose"))];
  const tool = container === "podman" ? "podman" : "docker";
  const byHand: Fix = {
    id: `${cause}/run`,
    title: flag === undefined ? title : say`${title}: ${tool} run ${flag}`,
    preferred: false,
    needsRoot: false,
    scope: "machine",
    action:
      container === "kubernetes" || flag === undefined
        ? { kind: "advice", text: manifest[change] }
        : {
            kind: "advice",
            text: say`Create the container anew with:\n${tool} run ${flag} …`,
            run: change,
          },
  };
  const all =
    container === "kubernetes"
      ? [...inPods, byHand]
      : [...inFiles, ...(tool === "podman" ? inPods : []), byHand];
  return all.map((fix, index) => ({ ...fix, preferred: index === 0 }));
}

/** What to write under the container of a pod's manifest. */
const manifest: Readonly<Record<ContainerChange, string>> = {
  "sys-ptrace": say`Under the container in the pod's manifest; the pod is then created anew, and the cluster's policy must allow it:\nsecurityContext: {capabilities: {add: ["SYS_PTRACE"]}}`,
  "no-seccomp": say`Under the container in the pod's manifest; the pod is then created anew, and the cluster's policy must allow it:\nsecurityContext: {seccompProfile: {type: Unconfined}}`,
  init: say`Under the pod's spec in its manifest; the pod is then created anew with a pause process as process 1, which reaps:\nshareProcessNamespace: true`,
  "no-probes": say`For the time of debugging, remove livenessProbe, readinessProbe and startupProbe under the container in the pod's manifest, or the deployment's, and apply it.`,
};
