import { probe } from "../core/probe.ts";

/** One process above us and whether a seccomp filter (2) is on it. */
export interface Ancestor {
  readonly pid: number;
  readonly name: string;
  readonly seccomp: number;
}

/** What is around dlv: the kind of container, the files in the workspace that describe one, the processes above us. */
export interface Surroundings {
  readonly container?: "docker" | "podman" | "kubernetes" | "container";
  /** devcontainer.json and compose files, as paths relative to the folder. */
  readonly files: readonly string[];
  /** From the nearest up to process 1. */
  readonly ancestors: readonly Ancestor[];
}

/** Says whether this is a container, what made it, and which process above us brought a seccomp filter along. */
export const surroundings = probe({
  id: "surroundings",
  args: (launch) => [launch.folder],
  sh: `
if [ -n "$KUBERNETES_SERVICE_HOST" ]; then echo "container kubernetes"
elif [ -e /run/.containerenv ]; then echo "container podman"
elif [ -e /.dockerenv ]; then echo "container docker"
elif grep -qE 'docker|containerd|kubepods|libpod|lxc' /proc/1/cgroup 2>/dev/null; then echo "container container"
fi
cd "$1" 2>/dev/null && for f in .devcontainer/devcontainer.json .devcontainer.json compose.yaml compose.yml \\
  docker-compose.yaml docker-compose.yml .devcontainer/compose.yaml .devcontainer/docker-compose.yml; do
  [ -f "$f" ] && echo "file $f"
done
p=$PPID
while [ -r "/proc/$p/status" ]; do
  awk -v pid="$p" '$1 == "Name:" { sub(/^Name:[ \\t]*/, ""); name = $0 }
    $1 == "Seccomp:" { seccomp = $2 } END { print "above", pid, seccomp + 0, name }' "/proc/$p/status"
  p=$(awk '$1 == "PPid:" { print $2 }' "/proc/$p/status")
done
exit 0
`,
  read({ stdout }): Surroundings {
    const kind = /^container (docker|podman|kubernetes|container)$/m.exec(stdout)?.[1];
    return {
      ...(kind !== undefined && { container: kind as NonNullable<Surroundings["container"]> }),
      files: Array.from(stdout.matchAll(/^file (.+)$/gm), ([, file = ""]) => file),
      ancestors: Array.from(stdout.matchAll(/^above (\d+) (\d+) (.*)$/gm), ([, pid, seccomp, name = ""]) => ({
        pid: Number(pid),
        name,
        seccomp: Number(seccomp),
      })),
    };
  },
});
