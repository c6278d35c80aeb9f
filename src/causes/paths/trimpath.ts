import { cause } from "../../core/cause.ts";
import type { Fix, JsonEdit } from "../../core/fix.ts";
import { trimmingPlaces } from "../../core/flagPlaces.ts";
import { builds, type Launch } from "../../core/launch.ts";
import { allOf } from "../../core/lists.ts";
import { say } from "../../core/say.ts";
import { pathRules, substitute } from "../../core/substitutePath.ts";
import { editorModules } from "../../probes/editorModules.ts";
import { goFlags } from "../../probes/goFlags.ts";
import { sources } from "../../probes/sources.ts";
import { mapFix, pathFinding } from "./pathFinding.ts";
import { findMappings, hollow, type Mapping, type PathFacts } from "./pathMapping.ts";

/** -trimpath puts a module's name where the directory of its sources would stand. */
export const trimpath = cause({
  id: "trimpath",
  title: say`The -trimpath flag takes the directories out of the program`,
  about: {
    what: "With `-trimpath` go writes `example.com/shop/main.go` into the program in place of `/home/me/shop/main.go`, so that it is the same wherever it is built. dlv then finds no file by an editor's path: breakpoints answer `could not find file …` and stay hollow. The flag comes with `buildFlags`, with GOFLAGS or `go env -w`, or with a program that was built for release. A debug build does not need it; where it must stay, `substitutePath` maps the directory to the module.",
    notThis:
      "Relative names without a module in front come from another builder's sandbox. `-trimpath` does not strip: without debug information dlv says so itself.",
    sources: [
      "go-delve/delve#2297",
      "microsoft/vscode-go#2807",
      "golang/vscode-go#1985",
      "go-delve/delve#2754",
      "golang/vscode-go#2609",
    ],
    seen: "real",
  },
  needs: { sources, editorModules, goFlags },
  when: (launch) => hollow(launch).length > 0,
  find(facts, launch) {
    const places = builds(launch) ? trimming(launch, facts.goFlags) : [];
    const mappings = findMappings(facts, launch).filter(({ kind }) => kind === "trimpath");
    if (facts.sources.program === undefined && places.length > 0) mappings.push(...trimmed(facts, launch));
    const found = pathFinding(mappings, facts, launch);
    if (found === undefined) return undefined;
    const map = mapFix("trimpath", mappings, facts, launch, places.length === 0);
    return {
      ...found,
      evidence: [
        ...places.map(({ name }) => `${name}: -trimpath`),
        ...(facts.sources.trimpath
          ? [say`build settings of ${facts.sources.program ?? ""}: -trimpath=true`]
          : []),
        ...found.evidence,
      ],
      fixes: places.length === 0 ? [map] : [keepPaths(places), map],
    };
  },
});

/** What -trimpath makes of the paths that go list tells: dlv has removed what it built, and go list knows no -trimpath. */
function trimmed({ sources: { files }, editorModules: modules }: PathFacts, launch: Launch): Mapping[] {
  return modules.flatMap(({ path, root, module }) => {
    const unset = hollow(launch).filter(({ file }) => file === path);
    if (unset.length === 0 || !files.includes(path)) return [];
    const rule = { from: root, to: module };
    const known = substitute(path, [rule]);
    // A rule that leads there already is what the next launch goes by.
    if (substitute(path, pathRules(launch.config)) === known) return [];
    return { kind: "trimpath", path, known, rule, unset, sure: false };
  });
}

/** One place of the launch with the flag in it, and how the configuration is changed so that it does not hold. */
interface Place {
  readonly name: string;
  readonly edit: JsonEdit;
}

function trimming(launch: Launch, general: string): Place[] {
  return trimmingPlaces(launch.config["buildFlags"], general).map(({ name, kept }) => ({
    name,
    edit:
      name === "GOFLAGS"
        ? // An empty variable would let the value that `go env -w` stored through again.
          { at: ["env", "GOFLAGS"], value: kept ?? "-trimpath=false" }
        : { at: ["buildFlags"], ...(kept !== undefined && { value: kept }) },
  }));
}

function keepPaths(places: readonly Place[]): Fix {
  return {
    id: "trimpath/keep-paths",
    title: say`Take -trimpath out of ${allOf(places.map(({ name }) => name))}`,
    preferred: true,
    needsRoot: false,
    scope: "launch",
    action: { kind: "launch.json", edits: places.map(({ edit }) => edit) },
  };
}
