import { forwardedTo } from "../core/forwarder.ts";
import type { Launch } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";

/** A container of a pod that the kubelet started again. */
export interface Restarted {
  readonly container: string;
  readonly count: number;
  /** Why it ended last: Error, Completed, OOMKilled … */
  readonly reason: string;
  readonly exitCode: number;
  /** How long ago (ms) it ended, by the clock of the machine that asks. */
  readonly agoMs?: number;
}

/** The kubelet's own words about a probe, and the container that they are about, where it is said. */
export interface ProbeEvent {
  readonly container?: string;
  /** "Unhealthy: Liveness probe failed: …", "Killing: …". */
  readonly text: string;
}

/** What a cluster tells of the pod behind a connection. */
export interface PodRestarts {
  readonly pod: string;
  readonly restarted: readonly Restarted[];
  readonly events: readonly ProbeEvent[];
}

/** A pod, and the flags that say in which cluster it is. */
interface PodName {
  readonly namespace: string;
  readonly pod: string;
  readonly cluster: readonly string[];
}

/** The pod that a connection goes to: the host itself, or what a `kubectl port-forward` on this machine names. */
export function podOf({ timeline }: Launch): PodName | undefined {
  const { opened, stream } = timeline.link ?? {};
  if (opened?.host.kind === "kubectl") {
    const parts = opened.host.name.split("/");
    const [namespace = "", pod = ""] = parts.length === 1 ? ["", ...parts] : parts;
    return pod === "" ? undefined : { namespace, pod, cluster: [] };
  }
  const argv = stream?.through?.argv ?? [];
  const target = stream?.through && forwardedTo(stream.through);
  const pod = /^(?:pods?\/)?([a-z0-9][a-z0-9.-]*)$/.exec(target ?? "")?.[1];
  const flag = argv.findIndex((word) => word === "-n" || word === "--namespace");
  const joined = argv.map((word) => /^(?:-n=?|--namespace=)(.+)$/.exec(word)?.[1]).find((word) => word);
  const namespace = (flag < 0 ? joined : argv[flag + 1]) ?? "";
  return pod === undefined ? undefined : { namespace, pod, cluster: clusterOf(argv) };
}

/** The same name may be a pod of another cluster: the forwarder's own flags say which is meant. */
function clusterOf(argv: readonly string[]): string[] {
  return argv.flatMap((word, at) => {
    if (/^--(?:context|cluster|kubeconfig|user)=/.test(word)) return [word];
    return /^--(?:context|cluster|kubeconfig|user)$/.test(word) ? [`${word}=${argv[at + 1] ?? ""}`] : [];
  });
}

/** Asks the cluster, through the kubectl of the machine that the editor is on, about the pod's restarts and their reasons. */
export const podRestarts = probe({
  id: "pod-restarts",
  near: true,
  limitMs: 15_000,
  args: (launch) => {
    const { namespace = "", pod = "", cluster = [] } = podOf(launch) ?? {};
    return [namespace, pod, ...cluster];
  },
  sh: `
ns=$1 pod=$2
[ -n "$pod" ] || exit 0
shift 2
command -v kubectl >/dev/null || { echo "kubectl is not installed" >&2; exit 71; }
kubectl "$@" get pod "$pod" \${ns:+-n "$ns"} -o json || exit 72
echo "--- events"
kubectl "$@" get events \${ns:+-n "$ns"} --field-selector "involvedObject.kind=Pod,involvedObject.name=$pod" -o json || exit 72
echo "--- now"
date +%s
`,
  read({ code, stdout, stderr }): PodRestarts | undefined {
    if (code !== 0)
      throw new Error(stderr.trim().split("\n").at(-1) ?? say`kubectl ended with exit code ${String(code)}`);
    const [pod = "", events = "", now = ""] = stdout.split(/^--- (?:events|now)\n/m);
    if (pod.trim() === "") return undefined;
    return readPod(JSON.parse(pod), JSON.parse(events), Number(now) * 1000);
  },
});

/** The parts of core/v1 Pod and EventList that are read. */
interface Pod {
  readonly metadata?: { readonly name?: string };
  readonly status?: {
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly restartCount: number;
      readonly lastState?: {
        readonly terminated?: {
          readonly reason?: string;
          readonly exitCode?: number;
          readonly finishedAt?: string;
        };
      };
    }[];
  };
}
interface EventList {
  readonly items?: readonly {
    readonly reason?: string;
    readonly message?: string;
    /** "spec.containers{app}" */
    readonly involvedObject?: { readonly fieldPath?: string };
  }[];
}

function readPod({ metadata, status }: Pod, { items = [] }: EventList, nowMs: number): PodRestarts {
  return {
    pod: metadata?.name ?? "",
    restarted: (status?.containerStatuses ?? [])
      .filter(({ restartCount }) => restartCount > 0)
      .map(({ name, restartCount, lastState }) => ({
        container: name,
        count: restartCount,
        reason: lastState?.terminated?.reason ?? "",
        exitCode: lastState?.terminated?.exitCode ?? 0,
        ...since(lastState?.terminated?.finishedAt, nowMs),
      })),
    events: items
      .filter(({ message = "" }) => /\b(?:liveness|readiness|startup) probe/i.test(message))
      .map(({ reason, message = "", involvedObject }) => {
        const [, said] = /^Container (\S+) failed /.exec(message) ?? [];
        const [, container = said] = /\{(.+)\}$/.exec(involvedObject?.fieldPath ?? "") ?? [];
        return { text: `${reason}: ${message}`, ...(container !== undefined && { container }) };
      }),
  };
}

function since(finishedAt: string | undefined, nowMs: number): Pick<Restarted, "agoMs"> {
  const agoMs = nowMs - Date.parse(finishedAt ?? "");
  return Number.isNaN(agoMs) ? {} : { agoMs: Math.max(0, agoMs) };
}
