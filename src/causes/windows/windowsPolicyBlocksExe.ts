import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { saidBy } from "../failure.ts";
import { policyBlocks } from "../texts.ts";
import { explainsFailure, onWindows } from "./onWindows.ts";

/** AppLocker, App Control and software restriction policies all decide by signer, hash or folder. */
export const windowsPolicyBlocksExe = cause({
  id: "windows-policy-blocks-exe",
  title: say`A policy of this machine forbids programs that are built in this folder`,
  about: {
    what: "AppLocker, App Control for Business and software restriction policies let only those programs run whose signer, hash or folder is allowed. A program that was built a second ago has neither signer nor known hash, so its folder decides: `fork/exec …: This program is blocked by group policy`, or `An Application Control policy has blocked this file`. The event log says which rule it was: AppLocker's event 8004, or CodeIntegrity's 3077.",
    notThis:
      "A virus scanner answers `Access is denied` or names a virus. `The requested operation requires elevation` comes from the program's own manifest. The advice to put `__debug_bin` into .gitignore, which goes round for this text, has nothing to do with it.",
    sources: [
      "microsoft/vscode#83505",
      "https://learn.microsoft.com/windows/security/application-security/application-control/app-control-for-business/applocker/using-event-viewer-with-applocker",
    ],
    seen: "recorded",
  },
  needs: {},
  when: (launch) => onWindows(launch) && policyBlocks.test(saidBy(launch)),
  find(_, launch) {
    const said = policyBlocks.exec(saidBy(launch));
    if (said === null) return undefined;
    const file = said[1] ?? say`the program`;
    return {
      certainty: "likely",
      because: say`A policy of this machine does not let ${file} run.`,
      evidence: [`Windows: ${said[2]}`, say`the file: ${file}`],
      ...explainsFailure(launch),
      fixes: [
        {
          id: "windows-policy-blocks-exe/folder",
          title: say`Build the program in a folder where programs may run`,
          preferred: true,
          needsRoot: false,
          scope: "machine",
          action: {
            kind: "advice",
            text: say`Ask those who run the policy for a folder in which programs of yours may run (Get-AppLockerPolicy -Effective -Xml lists the rules), and name a file in it in the launch configuration: "output": "D:\\\\Allowed\\\\__debug_bin.exe".`,
          },
        },
      ],
    };
  },
});
