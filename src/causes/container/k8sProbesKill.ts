import { cause } from "../../core/cause.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { containerFiles } from "../../probes/containerFiles.ts";
import { podOf, podRestarts } from "../../probes/podRestarts.ts";
import { seconds } from "../network/silence.ts";
import { containerFixes } from "./containerFixes.ts";

/** A restart longer ago (ms) than this hardly cut the connection that is asked about: events are kept for an hour. */
const recentMs = 600_000;

/** A program that is held at a breakpoint answers no health check, and the kubelet kills its container for that. */
export const k8sProbesKill = cause({
  id: "k8s-probes-kill",
  title: say`The kubelet restarted the container because its probe got no answer from the held program`,
  about: {
    what: "While dlv holds a program, at a breakpoint or before a client has come, it answers no liveness or startup probe. After failureThreshold tries the kubelet kills the container, dlv with it, and starts it again: the connection is lost in the middle of a session. Take the probes off for the time of debugging, or raise their thresholds; `dlv exec --continue --accept-multiclient` lets the program run until a client comes.",
    notThis:
      "A container that ran out of memory (OOMKilled), was evicted or ended by itself restarts as well: the reason of its last end and the kubelet's events about that very container are read, and a restart that is long past is possible at most. A readiness probe that fails kills nothing: it only takes the pod out of its service.",
    sources: [
      "GoogleContainerTools/skaffold#5425",
      "ko-build/ko#1560",
      "microsoft/mindaro#41",
      "GoogleCloudPlatform/cloud-code-vscode#445",
      "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    ],
    seen: "recorded",
  },
  needs: { restarts: podRestarts, files: containerFiles },
  when: (launch) => isLost(launch) && podOf(launch) !== undefined,
  find({ restarts, files }, launch) {
    if (restarts === undefined) return undefined;
    const all = restarts.events.filter(({ text }) => /(?:liveness|startup) probe/i.test(text));
    // A pod may have several containers, each with probes of its own.
    const of = (name: string) =>
      all.flatMap(({ container = name, text }) => (container === name ? [text] : []));
    const restarted = restarts.restarted.find(
      (one) => one.reason !== "OOMKilled" && of(one.container).length > 0,
    );
    if (restarted === undefined) return undefined;
    const { container, count, reason, exitCode, agoMs = 0 } = restarted;
    const { pod } = restarts;
    const why = reason || say`no reason`;
    const deadly = of(container);
    const killed = deadly.some((text) => /^Killing: .*failed (?:liveness|startup) probe/.test(text));
    const recent = agoMs < recentMs;
    const lost = launch.timeline.link?.lost?.because;
    return {
      certainty: !recent ? "possible" : killed ? "proven" : "likely",
      because: /startup/i.test(deadly.join())
        ? say`The kubelet restarted container ${container} of pod ${pod}: dlv held the program, and a startup probe got no answer.`
        : say`The kubelet restarted container ${container} of pod ${pod}: dlv held the program, and a liveness probe got no answer.`,
      evidence: [
        recent
          ? say`kubectl get pod ${pod}: container ${container} restartCount ${count}, last ended with ${why}, exit code ${exitCode}`
          : say`kubectl get pod ${pod}: container ${container} restartCount ${count}, last ended with ${why}, exit code ${exitCode}, ${seconds(agoMs)} ago`,
        ...deadly.slice(-3),
        ...(lost === undefined ? [] : [lost]),
      ],
      fixes: containerFixes("k8s-probes-kill", "no-probes", "kubernetes", files),
    };
  },
});

function isLost({ timeline: { link } }: Launch): boolean {
  return link?.lost !== undefined || link?.dropped !== undefined;
}
