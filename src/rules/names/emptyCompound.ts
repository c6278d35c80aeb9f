import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { nameOf, objectOf } from "./entries.ts";

/** A compound that VS Code does not list. */
export const emptyCompound = rule({
  code: "DLV403",
  id: "empty-compound",
  title: say`A compound has no name or no configurations`,
  severity: "warning",
  of: "section",
  prevents: [],
  about: {
    what: "VS Code offers a compound in the list of Run and Debug where it has a name and its `configurations` name something. Any other is passed over without a word.",
    wrong: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/api" },
    { "name": "Worker", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/worker" }
  ],
  "compounds": [
    { "name": "All", "configurations": [] }
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
      "https://github.com/microsoft/vscode/blob/main/src/vs/workbench/contrib/debug/browser/debugConfigurationManager.ts",
      "https://code.visualstudio.com/docs/debugtest/debugging-configuration#_compound-launch-configurations",
    ],
  },
  *check({ compounds }) {
    for (const compound of compounds) {
      const value = objectOf(compound.value);
      if (value === undefined) continue;
      const { configurations } = value;
      const lacking =
        nameOf(compound) === undefined
          ? "name"
          : configurations === undefined || (Array.isArray(configurations) && configurations.length === 0)
            ? "configurations"
            : undefined;
      if (lacking === undefined) continue;
      const at = [...compound.at, ...(Object.hasOwn(value, lacking) ? [lacking] : [])];
      yield {
        at,
        message:
          lacking === "name"
            ? say`This compound has no name: VS Code does not offer it.`
            : say`This compound has no configurations: VS Code does not offer it.`,
      };
    }
  },
});
