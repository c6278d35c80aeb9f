import { type Certainty, cause, type Found } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { type SshLogin, sshLogin } from "../../core/forwarder.ts";
import type { Launch } from "../../core/launch.ts";
import type { Dropped, Lost } from "../../core/link.ts";
import { say } from "../../core/say.ts";
import { type LostSession, lostSession } from "../../probes/lostSession.ts";
import { sshAliveMs } from "../../probes/sshAsked.ts";
import { policyOf, type SshdPolicy, sshdPolicy } from "../../probes/sshdPolicy.ts";
import { noAnswer } from "../texts.ts";
import { keepAliveSeconds, lostInQuiet, seconds, usualIdleMs } from "./silence.ts";

/** What a tunnel's silence must last (ms) after something was sent into it: a server that ends answers within a round trip. */
const unansweredMs = 1000;

/** Something between this machine and the SSH host forgot a connection that nobody used, and told neither end. */
export const sshIdleDrop = cause({
  id: "ssh-idle-drop",
  title: say`An idle SSH connection was forgotten on its way`,
  about: {
    what: "Routers, firewalls and VPNs forget a connection of which they see no packet for a while, often for minutes. Neither end is told: both still believe in it, and what is sent next is never answered. It happens while a person thinks at a breakpoint. `ServerAliveInterval` makes ssh send something in time: below half of the time after which the connection was lost, so that one lost packet does no harm, and below half of sshd's own limit for silent clients (`ClientAliveInterval` times `ClientAliveCountMax`) where that can be read. Delve Doctor keeps its own connections alive; `ssh -L` tunnels and Remote-SSH read ~/.ssh/config.",
    notThis:
      "A server or an sshd that ends says so (FIN, RST), as does a remote machine out of memory that kills it: that is an end and no silence. A laptop that slept, or a host that restarted in the meantime, is told apart by the clocks. A network that was down looks the same from here, so this is never proven.",
    sources: [
      "microsoft/vscode#90255",
      "microsoft/vscode-remote-release#3479",
      "microsoft/vscode-remote-release#10987",
      "microsoft/vscode-remote-release#11463",
      "microsoft/vscode-remote-release#246",
      "jeanp413/open-remote-ssh#101",
      "https://man.openbsd.org/ssh_config#ServerAliveInterval",
    ],
    seen: "real",
  },
  needs: { session: lostSession, aliveMs: sshAliveMs, policy: sshdPolicy },
  when: (launch) => ownLost(launch) !== undefined || tunnelLost(launch) !== undefined,
  find({ session, aliveMs, policy }, launch): Found | undefined {
    const own = ownLost(launch);
    const tunnel = tunnelLost(launch);
    if (own !== undefined) return ofOwn(own, session, policy, launch);
    return tunnel === undefined || aliveMs === undefined ? undefined : ofTunnel(tunnel, aliveMs, policy);
  },
});

/** The doctor's own connection, lost in a silence in which the machine was awake. */
function ownLost({ timeline }: Launch): Lost | undefined {
  const { opened, lost } = timeline.link ?? {};
  if (opened?.host.kind !== "ssh" || lost === undefined || (lost.sleptMs ?? 0) > 0) return undefined;
  const silent = lost.how === undefined ? noAnswer.test(lost.because) : lost.how === "silence";
  if (!silent || !lostInQuiet(quietOf(lost), lost.keepAliveMs)) return undefined;
  // A keep-alive that got no answer is what a network that is down looks like too, but for a host that answers again.
  return (lost.keepAliveMs ?? 0) > 0 && !timeline.link?.reopened ? undefined : lost;
}

/** How long (ms) nobody disturbed the silence: at most until the next keep-alive. */
function quietOf({ quietMs, silentMs, keepAliveMs = 0 }: Lost): number {
  return quietMs ?? (keepAliveMs > 0 ? Math.min(silentMs, keepAliveMs) : silentMs);
}

/** The DAP stream through the person's own ssh, which ended after something was sent into a silence. */
function tunnelLost({ timeline }: Launch): (Dropped & SshLogin) | undefined {
  const { stream, dropped } = timeline.link ?? {};
  const login = stream?.through === undefined ? undefined : sshLogin(stream.through);
  if (login === undefined || dropped?.forwarderGone !== true || (dropped.sleptMs ?? 0) > 0) return undefined;
  const silent = dropped.unansweredMs >= unansweredMs && dropped.quietMs >= unansweredMs;
  return silent ? { ...dropped, ...login } : undefined;
}

function ofOwn(
  lost: Lost,
  session: LostSession | undefined,
  policy: SshdPolicy | undefined,
  { timeline }: Launch,
): Found | undefined {
  const { host, configuredMs = 0 } = timeline.link?.opened ?? { host: { name: "" } };
  const { because, silentMs, keepAliveMs = 0 } = lost;
  const quietMs = quietOf(lost);
  if (session !== undefined && session.upMs < silentMs) return undefined;
  const held = session?.established === true;
  const sudden = quietMs < usualIdleMs || session?.established === false;
  const certainty: Certainty = keepAliveMs === 0 && !sudden ? "likely" : "possible";
  return {
    certainty,
    because:
      keepAliveMs === 0
        ? say`The SSH connection to ${host.name} was lost after ${seconds(quietMs)} in which nothing was sent, without a keep-alive.`
        : say`The SSH connection to ${host.name} was lost after ${seconds(quietMs)} in which nothing was sent, with a keep-alive only every ${seconds(keepAliveMs)}.`,
    evidence: [
      because,
      say`nothing had come for ${seconds(silentMs)}; this machine did not sleep`,
      say`ServerAliveInterval for ${host.name}: ${configuredMs / 1000}`,
      ...(held ? [say`/proc/net/tcp on ${host.name}: the lost connection is still ESTABLISHED there`] : []),
      ...aliveLines(policy),
    ],
    fixes: [keepAlive(host.name, quietMs, policy)],
  };
}

function ofTunnel(
  tunnel: Dropped & SshLogin,
  aliveMs: number,
  policy: SshdPolicy | undefined,
): Found | undefined {
  const { quietMs, destination, alias: host, options } = tunnel;
  if (aliveMs > 0 && aliveMs <= quietMs / 2) return undefined;
  return {
    certainty: aliveMs === 0 && quietMs >= usualIdleMs ? "likely" : "possible",
    because:
      aliveMs === 0
        ? say`The ssh tunnel to ${host} was quiet for ${seconds(quietMs)} and no longer answered after that, without a keep-alive.`
        : say`The ssh tunnel to ${host} was quiet for ${seconds(quietMs)} and no longer answered after that, with a keep-alive only every ${seconds(aliveMs)}.`,
    evidence: [
      say`no byte for ${seconds(quietMs)}, then ${seconds(tunnel.unansweredMs)} without an answer to what was sent`,
      say`the ssh that the debug connection went through has ended; this machine did not sleep`,
      `ssh -G ${destination}: serveraliveinterval ${aliveMs / 1000}`,
      ...aliveLines(policy),
    ],
    // A tunnel that was started with a file of its own does not read ~/.ssh/config.
    fixes: [keepAlive(host, quietMs, policy, options.includes("-F"))],
  };
}

/** What sshd itself does about silent clients, where it can be read. */
function aliveLines(policy: SshdPolicy | undefined): string[] {
  const lines = policy?.lines.filter((line) => /^(clientalive|channeltimeout)/.test(line)) ?? [];
  return lines.length === 0 ? [] : [`${policy?.from}: ${lines.join(", ")}`];
}

/** After how long (ms) sshd gives up a client that is silent; undefined where it never does, or that is not known. */
function serverLimit(policy: SshdPolicy | undefined): readonly number[] {
  const interval = Number(policyOf(policy, "clientaliveinterval") ?? 0);
  // Below OpenSSH 8.2 a count of 0 ended the session at the first interval.
  const count = Math.max(1, Number(policyOf(policy, "clientalivecountmax") ?? 3));
  return interval > 0 ? [interval * count * 1000] : [];
}

function keepAlive(host: string, quietMs: number, policy: SshdPolicy | undefined, ownFile = false): Fix {
  const value = String(keepAliveSeconds(15, quietMs, ...serverLimit(policy)));
  const common = { preferred: true, needsRoot: false, scope: "user" } as const;
  if (ownFile)
    return {
      ...common,
      id: "ssh-idle-drop/own-file",
      title: say`Keep the tunnel alive`,
      action: {
        kind: "advice",
        text: say`This tunnel reads a configuration of its own (ssh -F). Set ServerAliveInterval ${value} for ${host} there, or start it with -o ServerAliveInterval=${value}.`,
      },
    };
  return {
    ...common,
    id: "ssh-idle-drop/keep-alive",
    title: say`Keep connections to ${host} alive every ${value} s`,
    action: { kind: "ssh-config", alias: host, option: "ServerAliveInterval", value },
  };
}
