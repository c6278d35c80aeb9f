import { cause } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import { asBuildFlags, meantWords } from "../../core/flagQuoting.ts";
import { buildFlagWords, flagName, withoutFlag } from "../../core/goBuild.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { spent } from "../../core/timeline.ts";
import { givenFlags, repairedFlags, type TriedFlags } from "../../probes/triedFlags.ts";
import { flagRefused } from "../texts.ts";

const id = "buildflags-quoting";

/** Delve splits buildFlags by its own rules, and go gets words that nobody meant. */
export const buildflagsQuoting = cause({
  id,
  title: say`buildFlags reach go as other words than were meant, or undo Delve's own`,
  about: {
    what: "Delve splits the text `buildFlags` at spaces and knows single quotes only. Double quotes go through to go as they are, so `-ldflags=\"-X main.v=1\"` is torn in two; `-tags=a b` makes a package of `b`; and an item `\"-tags a\"` of a list is one flag with a space in its name. Delve's own `-gcflags 'all=-N -l'` stands in front of yours, and go lets the last -gcflags that fits a package win: with another one the program's own package is compiled with optimisation, variables are `optimized out` and lines are missing. golang.go takes -gcflags out of a text, and not out of a list.",
    notThis:
      "GOFLAGS in the environment are split by go, with other rules, and never take the place of Delve's -gcflags. A flag that go does not know, however it is quoted, is attribute-refused. go is asked, without building, what it makes of the flags as they are and as they seem to have been meant.",
    sources: [
      "https://github.com/golang/vscode-go/blob/master/docs/debugging.md",
      "go-delve/delve: pkg/config/split.go",
      "https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies",
    ],
    seen: "real",
  },
  needs: { given: givenFlags, repaired: repairedFlags },
  when: (launch) => builds(launch) && (setsGcflags(launch) || refused(launch) !== undefined),
  find({ given, repaired }, launch) {
    if (given.accepted) return setsGcflags(launch) ? overridden(given, launch) : undefined;
    const said = refused(launch);
    if (said === undefined) return undefined;
    const words = meantWords(launch.config["buildFlags"]);
    // Words that are as they were meant are wrong in themselves, and nothing is wrong with their quotes.
    if (JSON.stringify(words) === JSON.stringify(buildFlagWords(launch))) return undefined;
    const mended = repaired.accepted;
    return {
      certainty: mended ? "proven" : "likely",
      because: say`go does not take buildFlags as Delve splits them: ${masked(said)}`,
      evidence: [
        say`buildFlags are ${buildFlagWords(launch).length} words to Delve: ${shown(buildFlagWords(launch))}`,
        say`go build -n with these: ${masked(given.complaint)}`,
        ...(mended ? [say`go build -n with ${shown(words)}: accepted`] : []),
      ],
      explains: { phase: "build", ms: spent(launch.timeline, "build") },
      fixes: [mended ? rewrite(words, launch) : check()],
    };
  },
});

function setsGcflags(launch: Launch): boolean {
  return buildFlagWords(launch).some((word) => flagName(word) === "gcflags");
}

/** go's words about its command line, where there are any and buildFlags to blame. */
function refused({ timeline, config }: Launch): string | undefined {
  if (config["buildFlags"] === undefined) return undefined;
  return timeline.buildError
    ?.split("\n")
    .find((line) => flagRefused.test(line))
    ?.replace(/ \(exit status \d+\)$/, "");
}

function overridden({ optimised, compiled }: TriedFlags, launch: Launch) {
  if (optimised.length === 0) return undefined;
  const rest = withoutFlag(buildFlagWords(launch), "gcflags");
  const value = rest.length === 0 ? undefined : asBuildFlags(rest, form(launch));
  const fix: Fix = {
    ...base("drop-gcflags", say`Take -gcflags out of buildFlags: Delve sets its own`),
    action: { kind: "launch.json", edits: [{ at: ["buildFlags"], ...(value !== undefined && { value }) }] },
  };
  const named = optimised.slice(0, 3).join(", ");
  return {
    certainty: "proven" as const,
    because:
      optimised.length === 1
        ? say`-gcflags in buildFlags takes the place of Delve's 'all=-N -l': ${named} is compiled with optimisation.`
        : say`-gcflags in buildFlags takes the place of Delve's 'all=-N -l': ${named} are compiled with optimisation.`,
    evidence: [
      say`go build -n: ${optimised.length} of ${compiled} packages are compiled without -N: ${optimised.slice(0, 5).join(", ")}`,
    ],
    fixes: [fix],
  };
}

function form({ config }: Launch): "text" | "list" {
  return Array.isArray(config["buildFlags"]) ? "list" : "text";
}

function rewrite(words: readonly string[], launch: Launch): Fix {
  const value = words.length === 0 ? undefined : asBuildFlags(words, form(launch));
  return {
    ...base("requote", say`Write buildFlags so that go gets the words that were meant`),
    action: { kind: "launch.json", edits: [{ at: ["buildFlags"], ...(value !== undefined && { value }) }] },
  };
}

function check(): Fix {
  return {
    ...base("check", say`Correct buildFlags`),
    action: {
      kind: "advice",
      text: say`Write them as a list, one flag with its value an item, without further quotes: "buildFlags": ["-tags=a,b", "-ldflags=-X main.version=1"]. \`go help build\` lists what go knows.`,
    },
  };
}

/** What -X sets is nobody's business, in go's own words about it neither. */
function masked(text: string): string {
  return text.replace(/(\b[\w./-]+\.\w+)=[^\s"']+/g, "$1=…");
}

/** The words as they are told: of a value that -X sets, and of what may be torn off it, nothing is left. */
function shown(words: readonly string[]): string {
  const sets = words.some((word) => /-X\b/.test(word));
  const one = (word: string) => {
    if (sets && !word.startsWith("-")) return word.includes("=") ? word.replace(/=[\s\S]*/, "=…") : "…";
    const told = masked(word.replace(/(-X[ =]["']?[\w./-]+)=[\s\S]*/, "$1=…"));
    return /\s/.test(told) ? `'${told}'` : told;
  };
  return words.map(one).join("  ") || say`none`;
}

function base(name: string, title: string) {
  return { id: `${id}/${name}`, title, preferred: true, needsRoot: false, scope: "launch" } as const;
}
