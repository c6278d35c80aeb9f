import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { dlvFirstWords } from "../../probes/dlvFirstWords.ts";
import { configUnwritable } from "../texts.ts";
import { inOrder, letUsStart, lostStart, startsChild, waitedInVain } from "./golangStart.ts";

const id = "no-home-log-before-banner";

/** A line of dlv's log that comes together with the line golang.go waits for hides it. */
export const noHomeLogBeforeBanner = cause({
  id,
  title: say`dlv complains of its configuration directory just before it says that it listens`,
  about: {
    what: "dlv makes a directory for its settings ($XDG_CONFIG_HOME/dlv, else .config/dlv in the home of the user database) when it starts. Where it cannot, because the user id has no entry there, the home is missing or read-only, it logs `could not create config directory` first and `DAP server listening at:` right after it. golang.go looks for the second line only at the beginning of what it reads: when both arrive in one piece it misses it and waits 30 s for nothing, now and then and not each time. Delve up to 1.22 always logs the line; newer ones only with `--log`.",
    notThis:
      "A home that is missing is no fault by itself: dlv must try to write there and say so. Other starts of the same dlv go well, which is no sign that all is well. Through Delve Doctor's proxy the line is found wherever it stands.",
    sources: [
      "go-delve/delve#1109",
      "https://github.com/go-delve/delve/blob/v1.22.1/cmd/dlv/cmds/commands.go",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugFactory.ts",
    ],
    seen: "real",
  },
  where: "editor",
  needs: { words: dlvFirstWords },
  when: (launch) => startsChild(launch) && (launch.timeline.totalMs === 0 || waitedInVain(launch)),
  find({ words }, launch) {
    const line = words?.early.find((one) => configUnwritable.test(one));
    const said = configUnwritable.exec(line ?? "")?.[0];
    if (words === undefined || line === undefined || said === undefined || words.fd3 === "lost")
      return undefined;
    return {
      // The line comes each time, and hides the next one only where both are read at once.
      certainty: launch.timeline.totalMs === 0 ? "possible" : "likely",
      because: say`dlv logs "${said}" right before it says that it listens, and golang.go recognises that line only where it comes first.`,
      evidence: [
        say`${words.path} dap, file descriptor 3, first line: ${line}`,
        say`both lines come within a millisecond: whether they are read in one piece is chance`,
      ],
      ...lostStart(launch),
      fixes: inOrder([elsewhere(launch), letUsStart(id)]),
    };
  },
});

function elsewhere({ folder }: Launch): Omit<Fix, "preferred"> {
  return {
    id: `${id}/config-home`,
    title: say`Give dlv a directory for its settings that it can write to: .vscode in this folder (go and git look for theirs there, too)`,
    needsRoot: false,
    scope: "launch",
    action: {
      kind: "launch.json",
      edits: [{ at: ["env", "XDG_CONFIG_HOME"], value: `${folder}/.vscode` }],
    },
  };
}
