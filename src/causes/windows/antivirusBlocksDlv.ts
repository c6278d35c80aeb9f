import { type Certainty, cause } from "../../core/cause.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { saidBy } from "../failure.ts";
import { policyBlocks, processRefused, virusFound } from "../texts.ts";
import { explainsFailure, onWindows } from "./onWindows.ts";

/** What Node says of a dlv.exe that Windows does not let start. */
const startRefused = /^(?:EACCES|EPERM|UNKNOWN)$/;

/** A debugger starts a program that nobody has seen before and reads its memory: what malware does as well. */
export const antivirusBlocksDlv = cause({
  id: "antivirus-blocks-dlv",
  title: say`A virus scanner holds dlv, or the program that dlv built`,
  about: {
    what: "Each debug launch builds a program that no scanner has seen before, and dlv starts it and reads its memory. Microsoft Defender, Trend Micro and other products take either for malware at times: dlv.exe vanishes or does not start (`spawn EPERM`, `spawn UNKNOWN`), or Windows refuses the new program with `Operation did not complete successfully because the file contains a virus` or `Access is denied`. Smart App Control of Windows 11 stops a dlv.exe that it does not know in the same way. A scan alone makes each launch slower by some seconds. Windows keeps a list: Windows Security, Protection history, or events 1116 and 1117 of Microsoft-Windows-Windows Defender/Operational.",
    notThis:
      "`Access is denied` has other reasons: a program that still runs, permissions of the folder, a debugger that the system forbids. A policy says so in its own words. Without the scanner's own event a slow first start is only a guess, because SmartScreen looks at new programs as well.",
    sources: [
      "go-delve/delve#4081",
      "go-delve/delve#4342",
      "go-delve/delve#1161",
      "go-delve/delve#600",
      "golang/vscode-go#1693",
      "dotnet/vscode-csharp#2708",
    ],
    seen: "recorded",
  },
  needs: {},
  when: (launch) => onWindows(launch) && !policyBlocks.test(saidBy(launch)) && refusal(launch) !== undefined,
  find(_, launch) {
    const seen = refusal(launch);
    if (seen === undefined) return undefined;
    return {
      certainty: seen.certainty,
      because: seen.because,
      evidence: [seen.quote],
      ...explainsFailure(launch),
      fixes: [
        {
          id: "antivirus-blocks-dlv/allow",
          title: say`Look into the scanner's history, and let it allow ${seen.file}`,
          preferred: true,
          needsRoot: true,
          scope: "machine",
          action: {
            kind: "advice",
            text: say`Open Windows Security, Protection history (or run Get-MpThreatDetection in PowerShell) and look for ${seen.file}. Where it is there, restore it and add an exclusion for dlv.exe and for the folder that the program is built in; on a managed machine ask those who run the scanner. An exclusion is a hole: make it as small as it can be.`,
          },
        },
      ],
    };
  },
});

interface Refusal {
  readonly file: string;
  readonly quote: string;
  readonly because: string;
  readonly certainty: Certainty;
}

function refusal(launch: Launch): Refusal | undefined {
  const { spawnError } = launch.timeline;
  const said = saidBy(launch);
  const virus = virusFound.exec(said);
  const refused = virus ?? processRefused.exec(said);
  if (refused !== null) {
    const file = refused[1] ?? say`the program`;
    const because = virus
      ? say`Windows did not start ${file}: its virus scanner takes it for malware.`
      : say`Windows did not let dlv start ${file}: a virus scanner may hold it.`;
    return { file, quote: `dlv: ${refused[0]}`, because, certainty: virus ? "likely" : "possible" };
  }
  if (spawnError === undefined || !startRefused.test(spawnError.errno)) return undefined;
  const quote = `${spawnError.errno}: ${spawnError.text}`;
  const because = say`Windows did not start ${launch.dlv}: a virus scanner or Smart App Control may hold it.`;
  return { file: launch.dlv, quote, because, certainty: "possible" };
}
