import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { editorModules } from "../../probes/editorModules.ts";
import { sources } from "../../probes/sources.ts";
import { mapFix, pathFinding } from "./pathFinding.ts";
import { findMappings, hollow } from "./pathMapping.ts";

/** Delve finds a source file by the path that it had where the program was built, and by no other. */
export const substitutePathMissing = cause({
  id: "substitute-path-missing",
  title: say`The program was built from sources at another place`,
  about: {
    what: "A Go program keeps the paths that its sources had where it was built: in a container, on a build server, on another person's machine. dlv compares them with the editor's, letter by letter. Where they differ a breakpoint answers `could not find file …`, stays hollow, and the program runs past it. `substitutePath` says what the editor's path is in the program: its first entry that fits decides, and with any entry an attach has no paths guessed any more.",
    notThis:
      "A file that is no part of the program gets the same answer: another program, a build tag, a package that nothing imports, another version of a dependency, another copy of the folder. So does a program that is stripped. A line without code answers `could not find statement`.",
    sources: [
      "microsoft/vscode-go#2010",
      "microsoft/vscode-go#941",
      "microsoft/vscode-go#1421",
      "go-delve/delve#3012",
      "go-delve/delve#2795",
      "microsoft/vscode-go#1307",
      "GoogleContainerTools/skaffold#6893",
      "https://github.com/go-delve/delve/blob/master/Documentation/faq.md#substpath",
    ],
    seen: "real",
  },
  needs: { sources, editorModules },
  when: (launch) => hollow(launch).length > 0,
  find(facts, launch) {
    const mappings = findMappings(facts, launch).filter(({ kind }) => kind === "elsewhere");
    const found = pathFinding(mappings, facts, launch);
    return found && { ...found, fixes: [mapFix("substitute-path-missing", mappings, facts, launch)] };
  },
});
