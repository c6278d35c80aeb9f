import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { freeName, membersOf, nameOf, namesOf } from "./entries.ts";

/** A compound whose name something else has: VS Code starts compounds first, and of those the first. */
export const compoundNameTaken = rule({
  code: "DLV404",
  id: "compound-name-taken",
  title: say`A compound has the name of another entry`,
  severity: "warning",
  of: "section",
  prevents: [],
  about: {
    what: "VS Code starts by name. Where a compound and a configuration share one, the compound is started and the configuration never; and a compound that names the configuration of its own name leaves that out. Of two compounds with the same name only the first is started.",
    wrong: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/api" },
    { "name": "Worker", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/worker" }
  ],
  "compounds": [
    { "name": "API", "configurations": ["Worker"] }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/api" },
    { "name": "Worker", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/worker" }
  ],
  "compounds": [
    { "name": "API and worker", "configurations": ["Worker"] }
  ]
}`,
    sources: [
      "https://github.com/microsoft/vscode/blob/main/src/vs/workbench/contrib/debug/browser/debugService.ts",
    ],
  },
  *check(section) {
    const { configurations, compounds } = section;
    const taken = [...namesOf(section), ...compounds.map(nameOf)];
    for (const [index, compound] of compounds.entries()) {
      const name = nameOf(compound);
      if (name === undefined) continue;
      const at = [...compound.at, "name"];
      const configuration = configurations.find((one) => nameOf(one) === name);
      const earlier = compounds.slice(0, index).find((one) => nameOf(one) === name);
      const other = earlier ?? configuration;
      const itself = configuration !== undefined && membersOf(compound).some((one) => one.name === name);
      const free = freeName(name, taken);
      if (other !== undefined)
        yield {
          at,
          message: earlier
            ? say`"${name}" is the name of an earlier compound, which is the one that is started.`
            : itself
              ? say`"${name}" is the name of a configuration too: VS Code starts the compound, and leaves that configuration out of it.`
              : say`"${name}" is the name of a configuration too: VS Code starts the compound, never the configuration.`,
          related: [{ at: [...other.at, "name"], message: say`The other "${name}"` }],
          remedies: [{ title: say`Call it "${free}"`, edits: [{ at, value: free }] }],
        };
    }
  },
});
