import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { withoutFolder } from "./entries.ts";

/** A member of a compound that is an object without a folder: debugService.ts has no launch for it then. */
export const compoundWithoutFolder = rule({
  code: "DLV406",
  id: "compound-without-folder",
  title: say`An object in a compound names no folder`,
  severity: "error",
  of: "section",
  prevents: [],
  about: {
    what: 'A compound names a configuration by a text, which is looked for in every folder of the workspace, or by `{ "name": …, "folder": … }`, which is looked for in that folder. An object without `folder` is looked for nowhere: VS Code\'s attempt to start it ends in `Cannot read properties of undefined`.',
    wrong: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/api" },
    { "name": "Worker", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/worker" }
  ],
  "compounds": [
    { "name": "All", "configurations": ["API", { "name": "Worker" }] }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/api" },
    { "name": "Worker", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/worker" }
  ],
  "compounds": [
    { "name": "All", "configurations": ["API", "Worker"] }
  ]
}`,
    sources: [
      "https://github.com/microsoft/vscode/blob/main/src/vs/workbench/contrib/debug/browser/debugService.ts",
    ],
  },
  *check(section) {
    for (const { at, name, written } of withoutFolder(section))
      if (written === "object")
        yield {
          at,
          message: say`This names "${name}" and no folder: VS Code looks for it nowhere and starts nothing of the compound; write the name alone.`,
          remedies: [{ title: say`Write "${name}"`, edits: [{ at, value: name }] }],
        };
  },
});
