import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { editorModules } from "../../probes/editorModules.ts";
import { sources } from "../../probes/sources.ts";
import { mapFix, pathFinding } from "./pathFinding.ts";
import { findMappings, hollow } from "./pathMapping.ts";

/** Builders that want the same program from every machine give the compiler paths of no machine. */
export const bazelPaths = cause({
  id: "bazel-paths",
  title: say`The program was built with the paths of a build sandbox`,
  about: {
    what: "Bazel and builders like it compile in a sandbox and tell the compiler to leave the way there out of the program: its sources are then called `main.go`, `external/…` or `/proc/self/cwd/…`, relative to a root that only the builder knows. dlv finds no such file by an editor's path, and breakpoints stay hollow. `substitutePath` maps the workspace to that root, which may be the empty text. The tests make such a program with the compiler's own `-trimpath`, as rules_go calls it; Bazel itself was not run.",
    notThis:
      "Bazel also strips the programs of its default mode: those have no debug information at all and need `-c dbg`. Names that begin with a module come from go's own `-trimpath`.",
    sources: [
      "go-delve/delve#2754",
      "go-delve/delve#2019",
      "google/gvisor#590",
      "https://github.com/go-delve/delve/blob/master/Documentation/faq.md#substpath",
    ],
    seen: "real",
  },
  needs: { sources, editorModules },
  when: (launch) => hollow(launch).length > 0,
  find(facts, launch) {
    const mappings = findMappings(facts, launch).filter(({ kind }) => kind === "relative");
    const found = pathFinding(mappings, facts, launch);
    return found && { ...found, fixes: [mapFix("bazel-paths", mappings, facts, launch)] };
  },
});
