import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { membersOf } from "./entries.ts";

/** The same configuration twice in a compound: two sessions of it at once. */
export const twiceInCompound = rule({
  code: "DLV405",
  id: "twice-in-compound",
  title: say`A compound names a configuration twice`,
  severity: "information",
  of: "section",
  prevents: [],
  about: {
    what: "VS Code starts a configuration as often as the compound names it: two builds of the same program at once, and two servers that want the same port.",
    wrong: `{
  "configurations": [
    { "name": "API", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/api" },
    { "name": "Worker", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/worker" }
  ],
  "compounds": [
    { "name": "All", "configurations": ["API", "Worker", "API"] }
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
  *check({ compounds }) {
    for (const compound of compounds) {
      const members = membersOf(compound);
      for (const [index, { at, name, folder }] of members.entries()) {
        const first = members.slice(0, index).find((one) => one.name === name && one.folder === folder);
        if (first === undefined) continue;
        yield {
          at,
          message: say`"${name}" is named twice, and started twice.`,
          related: [{ at: first.at, message: say`Named here first` }],
          remedies: [{ title: say`Remove the second "${name}"`, edits: [{ at }] }],
        };
      }
    }
  },
});
