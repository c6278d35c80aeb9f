import { meantWords } from "../core/flagQuoting.ts";
import { buildDirectory, buildFlagWords, builtPackage } from "../core/goBuild.ts";
import type { Launch } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";
import { debugBuild } from "./stalePackages.ts";

/** What go makes of a command line, told without building (`go build -n -a`). */
export interface TriedFlags {
  readonly accepted: boolean;
  /** go's first complaint; empty where it has none. */
  readonly complaint: string;
  /** How many packages would be compiled, and which of them with optimisation: without the -N that Delve asks for. */
  readonly compiled: number;
  readonly optimised: readonly string[];
}

/** The build flags of the launch as Delve hands them to go. */
export const givenFlags = triedFlags("given-flags", buildFlagWords);

/** The build flags as they seem to have been meant. */
export const repairedFlags = triedFlags("repaired-flags", ({ config }) => meantWords(config["buildFlags"]));

function triedFlags(id: string, words: (launch: Launch) => readonly string[]) {
  return probe<TriedFlags>({
    id,
    limitMs: 10_000,
    args: (launch) => {
      const command = debugBuild(launch, ["-n", "-a"]);
      const own = buildFlagWords(launch).length;
      const before = own === 0 ? command.length - 1 : command.indexOf("-gcflags=all=-N -l") + 1;
      return [buildDirectory(launch), ...command.slice(0, before), ...words(launch), builtPackage(launch)];
    },
    sh: `cd "\${1:-.}" || exit 78
shift
export GOTOOLCHAIN=local GOPROXY=off CGO_CFLAGS="\${CGO_CFLAGS:--O0 -g}"
PATH=$LAUNCH_PATH:$PATH
# A pipe hides go's exit code, so it goes through as a line of its own.
{ "$@" 2>&1; echo "go ended with code $?"; } | awk '
  /\\/compile"? .* -p / {
    # Up to 1.21 go takes -N away from the runtime packages (-+) itself.
    if (index($0, " -+ ") && !index($0, " -N ")) next
    match($0, / -p [^ ]+/)
    print (index($0, " -N ") ? "debug " : "plain ") substr($0, RSTART + 4, RLENGTH - 4)
  }
  /^go ended with code / { print }
  /^(flag|invalid|malformed|package|no |go: )/ { print "said " $0 }'
exit 0
`,
    read({ code, stdout }) {
      if (code !== 0) throw new Error(say`the directory that dlv builds in does not exist`);
      const ended = /^go ended with code (\d+)$/m.exec(stdout)?.[1];
      if (ended === undefined) throw new Error(say`go build -n was cut off`);
      const all = (key: string) =>
        Array.from(stdout.matchAll(new RegExp(`^${key} (.+)$`, "gm")), ([, one]) => one ?? "");
      return {
        accepted: ended === "0",
        complaint: ended === "0" ? "" : (all("said")[0] ?? say`go ended with code ${ended}`),
        compiled: all("debug").length + all("plain").length,
        optimised: all("plain"),
      };
    },
  });
}
