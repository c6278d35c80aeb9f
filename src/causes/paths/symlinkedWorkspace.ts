import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { editorModules } from "../../probes/editorModules.ts";
import { sources } from "../../probes/sources.ts";
import { mapFix, pathFinding } from "./pathFinding.ts";
import { findMappings, hollow } from "./pathMapping.ts";

/** go follows symbolic links before it notes a path; an editor does not. */
export const symlinkedWorkspace = cause({
  id: "symlinked-workspace",
  title: say`The folder was opened through a symbolic link`,
  about: {
    what: "go asks the system where it is and is told the directory without symbolic links, so that is what stands in the program. An editor keeps the path through which its folder was opened. dlv compares the two as texts: a breakpoint in a folder that was opened through a link answers `could not find file …` and stays hollow, though it is the same file. Opening the folder by its own path helps as well as an entry in `substitutePath`.",
    notThis:
      "Only a link on the way to the breakpoint's own file counts. Where PWD names the link, as in a terminal that changed into it, go keeps the link and everything fits.",
    sources: [
      "microsoft/vscode-go#2539",
      "microsoft/vscode-go#1938",
      "microsoft/vscode-go#1935",
      "microsoft/vscode-go#2958",
      "go-delve/delve#2526",
      "puremourning/vimspector#408",
      "golang/vscode-go#622",
      "golang/vscode-go#1458",
      "lloiser/go-debug#44",
    ],
    seen: "real",
  },
  needs: { sources, editorModules },
  when: (launch) => hollow(launch).length > 0,
  find(facts, launch) {
    const mappings = findMappings(facts, launch).filter(({ kind }) => kind === "symlink");
    const found = pathFinding(mappings, facts, launch);
    if (found === undefined) return undefined;
    const links = facts.sources.editor.flatMap(({ path, link }) =>
      link !== undefined && mappings.some((one) => one.path === path)
        ? say`${link.from} is a symbolic link to ${link.to}`
        : [],
    );
    return {
      ...found,
      evidence: [...new Set(links), ...found.evidence],
      fixes: [mapFix("symlinked-workspace", mappings, facts, launch)],
    };
  },
});
