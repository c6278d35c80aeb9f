import { probe } from "../core/probe.ts";

/** One process above us and whether a seccomp filter (2) is on it. */
export interface Ancestor {
  readonly pid: number;
  readonly name: string;
  readonly seccomp: number;
}

/** What is around dlv: the kind of container, what it may, the processes above us. */
export interface Surroundings {
  readonly container?: "docker" | "podman" | "kubernetes" | "container";
  /** An editor's dev container or a codespace, by the variables that Dev Containers and Codespaces set in it. */
  readonly devContainer?: true;
  /** CAP_SYS_PTRACE is in the bounding set: whoever made this container gave it, whether dlv's user has it or not. */
  readonly mayTrace: boolean;
  /** From the nearest up to process 1. */
  readonly ancestors: readonly Ancestor[];
}

/** CAP_SYS_PTRACE of linux/capability.h. */
const sysPtraceBit = 1n << 19n;

/** Says whether this is a container, what made it, and which process above us brought a seccomp filter along. */
export const surroundings = probe({
  id: "surroundings",
  sh: `
if [ -n "$KUBERNETES_SERVICE_HOST" ]; then echo "container kubernetes"
elif [ -e /run/.containerenv ]; then echo "container podman"
elif [ -e /.dockerenv ]; then echo "container docker"
elif grep -qE 'docker|containerd|kubepods|libpod|lxc' /proc/1/cgroup 2>/dev/null; then echo "container container"
fi
[ -n "$REMOTE_CONTAINERS$CODESPACES" ] && echo devcontainer
grep "^CapBnd:" /proc/self/status
p=$PPID
while [ -r "/proc/$p/status" ]; do
  name= seccomp=0 parent=
  while read -r key value; do
    case $key in Name:) name=$value ;; PPid:) parent=$value ;; Seccomp:) seccomp=$value ;; esac
  done <"/proc/$p/status"
  printf 'above %s %s %s\\n' "$p" "$seccomp" "$name"
  p=$parent
done
exit 0
`,
  read({ stdout }): Surroundings {
    const kind = /^container (docker|podman|kubernetes|container)$/m.exec(stdout)?.[1];
    return {
      ...(kind !== undefined && { container: kind as NonNullable<Surroundings["container"]> }),
      ...(/^devcontainer$/m.test(stdout) && { devContainer: true }),
      mayTrace: (BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)$/m.exec(stdout)?.[1] ?? "0"}`) & sysPtraceBit) !== 0n,
      ancestors: Array.from(stdout.matchAll(/^above (\d+) (\d+) (.*)$/gm), ([, pid, seccomp, name = ""]) => ({
        pid: Number(pid),
        name,
        seccomp: Number(seccomp),
      })),
    };
  },
});
