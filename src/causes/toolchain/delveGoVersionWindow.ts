import { cause } from "../../core/cause.ts";
import { delveFor, goMinor, goWindow } from "../../core/delveReleases.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { type DlvPlace, dlvPlace } from "../../probes/dlvPlace.ts";
import { dlvVersion } from "../../probes/dlvVersion.ts";
import { goVersion } from "../../probes/goVersion.ts";
import { isUnderWay, lostLoad, saidBy, traces } from "../failure.ts";
import { delveTooOld, goTooOld } from "../texts.ts";
import { installDelve } from "./delveInstall.ts";

const refused = new RegExp(`${delveTooOld.source}|${goTooOld.source}`);

/** Each Delve takes about three minors of Go, and says so only when everything is compiled. */
export const delveGoVersionWindow = cause({
  id: "delve-go-version-window",
  title: say`This Delve does not support the program's Go version`,
  about: {
    what: "Each release of Delve supports about three minor versions of Go. It compares versions after the program has been built and started, so the launch fails at its very end: `Version of Delve is too old for Go version …` or `Go version … is too old for this version of Delve`. The release that fits the program's Go takes its place. `--check-go-version=false` only silences the check: stops, goroutines and variables can then be wrong.",
    notThis:
      "The Go that counts is the one that builds the program: the toolchain line of go.mod can pick another than `go version` says elsewhere, and a binary keeps its own. An attach is never checked.",
    sources: [
      "golang/vscode-go#1716",
      "golang/go#66113",
      "go-delve/delve#3777",
      "go-delve/delve#2528",
      "microsoft/vscode-go#2541",
      "microsoft/vscode-go#3106",
      "golang/vscode-go#1814",
    ],
    seen: "real",
  },
  needs: { dlv: dlvVersion, place: dlvPlace, go: goVersion },
  when: (launch) =>
    launch.request === "launch" && traces(launch) && !isUnderWay(launch) && !isUnchecked(launch),
  find({ dlv, place, go }, launch) {
    const said = saidBy(launch);
    const [, named] = delveTooOld.exec(said) ?? goTooOld.exec(said) ?? [];
    const version = go ?? (named === undefined ? undefined : `go${named.replace(/^go/, "")}`);
    const minor = goMinor(version ?? "");
    const window = goWindow(dlv);
    if (version === undefined || minor === undefined) return undefined;
    const outside = window !== undefined && (minor < window.from || minor > window.to);
    if (!outside && (window !== undefined || !refused.test(said))) return undefined;
    const range = window === undefined ? say`other versions` : say`Go 1.${window.from} to 1.${window.to}`;
    return {
      certainty: "proven",
      because: say`Delve ${dlv} supports ${range}; the program is built with ${version}.`,
      evidence: [
        `dlv version: ${dlv} (${place?.path ?? launch.dlv})`,
        launch.mode === "exec"
          ? say`go version of the program: ${version}`
          : say`go env GOVERSION where it is built: ${version}`,
        ...said
          .split("\n")
          .filter((line) => refused.test(line))
          .slice(0, 1),
      ],
      ...lostLoad(launch, refused),
      fixes: fixes(minor, place, launch),
    };
  },
});

/** True where the launch tells Delve not to compare versions. */
export function isUnchecked(launch: Launch): boolean {
  return flagsOf(launch).some((flag) => /^--check-go-version=(false|f|0)$/i.test(String(flag)));
}

function flagsOf(launch: Launch): readonly unknown[] {
  const flags = launch.config["dlvFlags"];
  return Array.isArray(flags) ? flags : [];
}

function fixes(minor: number, file: DlvPlace | undefined, launch: Launch): Fix[] {
  const release = delveFor(minor);
  const all = [
    ...(release === undefined
      ? []
      : [
          installDelve(
            "delve-go-version-window",
            say`Install Delve ${release}, which supports this Go`,
            release,
            file,
          ),
        ]),
    {
      id: "delve-go-version-window/unchecked",
      title: say`Let this Delve try all the same (what it shows may be wrong)`,
      needsRoot: false,
      scope: "launch",
      action: {
        kind: "launch.json",
        edits: [{ at: ["dlvFlags"], value: [...flagsOf(launch), "--check-go-version=false"] }],
      },
    } satisfies Omit<Fix, "preferred">,
  ];
  return all.map((fix, index) => ({ ...fix, preferred: index === 0 }));
}
