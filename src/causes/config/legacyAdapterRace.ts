import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { buildFlagWords } from "../../core/goBuild.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { allOf } from "../../core/lists.ts";
import { say } from "../../core/say.ts";
import { dlvPlace } from "../../probes/dlvPlace.ts";
import { dlvVersion } from "../../probes/dlvVersion.ts";
import { goFlags } from "../../probes/goFlags.ts";
import { serverFix } from "../network/serverFixes.ts";
import { usesLegacyAdapter } from "./legacyAdapter.ts";

const id = "legacy-adapter-race";

/** The legacy adapter takes the first output of dlv for the sign that it listens. */
export const legacyAdapterRace = cause({
  id,
  title: say`The legacy debug adapter connects to dlv while the program is still being built`,
  about: {
    what: 'golang.go\'s legacy adapter starts `dlv debug --headless` and connects 200 ms after the first thing that comes on its stdout. Delve up to 1.25 hands what go says on stderr during the build to its own stdout: with `-v` or `-x` in the build flags, go prints the first package long before dlv listens. The connection is refused, the adapter does not try again, and the session hangs without an error. `"debugAdapter": "dlv-dap"` waits for dlv\'s own line and builds afterwards.',
    notThis:
      "A build that prints nothing is fast enough however long it takes: dlv's first line comes when it listens. From Delve 1.26 on what go says stays on stderr. A warning of the C compiler, or a download, is output too, and cannot be foreseen.",
    sources: [
      "golang/vscode-go#1564",
      "golang/vscode-go#777",
      "microsoft/vscode-go#473",
      "microsoft/vscode-go#1752",
      "go-delve/delve#1245",
      "https://github.com/go-delve/delve/blob/v1.25.2/pkg/gobuild/gobuild.go",
    ],
    seen: "real",
  },
  where: "editor",
  needs: { dlv: dlvVersion, place: dlvPlace, goFlags },
  when: (launch) => usesLegacyAdapter(launch) && builds(launch),
  find({ dlv, place, goFlags: general }, launch) {
    const chatty = talking(launch, general);
    if (chatty.length === 0 || minorOf(dlv) >= 26) return undefined;
    return {
      certainty: "likely",
      because: say`${allOf(chatty)} makes go print while it builds, Delve ${dlv} passes that on to its stdout, and the legacy adapter takes it for the sign that dlv listens.`,
      evidence: [
        say`the configuration has "debugAdapter": "legacy"`,
        ...chatty,
        say`dlv version: ${dlv} (${place?.path ?? launch.dlv}): go's stderr is its stdout up to 1.25`,
        say`whether the build takes more than 200 ms after its first line depends on what is cached`,
      ],
      fixes: fixes(),
    };
  },
});

/** The flags that make go print the packages or commands of a build, with where they stand. */
function talking(launch: Launch, general: string): string[] {
  const loud = (words: readonly string[]) => words.filter((word) => /^--?[vx](=true)?$/.test(word));
  return [
    ...loud(buildFlagWords(launch)).map((flag) => say`${flag} in "buildFlags"`),
    ...loud(general.split(/\s+/)).map((flag) => say`${flag} in GOFLAGS`),
  ];
}

function minorOf(dlv: string): number {
  const [major = "0", minor = "0"] = dlv.split(".");
  return Number(major) > 1 ? Number.POSITIVE_INFINITY : Number(minor);
}

function fixes(): Fix[] {
  return [
    serverFix(`${id}/dlv-dap`, say`Use the adapter that waits for dlv: "debugAdapter": "dlv-dap"`, {
      kind: "launch.json",
      edits: [{ at: ["debugAdapter"], value: "dlv-dap" }],
    }),
  ];
}
