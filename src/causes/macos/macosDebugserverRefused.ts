import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { type MacDebugging, macDebugging } from "../../probes/macDebugging.ts";
import { macProcessor } from "../../probes/macProcessor.ts";
import { lostLoad, saidBy } from "../failure.ts";
import { stubExited } from "../texts.ts";
import { mayWaitForADialog } from "./dialog.ts";

/** On macOS Delve works through Apple's debugserver, and macOS asks who may use that. */
export const macosDebugserverRefused = cause({
  id: "macos-debugserver-refused",
  title: say`macOS does not let debugserver take the program`,
  about: {
    what: "On macOS Delve starts programs through Apple's debugserver, which needs leave to take another process: developer mode must be on, and the user a member of the group `_developer`. Where that is missing, debugserver ends (`failed to get the task for process`) and Delve says `could not launch process: stub exited while waiting for connection: exit status 0`. In a session with a screen macOS may ask for a password instead, in a dialog that can lie behind the window, and the launch waits for it. Over ssh nobody can answer, so membership in the group decides.",
    notThis:
      "The same text comes where debugserver itself crashes (command line tools of another macOS: install them anew), where localhost in /etc/hosts is broken, where a security product interferes, and under Rosetta. Developer mode that is on does not clear the group's case.",
    sources: [
      "go-delve/delve#1534",
      "go-delve/delve#1707",
      "go-delve/delve#3102",
      "go-delve/delve#3406",
      "golang/vscode-go#2192",
    ],
    seen: "recorded",
  },
  needs: { mac: macDebugging, processor: macProcessor },
  when: (launch) => stubExited.test(saidBy(launch)) || mayWaitForADialog(launch),
  find({ mac, processor }, launch) {
    if (mac === undefined || processor?.translated === true) return undefined;
    const said = stubExited.exec(saidBy(launch))?.[0];
    const why = lacks(mac);
    if (why.length === 0 && said === undefined) return undefined;
    const waits = said === undefined;
    return {
      certainty: why.length > 0 && !waits ? "likely" : "possible",
      because: waits
        ? say`macOS may be asking for a password before it lets debugserver take the program: ${told(why)}.`
        : why.length > 0
          ? say`macOS refused debugserver: ${told(why)}.`
          : say`debugserver ended before it talked to dlv, though developer mode and group allow it to debug.`,
      evidence: [
        ...(said === undefined ? [] : [`dlv: ${said}`]),
        modeWords(mac),
        memberWords(mac),
        ...(mac.ssh ? [say`SSH_CONNECTION is set: nobody can answer a dialog in this session`] : []),
        `macOS ${mac.system}`,
      ],
      ...(waits
        ? { explains: { phase: "load", ms: spent(launch.timeline, "load") } }
        : lostLoad(launch, stubExited)),
      fixes: fixes(mac),
    };
  },
});

function told(why: readonly string[]): string {
  return why.reduce((all, one) => say`${all}, and ${one}`);
}

function modeWords({ developerMode }: MacDebugging): string {
  if (developerMode === undefined) return say`DevToolsSecurity -status: developer mode perhaps`;
  return developerMode
    ? say`DevToolsSecurity -status: developer mode enabled`
    : say`DevToolsSecurity -status: developer mode disabled`;
}

function memberWords({ developer, user }: MacDebugging): string {
  if (developer === undefined) return say`dseditgroup: ${user} is perhaps a member of _developer`;
  return developer
    ? say`dseditgroup: ${user} is a member of _developer`
    : say`dseditgroup: ${user} is not a member of _developer`;
}

function lacks({ developerMode, developer, user, ssh }: MacDebugging): string[] {
  const group = developer === false && (ssh || developerMode === false || developerMode === undefined);
  return [
    ...(developerMode === false ? [say`developer mode is off`] : []),
    ...(group ? [say`${user} is not a member of the group _developer`] : []),
  ];
}

function fixes({ developerMode, developer, user, ssh }: MacDebugging): Fix[] {
  const mode: Omit<Fix, "preferred"> = {
    id: "macos-debugserver-refused/developer-mode",
    title: say`Turn developer mode on: members of _developer may then debug without a password`,
    needsRoot: true,
    scope: "machine",
    action: {
      kind: "command",
      argv: ["/usr/sbin/DevToolsSecurity", "-enable"],
      undo: ["/usr/sbin/DevToolsSecurity", "-disable"],
    },
  };
  const list = ["/Groups/_developer", "GroupMembership", user];
  const group: Omit<Fix, "preferred"> = {
    id: "macos-debugserver-refused/group",
    title: say`Make ${user} a member of the group _developer (log in again afterwards)`,
    needsRoot: true,
    scope: "machine",
    action: {
      kind: "command",
      argv: ["/usr/bin/dscl", ".", "-append", ...list],
      undo: ["/usr/bin/dscl", ".", "-delete", ...list],
    },
  };
  const tools: Omit<Fix, "preferred"> = {
    id: "macos-debugserver-refused/tools",
    title: say`Install the command line tools anew`,
    needsRoot: true,
    scope: "machine",
    action: {
      kind: "advice",
      text: say`Run \`sudo rm -rf /Library/Developer/CommandLineTools\` and then \`xcode-select --install\`: a debugserver of another macOS crashes. See also that /etc/hosts has a line \`127.0.0.1 localhost\`.`,
    },
  };
  const access = ssh && developer === false ? [group, mode] : [mode, group];
  const needed = access.filter((one) => (one === mode ? developerMode !== true : developer !== true));
  return [...needed, tools].map((fix, index) => ({ ...fix, preferred: index === 0 }));
}
