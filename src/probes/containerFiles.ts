import { probe } from "../core/probe.ts";

/** The files of the workspace folder that describe containers, as paths relative to it. */
export interface ContainerFiles {
  readonly devcontainer: readonly string[];
  readonly compose: readonly string[];
  /** Manifests with a pod, or with something that makes pods. */
  readonly pods: readonly string[];
}

/** Looks for them where people keep them; nothing deeper than two folders, and no more than the first fifty manifests. */
export const containerFiles = probe({
  id: "container-files",
  near: true,
  args: (launch) => [launch.nearFolder ?? launch.folder],
  sh: `
cd "$1" 2>/dev/null || exit 0
for f in .devcontainer/devcontainer.json .devcontainer.json .devcontainer/*/devcontainer.json; do
  [ -f "$f" ] && echo "devcontainer $f"
done
for f in compose.yaml compose.yml docker-compose.yaml docker-compose.yml .devcontainer/compose.yaml \\
  .devcontainer/compose.yml .devcontainer/docker-compose.yaml .devcontainer/docker-compose.yml; do
  [ -f "$f" ] && echo "compose $f"
done
grep -lE '^kind: *"?(Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob)"?' \\
  *.yaml *.yml [!.]*/*.yaml [!.]*/*.yml [!.]*/*/*.yaml [!.]*/*/*.yml 2>/dev/null | head -n 50 | sed 's/^/pod /'
exit 0
`,
  read({ stdout }): ContainerFiles {
    const all = (kind: string) =>
      Array.from(stdout.matchAll(new RegExp(`^${kind} (.+)$`, "gm")), ([, file = ""]) => file);
    return { devcontainer: all("devcontainer"), compose: all("compose"), pods: all("pod") };
  },
});
