import { cause } from "../../core/cause.ts";
import { buildDirectory } from "../../core/goBuild.ts";
import { builds } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { saidBy } from "../failure.ts";
import { either } from "../texts/row.ts";
import { binaryHeld, policyBlocks, processRefused, virusFound } from "../texts.ts";
import { onWindows } from "./onWindows.ts";

const neverStarted = either(policyBlocks, processRefused, virusFound);

/** Windows keeps a program's file as long as anything has it open, and for a moment longer. */
export const windowsDebugBinLocked = cause({
  id: "windows-debug-bin-locked",
  title: say`Windows still held the debugged program's file when dlv wanted to remove it`,
  about: {
    what: "At the end of a session dlv removes the program that it built. Windows does not remove a file that is open, and it holds a program's file for a moment after its end; a virus scanner that looks at it holds it longer. Delve up to 1.26 tries for 20 ms, then says `could not remove …__debug_bin….exe: Access is denied` and leaves the file behind. Delve 1.27 tries for almost five seconds. The launch itself is not harmed; the leftovers take space.",
    notThis:
      "A program that was never started because a policy or a scanner blocked it cannot be removed either: then that is the cause. A program that still runs, from an earlier session, holds its own file for as long as it lives.",
    sources: ["go-delve/delve#4357", "go-delve/delve#1048", "go-admin-team/go-admin#294"],
    seen: "recorded",
  },
  needs: {},
  when: (launch) =>
    onWindows(launch) && binaryHeld.test(saidBy(launch)) && !neverStarted.test(saidBy(launch)),
  find(_, launch) {
    const said = binaryHeld.exec(saidBy(launch));
    if (said === null) return undefined;
    const [text, file = "", why = ""] = said;
    return {
      certainty: "likely",
      because: say`dlv could not remove ${file}: ${why.toLowerCase()}, because Windows still held the file.`,
      evidence: [`dlv: ${text}`],
      fixes: [
        {
          id: "windows-debug-bin-locked/update",
          title: say`Take Delve 1.27 or newer, which waits longer, and remove what is left`,
          preferred: true,
          needsRoot: false,
          scope: "user",
          action: {
            kind: "advice",
            text: say`Run \`go install github.com/go-delve/delve/cmd/dlv@latest\`, and remove the files __debug_bin*.exe in ${builds(launch) ? buildDirectory(launch) : launch.cwd} while nothing is debugged.`,
          },
        },
      ],
    };
  },
});
