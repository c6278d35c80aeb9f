import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { dlvProgram } from "../../probes/dlvProgram.ts";
import { askedWords, installDelve, isAsked, lostToQuestion } from "./prompt.ts";

const id = "dlv-missing-prompt";

/** The Go extension waits for an answer, and then starts nothing. */
export const dlvMissingPrompt = cause({
  id,
  title: say`The Go extension asks whether to install dlv, and F5 waits`,
  about: {
    what: 'Where the Go extension finds no dlv (go.alternateTools, GOBIN, GOPATH/bin, PATH) it shows "The "dlv" command is not available" and waits for the answer before anything else happens. A toast leaves the screen by itself, and with Do Not Disturb it never gets there: then F5 seems dead. Whatever is answered, that launch ends, and F5 has to be pressed again.',
    notThis:
      "Where the question was declined before, the Go extension no longer asks: the launch goes on and fails at its start. A dlv that is there and broken is not asked about.",
    sources: [
      "golang/vscode-go#1682",
      "golang/vscode-go#2339",
      "microsoft/vscode-go#399",
      "microsoft/vscode-go#874",
      "gitpod-io/workspace-images#505",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts",
    ],
    seen: "real",
  },
  needs: { file: dlvProgram },
  where: "editor",
  when: isAsked,
  find({ file }, launch) {
    if (file.kind !== "missing" || file.others.length > 0) return undefined;
    return {
      // What stands behind the bell cannot be seen: nobody knows whether the question was answered meanwhile.
      certainty: "likely",
      because: say`There is no dlv, and the Go extension waits for an answer to its question whether to install it.`,
      evidence: [
        say`${file.path}: not on the PATH of the extension host, in GOBIN or in GOPATH/bin`,
        askedWords(launch),
      ],
      ...lostToQuestion(launch),
      fixes: [installDelve(id, say`Install the newest Delve; then press F5 again`)],
    };
  },
});
