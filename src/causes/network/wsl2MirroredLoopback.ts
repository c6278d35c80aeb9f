import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { loopback } from "../../probes/loopback.ts";
import { wslNetwork } from "../../probes/wslNetwork.ts";
import { dlvNotReached, lostReach } from "./unreached.ts";

const id = "wsl2-mirrored-loopback";

/** A connection within one machine takes well under this (ms); the Go extension waits as long for dlv. */
const slowMs = 1000;

/** In mirrored mode WSL passes loopback connections by way of Windows. */
export const wsl2MirroredLoopback = cause({
  id,
  title: say`WSL's mirrored network makes loopback slow`,
  about: {
    what: "With `networkingMode=mirrored` in .wslconfig, WSL 2 shares 127.0.0.1 with Windows and passes connections on by way of the host. In several versions such a connection takes seconds to minutes. The Go extension allows dlv's one second, so the launch fails, or each launch begins late.",
    notThis:
      "Most mirrored machines are fast, so a connection of our own is timed first. Without WSL the same slowness is a firewall's. A slow file system below /mnt/c is something else.",
    sources: [
      "microsoft/WSL#11211",
      "microsoft/WSL#10844",
      "microsoft/WSL#11184",
      "microsoft/vscode#198429",
      "https://learn.microsoft.com/windows/wsl/networking",
    ],
    seen: "recorded",
  },
  needs: { tried: loopback, mode: wslNetwork },
  when: dlvNotReached,
  find({ tried, mode }, launch) {
    if (mode !== "mirrored" || tried === undefined) return undefined;
    if (tried.outcome === "connected" && tried.ms < slowMs) return undefined;
    const took = `${(tried.ms / 1000).toFixed(1)} s`;
    const own = say`own listener and connection on 127.0.0.1 (${tried.by})`;
    const what =
      tried.outcome === "connected"
        ? say`took ${took}`
        : tried.error === ""
          ? say`did not come up in ${took}`
          : say`did not come up in ${took} ${tried.error}`;
    return {
      certainty: "likely",
      because: say`WSL runs in mirrored network mode, and a connection to 127.0.0.1 ${what}.`,
      evidence: ["wslinfo --networking-mode: mirrored", `${own}: ${what}`],
      ...lostReach(launch),
      fixes: [
        {
          id: `${id}/nat`,
          title: say`Run WSL in its usual network mode (NAT)`,
          preferred: true,
          needsRoot: false,
          scope: "machine",
          action: {
            kind: "advice",
            text: say`In Windows, in %UserProfile%\\.wslconfig under [wsl2]: networkingMode=nat. Then wsl --shutdown, and open the folder anew. wsl --update may help as well: newer versions have mended some of it.`,
          },
        },
      ],
    };
  },
});
