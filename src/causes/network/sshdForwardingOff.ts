import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { type SshLogin, sshLogin } from "../../core/forwarder.ts";
import type { Launch } from "../../core/launch.ts";
import type { Refused } from "../../core/link.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { sshStreams } from "../../probes/sshAsked.ts";
import { policyOf, type SshdPolicy, sshdPolicy } from "../../probes/sshdPolicy.ts";
import { endWord } from "./silence.ts";

/** sshd logs in and runs commands, and opens no streams: a policy of its owner. */
export const sshdForwardingOff = cause({
  id: "sshd-forwarding-off",
  title: say`sshd runs commands and prohibits forwarded streams`,
  about: {
    what: "`AllowTcpForwarding no` (or `remote`), `DisableForwarding yes` and `PermitOpen` let a person log in and run commands, and refuse the channel that a forwarded port needs (`administratively prohibited`). A tunnel made with `ssh -L` still takes the connection on this side and closes it at once. Delve Doctor's own connection then carries DAP through a program in a channel of its own (socat, python3, perl, nc or bash): it works, and each message passes one program more. Where the configuration only knows the near end of an `ssh -L`, the ssh of that tunnel is asked once more, without questions to anybody, for a stream to port 9, which is nobody's: to connect to dlv itself would use it up.",
    notThis:
      "A port on which nothing listens refuses a stream as well, in other words (`connect failed`): that is not a policy. A tunnel that is closed at once may also have reached a dlv that belongs to another user or has its one client. sshd_config read without its Match blocks misleads: `sshd -T -C user=…` says what holds.",
    sources: [
      "microsoft/vscode-remote-release#7506",
      "microsoft/vscode-remote-release#9343",
      "microsoft/vscode-remote-release#84",
      "microsoft/vscode-remote-release#398",
      "microsoft/vscode-remote-release#4605",
      "https://man.openbsd.org/sshd_config#AllowTcpForwarding",
      "https://www.rfc-editor.org/rfc/rfc4254#section-5.1",
    ],
    seen: "real",
  },
  needs: { streams: sshStreams, policy: sshdPolicy },
  when: (launch) => prohibited(launch) !== undefined || cutTunnel(launch) !== undefined,
  find({ streams, policy }, launch) {
    const lines = offLines(policy);
    const own = prohibited(launch);
    const tunnel = cutTunnel(launch);
    const read = lines.map((line) => `${policy?.from}: ${line}`);
    const host = launch.timeline.link?.opened?.host.name ?? tunnel?.alias ?? say`the host`;
    if (tunnel === undefined && own !== undefined)
      return {
        certainty: "proven",
        because: say`sshd on ${host} prohibits a stream to ${own.to}, so DAP runs through a relay program in a channel of its own: it works, and each message passes one program more.`,
        evidence: [
          say`a channel to ${own.to} on the connection that runs our commands: ${own.words}`,
          ...read,
        ],
        fixes: [allow(host, true)],
      };
    const effective = policy?.from === "sshd -T" && lines.length > 0;
    // The settings may be those of another sshd than the tunnel's; a stream that was given shows that they are.
    const refused = streams === "prohibited" || (streams !== "given" && lines.length > 0);
    if (tunnel === undefined || (own === undefined && !refused)) return undefined;
    return {
      certainty: own !== undefined || effective ? "proven" : "likely",
      because: say`The connection goes through \`ssh -L\` to ${host}, whose sshd prohibits forwarded streams: the tunnel takes it here and closes it before Delve can say anything.`,
      evidence: [
        ...(own === undefined
          ? []
          : [say`a channel to ${own.to} on a connection that runs commands: ${own.words}`]),
        ...(streams === "prohibited"
          ? [`ssh -W 127.0.0.1:9 ${host}: open failed: administratively prohibited`]
          : []),
        ...read,
        endOf(launch),
      ],
      explains: { phase: "handshake", ms: spent(launch.timeline, "handshake") },
      fixes: [useOn(host), allow(host, false)],
    };
  },
});

function endOf({ timeline }: Launch): string {
  const { stream, dropped } = timeline.link ?? {};
  const [pid, address] = [stream?.through?.pid ?? 0, stream?.address ?? ""];
  return say`ssh (pid ${pid}) listens at ${address}; the stream through it was ${endWord(dropped?.how ?? "closed")} after ${dropped?.quietMs ?? 0} ms without a byte from Delve`;
}

function prohibited({ timeline }: Launch): Refused | undefined {
  return timeline.link?.refused.find(({ why }) => why === "prohibited");
}

/** Where an ssh tunnel took the DAP connection, lives on, and gave nothing before it closed it. */
function cutTunnel({ timeline }: Launch): SshLogin | undefined {
  const { stream, dropped } = timeline.link ?? {};
  const early = timeline.phases.every(({ name }) => name === "start" || name === "handshake");
  if (!early || stream?.through === undefined || dropped?.forwarderGone !== false) return undefined;
  return sshLogin(stream.through);
}

/** The lines of sshd's settings that refuse a stream to where dlv listens. */
function offLines(policy: SshdPolicy | undefined): string[] {
  const off = (keyword: string, values: RegExp) => {
    const value = policyOf(policy, keyword);
    return value !== undefined && values.test(value) ? [`${keyword} ${value}`] : [];
  };
  return [
    ...off("allowtcpforwarding", /^(no|remote)$/i),
    ...off("disableforwarding", /^yes$/i),
    ...off("permitopen", /^none$/i),
  ];
}

function useOn(host: string): Fix {
  return {
    id: "sshd-forwarding-off/own-channel",
    title: say`Reach dlv through Delve Doctor's own connection to ${host}`,
    preferred: true,
    needsRoot: false,
    scope: "launch",
    action: {
      kind: "advice",
      text: say`Do without the tunnel: give the configuration "delveDoctor": { "on": "ssh:${host}" }, or run with --on ssh:${host}, and name the port that dlv has there. DAP then goes through a channel that this sshd allows.`,
    },
  };
}

function allow(host: string, preferred: boolean): Fix {
  return {
    id: "sshd-forwarding-off/allow",
    title: say`Ask the owner of ${host} to allow streams to its own loopback`,
    preferred,
    needsRoot: true,
    scope: "machine",
    action: {
      kind: "advice",
      text: [
        say`A decision of the server's owner. In ${host}'s sshd_config, at its end, then \`systemctl reload ssh\` (or sshd):`,
        "Match User YOU",
        "    DisableForwarding no",
        "    AllowTcpForwarding local",
        "    PermitOpen 127.0.0.1:* localhost:*",
      ].join("\n"),
    },
  };
}
