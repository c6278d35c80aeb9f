import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { dlvModule } from "../../probes/dlvModule.ts";
import { askedWords, installDelve, isAsked, lostToQuestion } from "./prompt.ts";

const id = "dlv-outdated-prompt";

/** The Delve that the Go extension knows as the latest (goToolsInformation.ts, 0.58): it asks about older ones only. */
const known = [1, 8, 3] as const;

/** The Go extension waits for an answer before it goes on with an old dlv. */
export const dlvOutdatedPrompt = cause({
  id,
  title: say`The Go extension asks whether to update dlv, and F5 waits`,
  about: {
    what: 'The Go extension compares the module version of dlv (`go version -m dlv`) with the latest it knows, v1.8.3, once in a window. Where dlv is older it shows "Your version of dlv appears to be out of date" and waits for the answer before the launch goes on. A toast leaves the screen by itself: then F5 hangs until the bell is opened.',
    notThis:
      "A dlv from v1.8.3 on is never asked about, however old it is. With `go.toolsManagement.autoUpdate` there is no question, and `go install` runs instead; with `go.toolsManagement.checkForUpdates` set to `off` nothing is compared.",
    sources: [
      "golang/vscode-go#1814",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goInstallTools.ts",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goToolsInformation.ts",
    ],
    seen: "real",
  },
  needs: { version: dlvModule },
  where: "editor",
  when: isAsked,
  find({ version }, launch) {
    if (version === undefined || !isOlder(version)) return undefined;
    return {
      certainty: "likely",
      because: say`dlv is ${version}, and the Go extension waits for an answer to its question whether to update it.`,
      evidence: [
        say`go version -m ${launch.dlv}: github.com/go-delve/delve v${version}, older than v${known.join(".")}`,
        askedWords(launch),
      ],
      ...lostToQuestion(launch),
      fixes: [
        installDelve(id, say`Install the newest Delve`),
        {
          id: `${id}/do-not-check`,
          title: say`Do not have the Go extension compare versions`,
          preferred: false,
          needsRoot: false,
          scope: "folder",
          action: { kind: "setting", key: "go.toolsManagement.checkForUpdates", value: "off" },
        },
      ],
    };
  },
});

/** As semver orders them: a pre-release of v1.8.3 is older than v1.8.3 itself. */
function isOlder(version: string): boolean {
  const [core = "", ...more] = version.split(/[-+]/);
  const numbers = core.split(".").map(Number);
  for (const [index, ours] of known.entries()) {
    const theirs = numbers[index] ?? 0;
    if (theirs !== ours) return theirs < ours;
  }
  return more.length > 0 && version.includes("-");
}
