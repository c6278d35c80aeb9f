import { cause } from "../../core/cause.ts";
import { delveFor, goMinor, goWindow } from "../../core/delveReleases.ts";
import type { Fix } from "../../core/fix.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { type Binary, binary } from "../../probes/binary.ts";
import { dlvBuiltWith } from "../../probes/dlvBuiltWith.ts";
import { type DlvPlace, dlvPlace } from "../../probes/dlvPlace.ts";
import { dlvVersion } from "../../probes/dlvVersion.ts";
import { goExperiment } from "../../probes/goExperiment.ts";
import { goVersion } from "../../probes/goVersion.ts";
import { type Platform, platform } from "../../probes/platform.ts";
import { isUnderWay, lostLoad, saidBy, traces } from "../failure.ts";
import { dwarf5Refused } from "../texts.ts";
import { isUnchecked } from "./delveGoVersionWindow.ts";
import { installDelve } from "./delveInstall.ts";

const id = "dwarf5-delve-built-with-old-go";

/** The first Go whose debug/dwarf reads DWARF 5 as Delve needs it, and whose compiler writes it. */
const firstMinor = 25;

/** What counts is not Delve's version but the Go that it was compiled with. */
export const dwarf5DelveBuiltWithOldGo = cause({
  id,
  title: say`This dlv was built with a Go that is too old for the program's debug information`,
  about: {
    what: "Go 1.25 and newer write DWARF 5. Delve reads it with the standard library that it was compiled with, and that of a Go before 1.25 cannot: a current Delve, built with an older Go (a distribution's package, a toolchain of the past), refuses the program after its whole build: `To debug executables using DWARFv5 or later Delve must be built with Go version 1.25.0 or later`. `go version -m dlv` says which Go built it; `dlv version` does not. Build the same Delve again with the newer Go. `GOEXPERIMENT=nodwarf5` lets Go write DWARF 4 meanwhile.",
    notThis:
      "A Delve whose own window of Go versions does not reach to the program's Go is too old itself, and says so in other words. A program built with an older Go, or with `GOEXPERIMENT=nodwarf5`, has DWARF 4: its sections tell.",
    sources: [
      "go-delve/delve#3957",
      "go-delve/delve#4227",
      "go-delve/delve#4268",
      "termux/termux-packages#27440",
      "rancherlabs/delve-debugger#4",
      "https://github.com/go-delve/delve/blob/v1.26.3/pkg/goversion/compat.go",
    ],
    seen: "real",
  },
  needs: {
    dlv: dlvVersion,
    place: dlvPlace,
    builder: dlvBuiltWith,
    go: goVersion,
    experiment: goExperiment,
    program: binary,
    on: platform,
  },
  when: (launch) =>
    launch.request === "launch" && traces(launch) && !isUnderWay(launch) && !isUnchecked(launch),
  find({ dlv, place, builder, go, experiment, program, on }, launch) {
    const complaint = saidBy(launch)
      .split("\n")
      .find((line) => dwarf5Refused.test(line));
    const minor = goMinor(go ?? "");
    const window = goWindow(dlv);
    const outside = window !== undefined && minor !== undefined && (minor < window.from || minor > window.to);
    if (outside || minorOf(builder) >= firstMinor) return undefined;
    const dwarf5 = complaint !== undefined || writesDwarf5(launch, go, experiment, program, on);
    if (!dwarf5 || (builder === undefined && complaint === undefined)) return undefined;
    const file = place?.path ?? launch.dlv;
    return {
      certainty: builder === undefined ? "likely" : "proven",
      because: say`Delve ${dlv} was itself built with ${builder ?? say`a Go before 1.25`}, which cannot read the DWARF 5 that ${go ?? say`the program's Go`} writes.`,
      evidence: [
        builder === undefined
          ? say`no go here can read what built ${file}`
          : `go version ${file}: ${builder}`,
        ...(go === undefined
          ? []
          : [
              launch.mode === "exec"
                ? say`go version of the program: ${go}`
                : say`go env GOVERSION where it is built: ${go}`,
            ]),
        ...(program?.dwarf5 === true ? [say`sections of ${program.path}: .debug_addr, so DWARF 5`] : []),
        ...(complaint === undefined ? [] : [complaint]),
      ],
      ...lostLoad(launch, dwarf5Refused),
      fixes: fixes(minor ?? firstMinor, place, launch, experiment),
    };
  },
});

/** Unknown builders count as old only where Delve itself says so. */
function minorOf(builder: string | undefined): number {
  return goMinor(builder ?? "") ?? 0;
}

function writesDwarf5(
  launch: Launch,
  go: string | undefined,
  experiment: string,
  program: Binary | undefined,
  { system }: Platform,
): boolean {
  if (!builds(launch)) return program?.dwarf5 === true;
  // Go 1.25 to 1.27 write DWARF 4 there (internal/buildcfg/exp.go), unless they are asked for more.
  if (/^(?:Darwin|AIX)$/.test(system) && !/\bdwarf5\b/.test(experiment)) return false;
  return (goMinor(go ?? "") ?? 0) >= firstMinor && !/\bnodwarf5\b/.test(experiment);
}

function fixes(minor: number, place: DlvPlace | undefined, launch: Launch, experiment: string): Fix[] {
  const title = say`Build dlv with the program's own Go, and put it into its place`;
  const install = installDelve(id, title, delveFor(minor) ?? "latest", place);
  const older: Omit<Fix, "preferred"> = {
    id: `${id}/dwarf4`,
    needsRoot: false,
    scope: "launch",
    title: say`Let Go write DWARF 4 for this launch (GOEXPERIMENT=nodwarf5)`,
    action: {
      kind: "launch.json",
      edits: [{ at: ["env", "GOEXPERIMENT"], value: [experiment, "nodwarf5"].filter(Boolean).join(",") }],
    },
  };
  const all = builds(launch) ? [install, older] : [install];
  return all.map((fix, index) => ({ ...fix, preferred: index === 0 }));
}
