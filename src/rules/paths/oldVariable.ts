import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { sample } from "./samples.ts";
import { usesIn, withVariable } from "./variables.ts";

/** Older names, and the ones that VS Code documents today. */
const today = new Map([
  ["workspaceRoot", "workspaceFolder"],
  ["workspaceRootFolderName", "workspaceFolderBasename"],
]);

/** A variable under a name from before there were workspaces of several folders. */
export const oldVariable = rule({
  code: "DLV342",
  id: "old-variable",
  title: say`The variable has another name today`,
  severity: "hint",
  of: "configuration",
  prevents: [],
  about: {
    what: "`${workspaceRoot}` and `${workspaceRootFolderName}` are names from before VS Code had workspaces of several folders. It still takes them for `${workspaceFolder}` and `${workspaceFolderBasename}`; other editors need not.",
    wrong: sample({ program: "${workspaceRoot}/cmd/server" }),
    right: sample({}),
    sources: ["https://code.visualstudio.com/docs/reference/variables-reference"],
  },
  *check({ config }) {
    for (const use of usesIn(config)) {
      const { at, variable } = use;
      const name = today.get(variable);
      if (name === undefined) continue;
      yield {
        at,
        tag: "deprecated",
        message: say`\${${variable}} is called \${${name}} today.`,
        remedies: [
          { title: say`Write \${${name}}`, edits: [{ at, value: withVariable(use, name) }], safe: true },
        ],
      };
    }
  },
});
