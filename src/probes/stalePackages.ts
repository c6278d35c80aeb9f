import { buildDirectory, buildFlagWords, builtPackage, flagName } from "../core/goBuild.ts";
import { withoutRecords } from "../core/goRecords.ts";
import type { Launch } from "../core/launch.ts";
import { probe } from "../core/probe.ts";
import { say } from "../core/say.ts";
import { whyNot } from "./goProxy.ts";

/** How many packages go would still have to compile for this launch, and where the cache is that should hold them. */
export interface StalePackages {
  readonly stale: number;
  readonly cache: string;
}

/**
 * Counts the compile lines of `go build -n` with what Delve adds: -gcflags 'all=-N -l', and CGO_CFLAGS where the user
 * has none (cmd/dlv/main.go). Nothing is built, fetched or written.
 * Unknown where go refuses: no compile line is not nothing to compile.
 */
export const stalePackages = probe<StalePackages>({
  id: "stale-packages",
  limitMs: 10_000,
  args: (launch) => [buildDirectory(launch), ...debugBuild(launch, ["-n"])],
  sh: `cd "\${1:-.}" || exit 78
shift
export GOTOOLCHAIN=local GOPROXY=off CGO_CFLAGS="\${CGO_CFLAGS:--O0 -g}"
printf 'cache %s\\n' "$(go env GOCACHE)"
# A pipe hides go's exit code, so it goes through as a line of its own.
{ "$@" 2>&1; echo "go ended with code $?"; } |
  sed -n 's/.*\\/compile"\\{0,1\\} .* -p \\([^ ]*\\) .*/compile \\1/p; /^go ended with code /p' | sort -u
exit 0
`,
  read({ code, stdout, stderr }) {
    if (code !== 0) throw new Error(whyNot(code, stderr));
    const ended = /^go ended with code (\d+)$/m.exec(stdout);
    if (ended?.[1] !== "0") throw new Error(say`go build -n failed: ${ended?.[0] ?? say`it was cut off`}`);
    return {
      stale: Array.from(stdout.matchAll(/^compile /gm)).length,
      cache: /^cache (.*)$/m.exec(stdout)?.[1] ?? "",
    };
  },
});

/** The go command that Delve builds a launch with, without its -o and without what it would write about itself. */
export function debugBuild(launch: Launch, more: readonly string[]): string[] {
  const verb = launch.mode === "test" ? ["go", "test", "-c"] : ["go", "build"];
  return [
    ...verb,
    ...more,
    "-gcflags=all=-N -l",
    ...withoutRecords(withoutOutput(buildFlagWords(launch))),
    builtPackage(launch),
  ];
}

function withoutOutput(words: readonly string[]): string[] {
  return words.filter((word, index) => flagName(word) !== "o" && !(words[index - 1] ?? "").match(/^--?o$/));
}
