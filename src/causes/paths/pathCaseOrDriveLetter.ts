import { cause } from "../../core/cause.ts";
import { say } from "../../core/say.ts";
import { editorModules } from "../../probes/editorModules.ts";
import { sources } from "../../probes/sources.ts";
import { mapFix, pathFinding } from "./pathFinding.ts";
import { findMappings, hollow } from "./pathMapping.ts";

/** To dlv the paths of an editor and of a program are texts, also where the file system takes either case for the same. */
export const pathCaseOrDriveLetter = cause({
  id: "path-case-or-drive-letter",
  title: say`The editor's path differs from the program's in case or in its drive`,
  about: {
    what: "macOS and Windows find a file whichever case its name is written in, so that a folder can be open in an editor as `/Users/me/Shop` while go built it as `/Users/me/shop`, or as `C:\\\\shop` and as `c:/shop`. dlv compares the paths as texts. A program that was built on Windows and is debugged elsewhere has paths with a drive. In each case the breakpoint answers `could not find file …` and stays hollow. Opening the folder in its true case helps as well as an entry in `substitutePath`.",
    notThis:
      "On a host that tells the two paths apart they are two directories, and the program was built from the other one.",
    sources: [
      "microsoft/vscode-go#1421",
      "microsoft/vscode-go#2931",
      "fatih/vim-go#3407",
      "golang/vscode-go#1680",
    ],
    seen: "real",
  },
  needs: { sources, editorModules },
  when: (launch) => hollow(launch).length > 0,
  find(facts, launch) {
    const mappings = findMappings(facts, launch).filter(({ kind }) => kind === "case");
    const found = pathFinding(mappings, facts, launch);
    return found && { ...found, fixes: [mapFix("path-case-or-drive-letter", mappings, facts, launch)] };
  },
});
