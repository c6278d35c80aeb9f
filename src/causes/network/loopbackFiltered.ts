import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { say } from "../../core/say.ts";
import { type Loopback, loopback } from "../../probes/loopback.ts";
import { wslNetwork } from "../../probes/wslNetwork.ts";
import { dlvNotReached, lostReach } from "./unreached.ts";

const id = "loopback-filtered";

/** Everything between the editor and its own dlv goes over 127.0.0.1; where that is closed, nothing can. */
export const loopbackFiltered = cause({
  id,
  title: say`Connections within this machine (127.0.0.1) do not come through`,
  about: {
    what: "dlv listens on 127.0.0.1, or dials back to it, and the editor speaks to it there. A firewall without an exception for the interface lo, a VPN or proxy tool that redirects everything, or a network namespace whose lo was never set up stops that: dlv prints that it listens, and no connection ever comes up. The Go extension gives up after a second with `connection timeout`.",
    notThis:
      "A dlv that is not there refuses at once and leaves other ports alone. So a listener and a connection of our own are tried, at a port that the kernel picks: dlv's own port takes one client only and is not touched. Under WSL's mirrored network mode loopback may be slow by itself.",
    sources: [
      "golang/vscode-go#1693",
      "go-delve/delve#1650",
      "go-delve/delve#955",
      "https://man7.org/linux/man-pages/man8/iptables.8.html",
    ],
    seen: "real",
  },
  needs: { tried: loopback, wsl: wslNetwork },
  when: dlvNotReached,
  find({ tried, wsl }, launch) {
    if (tried === undefined || tried.outcome === "connected" || wsl === "mirrored") return undefined;
    const down = isDown(tried);
    // Anything else that bind(2) says, and a connect(2) that finds no port of its own, is about ports or rights and no filter.
    if (!down && (tried.outcome === "bind" || noAddress.test(tried.error))) return undefined;
    const { dlv } = launch.timeline;
    const failure = launch.timeline.failure?.text;
    return {
      certainty: "proven",
      because: say`A connection from 127.0.0.1 to 127.0.0.1 ${how(tried)}: dlv cannot be reached that way.`,
      evidence: [
        say`own listener and connection on 127.0.0.1 (${tried.by}): ${how(tried)}`,
        ...(dlv?.listening === undefined ? [] : [say`dlv (pid ${dlv.pid}) listens at ${dlv.listening}`]),
        ...(failure === undefined ? [] : [failure]),
      ],
      ...lostReach(launch),
      fixes: [down ? setUp : exempt],
    };
  },
});

/** EADDRNOTAVAIL in the words of glibc and musl. */
const noAddress = /^(?:Cannot assign requested address|Address not available)$/;

/** Without its interface up 127.0.0.1 is no address of this machine, or there is no way to it (musl: "Network unreachable"). */
function isDown({ outcome, error }: Loopback): boolean {
  return outcome === "bind" ? noAddress.test(error) : /^Network (?:is )?unreachable$/.test(error);
}

function how({ outcome, error, ms }: Loopback): string {
  if (outcome === "silence") return say`got no answer in ${(ms / 1000).toFixed(1)} s`;
  return say`failed at ${outcome}(2): ${error}`;
}

const exempt: Fix = {
  id: `${id}/exempt`,
  title: say`Let the firewall, VPN or proxy tool leave loopback alone`,
  preferred: true,
  needsRoot: false,
  scope: "machine",
  action: {
    kind: "advice",
    text: say`Something filters or redirects packets on lo. As root, look for it (nft list ruleset, iptables-save), and let lo through before every other rule: iptables -I INPUT -i lo -j ACCEPT; iptables -I OUTPUT -o lo -j ACCEPT. A VPN or proxy tool has an exception for local addresses (127.0.0.0/8) in its settings.`,
  },
};

const setUp: Fix = {
  id: `${id}/lo-up`,
  title: say`Set the loopback interface up`,
  preferred: true,
  needsRoot: true,
  scope: "until-reboot",
  action: {
    kind: "command",
    argv: ["ip", "link", "set", "lo", "up"],
    undo: ["ip", "link", "set", "lo", "down"],
  },
};
