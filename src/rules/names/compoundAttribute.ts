import { distance } from "../../core/distance.ts";
import { type Remedy, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { notMeant } from "../attributes/notMeant.ts";
import { objectOf } from "./entries.ts";

/** What VS Code reads of a compound (debugSchemas.ts), and what launch.json takes everywhere. */
const read = ["name", "configurations", "preLaunchTask", "stopAll", "presentation"];

/** An attribute of a compound that does nothing. */
export const compoundAttribute = rule({
  code: "DLV410",
  id: "compound-attribute",
  title: say`A compound has an attribute that VS Code does not read`,
  severity: "warning",
  of: "section",
  prevents: [],
  about: {
    what: "Of a compound VS Code reads `name`, `configurations`, `preLaunchTask`, `stopAll` and `presentation`. Whatever else stands there does nothing: a `postDebugTask` or an `env` belongs into the configurations.",
    wrong: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/api" },
    { "name": "Worker", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/worker" }
  ],
  "compounds": [
    { "name": "All", "configurations": ["API", "Worker"], "stopall": true }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/api" },
    { "name": "Worker", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/worker" }
  ],
  "compounds": [
    { "name": "All", "configurations": ["API", "Worker"], "stopAll": true }
  ]
}`,
    sources: [
      "https://github.com/microsoft/vscode/blob/main/src/vs/workbench/contrib/debug/browser/debugService.ts",
      "https://code.visualstudio.com/docs/debugtest/debugging-configuration#_compound-launch-configurations",
    ],
  },
  *check({ compounds }) {
    for (const { at, value } of compounds)
      for (const [key, written] of Object.entries(objectOf(value) ?? {})) {
        if (read.includes(key) || key === "delveDoctor" || notMeant.test(key)) continue;
        const meant = read.find((one) => distance(one.toLowerCase(), key.toLowerCase()) <= 1);
        const place = [...at, key];
        const rename: Remedy[] =
          meant === undefined || Object.hasOwn(objectOf(value) ?? {}, meant)
            ? []
            : [
                {
                  title: say`Write "${meant}"`,
                  edits: [{ at: place }, { at: [...at, meant], value: written }],
                },
              ];
        yield {
          at: place,
          mark: "key",
          tag: "unnecessary",
          message: say`A compound has no "${key}": VS Code does not read it.`,
          remedies: [...rename, { title: say`Remove "${key}"`, edits: [{ at: place }] }],
        };
      }
  },
});
