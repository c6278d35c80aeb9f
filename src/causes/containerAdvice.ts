import type { Fix } from "../core/fix.ts";
import type { Surroundings } from "../probes/surroundings.ts";

/**
 * How a container or sandbox is given ptrace, for the way this one was made: the narrowest grant first. CAP_SYS_PTRACE
 * also takes ptrace out of Docker's and Podman's default profiles; a profile of one's own may need `unconfined`.
 */
export function containerAdvice({ container, files, ancestors }: Surroundings): Omit<Fix, "preferred">[] {
  const all = files.map((file) =>
    file.includes("devcontainer") && file.endsWith(".json") ? devcontainer(file) : compose(file),
  );
  if (container === "kubernetes") all.unshift(pod());
  else if (container !== undefined) all.push(run(container === "podman" ? "podman" : "docker"));
  return all.length > 0 && container !== undefined ? all : [outside(ancestors)];
}

function advice(name: string, title: string, lines: readonly string[]): Omit<Fix, "preferred"> {
  return {
    id: `container-ptrace-eperm/${name}`,
    title,
    needsRoot: false,
    scope: "machine",
    action: { kind: "advice", text: lines.join("\n") },
  };
}

function devcontainer(file: string): Omit<Fix, "preferred"> {
  return advice("devcontainer", `Add SYS_PTRACE to ${file}`, [
    `In ${file}, then "Dev Containers: Rebuild Container":`,
    '"capAdd": ["SYS_PTRACE"]',
    "Only if that is not enough, because the profile is one of your own:",
    '"securityOpt": ["seccomp=unconfined"]',
  ]);
}

function compose(file: string): Omit<Fix, "preferred"> {
  return advice("compose", `Add SYS_PTRACE to the service in ${file}`, [
    `In ${file}, under the service, then create its container anew (up --force-recreate):`,
    "cap_add: [SYS_PTRACE]",
    "Only if that is not enough, because the profile is one of your own:",
    'security_opt: ["seccomp:unconfined"]',
  ]);
}

function run(tool: "docker" | "podman"): Omit<Fix, "preferred"> {
  return advice("run", `Create the container with ${tool} run --cap-add=SYS_PTRACE`, [
    "Create the container anew with:",
    `${tool} run --cap-add=SYS_PTRACE …`,
    "Only if that is not enough, because the profile is one of your own:",
    `${tool} run --cap-add=SYS_PTRACE --security-opt seccomp=unconfined …`,
  ]);
}

function pod(): Omit<Fix, "preferred"> {
  return advice("pod", "Give the pod's container SYS_PTRACE", [
    "Under the container in the pod's manifest; the pod is then created anew, and the cluster's policy must allow it:",
    'securityContext: {capabilities: {add: ["SYS_PTRACE"]}, seccompProfile: {type: RuntimeDefault}}',
  ]);
}

/** Not a container that we know: the highest process with a filter was started by the one that set it. */
function outside(ancestors: Surroundings["ancestors"]): Omit<Fix, "preferred"> {
  const first = ancestors.findLast(({ seccomp }) => seccomp === 2);
  const who = first === undefined ? "dlv" : `${first.name} (pid ${first.pid})`;
  return advice("outside", `Start ${who} without the filter`, [
    `The seccomp filter is on ${who} and on everything it starts. A filter cannot be taken off a running process: start ${who} from outside the sandbox (a snap, a flatpak, firejail, bwrap, a systemd unit with SystemCallFilter=), or let the sandbox allow ptrace.`,
  ]);
}
