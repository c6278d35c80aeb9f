import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";

/** VS Code lists configurations by their names. */
export const missingName = rule({
  code: "DLV110",
  id: "missing-name",
  title: say`A configuration without a name cannot be chosen`,
  severity: "warning",
  of: "configuration",
  prevents: [],
  about: {
    what: "VS Code lists those configurations in Run and Debug whose `name` is a text, and compounds and `delve-doctor launch --config` find them by it. One without a name is never started.",
    wrong: `{
  "configurations": [
    { "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Debug", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}" }
  ]
}`,
    sources: ["https://code.visualstudio.com/docs/debugtest/debugging-configuration"],
  },
  *check({ config, request, mode }) {
    if (typeof config["name"] === "string") return;
    const known = typeof config["mode"] === "string" && /^[a-z]+$/.test(mode);
    const word = request === "attach" ? "Attach" : known && mode !== "auto" ? mode : "Launch";
    const value = `${word[0]?.toUpperCase() ?? ""}${word.slice(1)}`;
    yield {
      at: ["type"],
      message: say`Without a "name" VS Code does not list this configuration: nobody can start it.`,
      remedies: [{ title: say`Add "name": "${value}"`, edits: [{ at: ["name"], value }] }],
    };
  },
});
