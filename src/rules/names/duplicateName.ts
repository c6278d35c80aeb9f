import { type Complaint, type Entry, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { freeName, nameOf } from "./entries.ts";

/** Two configurations of one name: every way to start one by name takes the first. */
export const duplicateName = rule({
  code: "DLV401",
  id: "duplicate-name",
  title: say`Two configurations have the same name`,
  severity: "warning",
  of: "section",
  prevents: [],
  about: {
    what: "VS Code starts a configuration by its name: from the list in Run and Debug, from a compound, from `delve-doctor launch --config`. Of two with the same name only the first is ever started that way.",
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/a" },
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/b" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server a", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/a" },
    { "name": "Server b", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}/b" }
  ]
}`,
    sources: ["https://code.visualstudio.com/docs/debugtest/debugging-configuration"],
  },
  *check({ configurations }) {
    const first = new Map<string, Entry>();
    const names = configurations.map(nameOf);
    for (const entry of configurations) {
      const name = nameOf(entry);
      if (name === undefined) continue;
      const other = first.get(name);
      if (other === undefined) first.set(name, entry);
      else yield complain(entry, other, name, freeName(name, names));
    }
  },
});

function complain(entry: Entry, other: Entry, name: string, free: string): Complaint {
  const at = [...entry.at, "name"];
  return {
    at,
    message: say`"${name}" is the name of an earlier configuration, which is the one that is started.`,
    related: [{ at: [...other.at, "name"], message: say`The first "${name}"` }],
    remedies: [{ title: say`Call it "${free}"`, edits: [{ at, value: free }] }],
  };
}
