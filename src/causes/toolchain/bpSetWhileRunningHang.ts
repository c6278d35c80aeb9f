import { cause } from "../../core/cause.ts";
import { delveFor, goMinor, isOlderDelve } from "../../core/delveReleases.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import type { Unanswered } from "../../core/unanswered.ts";
import { dlvPlace } from "../../probes/dlvPlace.ts";
import { dlvVersion } from "../../probes/dlvVersion.ts";
import { goVersion } from "../../probes/goVersion.ts";
import { traces } from "../failure.ts";
import { installDelve } from "./delveInstall.ts";
import { inOrder } from "./golangStart.ts";

const id = "bp-set-while-running-hang";

/** The first release that halts the program for a breakpoint by itself; tried out with 1.6.0 and 1.6.1. */
const fixedIn = "1.6.1";

/** How long (ms) an answer may take before it counts as none. */
const patienceMs = 3000;

/** Delve's DAP server once took breakpoints only while the program stood still. */
export const bpSetWhileRunningHang = cause({
  id,
  title: say`This Delve takes no breakpoint while the program runs`,
  about: {
    what: "To set or remove a breakpoint dlv must stop the program for a moment. `dlv dap` does so from Delve 1.6.1 on (for function breakpoints from 1.7.0); before, a request to set breakpoints while the program ran waited for its next stop, and so did every request after it, the one to end the session included: the editor's breakpoints stay grey and Stop does nothing. Press Pause first, or take a newer Delve.",
    notThis:
      "A newer Delve that does not answer is held up by something else: a signal, a disk, a program that cannot be stopped (state D). Two waits that look like it are the editor's own: the legacy adapter, and a focus on a goroutine that has ended (golang/vscode-go#1648).",
    sources: [
      "golang/vscode-go#1475",
      "golang/vscode-go#1648",
      "golang/vscode-go#2034",
      "microsoft/vscode-go#978",
      "microsoft/vscode-go#2002",
      "go-delve/delve#2499",
    ],
    seen: "real",
  },
  needs: { dlv: dlvVersion, go: goVersion, place: dlvPlace },
  when: (launch) => traces(launch) && waiting(launch) !== undefined,
  find({ dlv, go, place }, launch) {
    const request = waiting(launch);
    if (request === undefined || !isOlderDelve(dlv, fixedIn)) return undefined;
    const release = delveFor(goMinor(go ?? "") ?? 16) ?? "latest";
    return {
      certainty: "likely",
      because: say`Delve ${dlv} sets no breakpoint while the program runs, and has not answered ${request.command} for ${(request.ms / 1000).toFixed(1)} s.`,
      evidence: [
        say`dlv version: ${dlv} (${place?.path ?? launch.dlv}); ${fixedIn} is the first that halts the program for it`,
        say`${request.command}: no response for ${(request.ms / 1000).toFixed(1)} s, while the program runs`,
      ],
      fixes: inOrder([
        installDelve(id, say`Install Delve ${release}`, release, place),
        {
          id: `${id}/pause`,
          title: say`Pause the program before breakpoints are changed`,
          needsRoot: false,
          scope: "launch",
          action: {
            kind: "advice",
            text: say`Press Pause, change the breakpoints, and Continue. A session that hangs already goes on at the program's next stop; else end dlv.`,
          },
        },
      ]),
    };
  },
});

/** The oldest request about breakpoints that waits while the program runs. */
function waiting({ timeline }: Launch): Unanswered | undefined {
  if (timeline.current !== "run") return undefined;
  return timeline.unanswered?.find(({ ms }) => ms >= patienceMs);
}
