import { type Certainty, cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { type Forwarder, forwardedTo } from "../../core/forwarder.ts";
import type { Launch } from "../../core/launch.ts";
import type { Dropped } from "../../core/link.ts";
import { say } from "../../core/say.ts";
import { isLoopback } from "../../probes/serverEndpoint.ts";
import { endWord, keepAliveSeconds, lostInQuiet, seconds, usualIdleMs } from "./silence.ts";

/** A drop of the DAP stream and what it went through, if it looks like an idle limit on its way. */
interface Quieted extends Dropped {
  readonly address: string;
  readonly through?: Forwarder;
}

/** Something that forwards the DAP stream ends it because no byte went through for a while. */
export const portforwardIdleDrop = cause({
  id: "portforward-idle-drop",
  title: say`A forwarded port was closed because nothing went through it`,
  about: {
    what: "`kubectl port-forward`, the load balancer before a cluster, a kubelet and other proxies end a stream after some time without a byte (30 s, 60 s, 4 to 5 minutes are usual). A debugger says nothing while a person thinks at a breakpoint, so the session ends in the middle of a thought. Delve Doctor sends Delve a request that changes nothing (a DAP `cancel` of nothing) whenever such a stream was silent for 20 s, and keeps the answer to itself: that counts as traffic with everything on the way, and this cause is found only where that is off or comes too late. It is sent only to a dlv that somebody else runs. TCP keep-alive is on as well; it shows a dead peer and keeps NATs open, but a proxy that counts bytes of the stream does not see it.",
    notThis:
      "A pod that restarted, a dlv that ended and a port-forward that somebody stopped close the stream as well: compare `kubectl get pod` (RESTARTS) with the time. A tunnel whose own ssh was lost in silence is ssh-idle-drop. How long the stream was quiet is measured; that the limit was the reason shows when it happens again after the same time.",
    sources: [
      "kubernetes/kubernetes#78446",
      "txn2/kubefwd#70",
      "metalbear-co/mirrord#2652",
      "https://kubernetes.io/docs/reference/command-line-tools-reference/kubelet/ (streaming-connection-idle-timeout)",
    ],
    seen: "real",
  },
  needs: {},
  when: (launch) => quieted(launch) !== undefined,
  find(_facts, launch) {
    const drop = quieted(launch);
    if (drop === undefined) return undefined;
    const { through, address, quietMs, keepAliveMs, how } = drop;
    const to = through && forwardedTo(through);
    const who = through === undefined ? address : `${through.name} (pid ${through.pid})`;
    const ended = endings[how](to === undefined ? who : say`${who} to ${to}`, seconds(quietMs));
    return {
      certainty: certaintyOf(drop),
      because:
        keepAliveMs === 0
          ? say`${ended}, and nothing kept it alive.`
          : say`${ended}, before a keep-alive every ${seconds(keepAliveMs)} could help.`,
      evidence: [
        say`${address}: no byte in either direction for ${seconds(quietMs)}, then ${endWord(how)}`,
        ...(through === undefined
          ? []
          : [
              drop.forwarderGone
                ? say`${through.argv.join(" ") || through.name}: has ended as well`
                : say`${through.argv.join(" ") || through.name}: still runs`,
            ]),
        say`this machine did not sleep, and the client had not asked Delve to go`,
      ],
      fixes: [keepAlive(quietMs)],
    };
  },
});

/** How a connection ended after a time, as a sentence that goes on. */
const endings: Readonly<Record<Dropped["how"], (through: string, time: string) => string>> = {
  closed: (through, time) =>
    say`The debug connection through ${through} was closed after ${time} without a byte`,
  reset: (through, time) =>
    say`The debug connection through ${through} was reset after ${time} without a byte`,
  silence: (through, time) =>
    say`The debug connection through ${through} was no longer answered after ${time} without a byte`,
};

/**
 * The stream's end, where it was quiet before: through a forwarder, or from another machine by a reset or a silence. A
 * plain end from a dlv that we are connected to directly is dlv's own.
 */
function quieted({ timeline }: Launch): Quieted | undefined {
  const { stream, dropped } = timeline.link ?? {};
  if (stream === undefined || dropped === undefined || (dropped.sleptMs ?? 0) > 0) return undefined;
  if (!lostInQuiet(dropped.quietMs, dropped.keepAliveMs)) return undefined;
  const { through, address } = stream;
  if (through === undefined) {
    const direct = isLoopback(address.slice(0, address.lastIndexOf(":")));
    return direct || dropped.how === "closed" ? undefined : { ...dropped, address };
  }
  // An ssh that has ended with the stream is a lost SSH connection.
  if (through.name === "ssh" && dropped.forwarderGone === true) return undefined;
  return { ...dropped, address, through };
}

/** kubectl is known for it, and a quiet shorter than any usual limit has other reasons as well. */
function certaintyOf({ through, quietMs }: Quieted): Certainty {
  const known = through !== undefined && forwardedTo(through) !== undefined;
  return known && quietMs >= usualIdleMs ? "likely" : "possible";
}

function keepAlive(quietMs: number): Fix {
  const value = keepAliveSeconds(20, quietMs);
  return {
    id: "portforward-idle-drop/keep-alive",
    title: say`Keep a silent debug connection alive every ${value} s`,
    preferred: true,
    needsRoot: false,
    scope: "folder",
    action: { kind: "setting", key: "delveDoctor.keepAliveSeconds", value },
  };
}
