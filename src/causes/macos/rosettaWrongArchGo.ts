import { cause } from "../../core/cause.ts";
import { allOf } from "../../core/lists.ts";
import { say } from "../../core/say.ts";
import { type MacProcessor, macProcessor } from "../../probes/macProcessor.ts";
import { lostLoad, saidBy } from "../failure.ts";
import { either } from "../texts/row.ts";
import { stubExited, underRosetta } from "../texts.ts";

const refused = either(underRosetta, stubExited);

/** Rosetta translates a program as a whole, debugger and all; Apple's debugserver does not work in it. */
export const rosettaWrongArchGo = cause({
  id: "rosetta-wrong-arch-go",
  title: say`dlv or Go is made for Intel and runs translated on Apple silicon`,
  about: {
    what: "A Mac with Apple silicon runs Intel programs through Rosetta, and whatever they start is translated as well. Delve does not work there: `can not run under Rosetta, check that the installed build of Go is right for your CPU architecture`, or only `stub exited`. It happens with a Go or a dlv that was installed for darwin-amd64 (Homebrew in /usr/local is the usual one, carried over from an older Mac), or with an editor or a terminal that is set to open with Rosetta.",
    notThis:
      "On an Intel Mac everything is amd64, rightly. A terminal that is right says nothing about the editor: what counts is the process that starts dlv.",
    sources: [
      "go-delve/delve#2604",
      "go-delve/delve#2908",
      "go-delve/delve#3592",
      "golang/vscode-go#3466",
      "microsoft/vscode#163616",
    ],
    seen: "recorded",
  },
  needs: { processor: macProcessor },
  when: (launch) => refused.test(saidBy(launch)),
  find({ processor }, launch) {
    if (processor?.appleSilicon !== true) return undefined;
    const wrong = intel(processor);
    const said = refused.exec(saidBy(launch))?.[0] ?? "";
    if (wrong.length === 0) return undefined;
    return {
      certainty: "likely",
      because: say`${allOf(wrong)}, but this Mac has Apple silicon: Delve cannot debug under Rosetta.`,
      evidence: [
        `dlv: ${said}`,
        "sysctl hw.optional.arm64: 1",
        `sysctl sysctl.proc_translated: ${Number(processor.translated)}`,
        ...(processor.dlv === undefined ? [] : [say`file: dlv is ${processor.dlv}`]),
        ...(processor.go === undefined ? [] : [say`file: go is ${processor.go}`]),
      ],
      ...lostLoad(launch, refused),
      fixes: [
        {
          id: "rosetta-wrong-arch-go/native",
          title: say`Use programs for Apple silicon throughout`,
          preferred: true,
          needsRoot: false,
          scope: "user",
          action: { kind: "advice", text: remedy(processor) },
        },
      ],
    };
  },
});

function intel({ dlv, go, translated }: MacProcessor): string[] {
  const programs = Object.entries({ dlv, go }).filter(([, kind]) => kind === "x86_64");
  const named = programs.map(([name]) => say`${name} is made for Intel`);
  return named.length === 0 && translated ? [say`the process that starts dlv runs translated`] : named;
}

function remedy({ dlv, go, translated }: MacProcessor): string {
  return [
    ...(go === "x86_64"
      ? [say`Install Go for darwin-arm64 (go.dev/dl, or Homebrew in /opt/homebrew) and put it first on PATH.`]
      : []),
    ...(dlv === "x86_64" || go === "x86_64"
      ? [say`Then install dlv anew with that Go: \`go install github.com/go-delve/delve/cmd/dlv@latest\`.`]
      : []),
    ...(translated
      ? [
          say`Quit the editor or terminal, take the tick from "Open using Rosetta" in its Get Info window, and start it again.`,
        ]
      : []),
  ].join(" ");
}
