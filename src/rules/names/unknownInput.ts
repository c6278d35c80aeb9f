import { closest } from "../../core/distance.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { withVariable } from "../paths/variables.ts";
import { objectOf } from "./entries.ts";
import { askedIn, idsOf } from "./inputs.ts";

/** A variable ${input:…} that nothing in the file describes. */
export const unknownInput = rule({
  code: "DLV408",
  id: "unknown-input",
  title: say`An input that is asked for is not described`,
  severity: "error",
  of: "section",
  prevents: [],
  about: {
    what: "`${input:NAME}` is asked of you when the launch starts, as the entry of `inputs` with that `id` describes it. VS Code looks in the `inputs` of the same file only, and refuses the launch where there is none.",
    wrong: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "args": ["\${input:usr}"] }
  ],
  "inputs": [
    { "id": "user", "type": "promptString", "description": "Who" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "args": ["\${input:user}"] }
  ],
  "inputs": [
    { "id": "user", "type": "promptString", "description": "Who" }
  ]
}`,
    sources: [
      "https://github.com/microsoft/vscode/blob/main/src/vs/workbench/services/configurationResolver/browser/baseConfigurationResolverService.ts",
    ],
  },
  *check({ file, value, configurations }) {
    // Settings of several places are laid over each other; a launch.json has its own inputs and no others.
    if (file !== "launch" || (value["inputs"] !== undefined && !Array.isArray(value["inputs"]))) return;
    const ids = idsOf(value["inputs"]);
    for (const entry of configurations) {
      if (objectOf(entry.value)?.["type"] !== "go") continue;
      for (const use of askedIn(entry.value, entry.at)) {
        const { at, id } = use;
        if (ids.includes(id)) continue;
        const near = closest(id, ids);
        yield {
          at,
          message: say`No entry of "inputs" in this file has the id "${id}": VS Code refuses the launch.`,
          ...(near !== undefined && {
            remedies: [
              {
                title: say`Write \${input:${near}}`,
                edits: [{ at, value: withVariable(use, `input:${near}`) }],
              },
            ],
          }),
        };
      }
    }
  },
});
