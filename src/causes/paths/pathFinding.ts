import { breakpointFiles, nothingStops, type Unset } from "../../core/breakpoints.ts";
import type { Explained, Found } from "../../core/cause.ts";
import type { Fix } from "../../core/fix.ts";
import type { Launch } from "../../core/launch.ts";
import { say } from "../../core/say.ts";
import { type PathRule, pathRuleEdits, pathRules, substitute, withRules } from "../../core/substitutePath.ts";
import { spent } from "../../core/timeline.ts";
import { baseName, knownAs, type Mapping, type PathFacts } from "./pathMapping.ts";

/** What every cause of a hollow breakpoint says: which, why, what was seen, and the milliseconds that the program ran past it. */
export function pathFinding(
  mappings: readonly Mapping[],
  { sources }: PathFacts,
  launch: Launch,
): Omit<Found, "fixes"> | undefined {
  const [first] = mappings;
  if (first === undefined) return undefined;
  const unset = mappings.flatMap((one) => one.unset);
  const sure = sources.program !== undefined && mappings.every((one) => one.sure);
  return {
    certainty: sure ? "proven" : "likely",
    because: say`${subject(unset)}: ${baseName(sources.program ?? say`the program`)} knows ${mappings.length > 1 ? baseName(first.path) : say`the file`} as ${first.known}.`,
    evidence: [
      ...unset.slice(0, 5).map(({ at, message }) => `${at}: ${message}`),
      ...mappings.flatMap(({ path, known }) =>
        sources.files.includes(known)
          ? say`${sources.program ?? "go list"} has ${known}, and nothing at ${substitute(path, pathRules(launch.config))}`
          : [],
      ),
    ],
    ...pastAll(launch),
  };
}

/** "The breakpoint at main.go:12 is not set", of several with the first one's place. */
function subject(unset: readonly Unset[]): string {
  const [first] = unset;
  const place = first === undefined ? "" : `${baseName(first.file)}:${first.line}`;
  return unset.length === 1
    ? say`The breakpoint at ${place} is not set`
    : say`${unset.length} breakpoints are not set, the first of them at ${place}`;
}

/** A program that ran to its end past every breakpoint did so because of what kept them from being set. */
function pastAll({ timeline }: Launch): { readonly explains?: Explained } {
  if (timeline.outcome !== "exited" || !nothingStops(timeline)) return {};
  return { explains: { phase: "run", ms: spent(timeline, "run") } };
}

/** The fix that maps the editor's paths to the program's, among the rules that are there. */
export function mapFix(
  id: string,
  mappings: readonly Mapping[],
  facts: PathFacts,
  launch: Launch,
  preferred = true,
): Fix {
  const before = pathRules(launch.config);
  const kept = breakpointFiles(launch.timeline).flatMap((path) => {
    const known = substitute(path, before);
    return facts.sources.files.includes(known) ? { path, known } : [];
  });
  // An attach without rules has Delve guess them, and any rule ends that: what it guessed for others must be said too.
  const guessed = breakpointFiles(launch.timeline).flatMap((path) => {
    const found = before.length > 0 ? undefined : knownAs(path, facts, launch);
    return found === undefined || mappings.some((one) => one.path === path) ? [] : { ...found, path };
  });
  const wanted = [...mappings, ...guessed].sort((a, b) => b.rule.from.length - a.rule.from.length);
  const after = withRules(before, wanted, kept);
  const added = after
    .filter((rule) => !before.includes(rule))
    .map(words)
    .join(", ");
  return {
    id: `${id}/map`,
    title: say`Map ${added || say`nothing else`} in "substitutePath"`,
    preferred,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits: pathRuleEdits(before, after) },
  };
}

function words({ from, to }: PathRule): string {
  return say`${from} to ${to === "" ? say`relative paths` : to}`;
}
