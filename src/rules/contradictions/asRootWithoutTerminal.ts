import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { inTerminal, startsDlv } from "../../core/starts.ts";
import { adapterOf, isVariable } from "../attributes/adapter.ts";

/** golang.go looks at asRoot only where it starts dlv in a terminal. */
export const asRootWithoutTerminal = rule({
  code: "DLV203",
  id: "as-root-without-terminal",
  title: say`asRoot has no terminal`,
  severity: "warning",
  of: "configuration",
  prevents: ["as-root-flow", "yama-scope1-attach", "other-user-target"],
  about: {
    what: 'sudo asks for a password, and the Debug Console has no place to type it. So golang.go honours `"asRoot": true` only with `"console": "integratedTerminal"` or `"externalTerminal"`, and otherwise starts dlv as the user of the editor, without a word. (Where Delve Doctor starts dlv, it opens a terminal for sudo by itself.)',
    wrong: `{
  "configurations": [
    { "name": "Ping", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "asRoot": true }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Ping", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "asRoot": true, "console": "integratedTerminal" }
  ]
}`,
    sources: [
      "https://github.com/golang/vscode-go/blob/master/docs/debugging.md#debugging-programs-and-tests-as-root",
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugFactory.ts",
    ],
  },
  *check(view, world) {
    const { config } = view;
    if (config["asRoot"] !== true || inTerminal(view) || isVariable(config["console"])) return;
    if (!startsDlv(view) || adapterOf(view, world) !== "dlv-dap" || config["delveDoctor"] !== undefined)
      return;
    yield {
      at: ["asRoot"],
      message: say`Without a terminal in "console" golang.go ignores "asRoot": it starts dlv without sudo.`,
      remedies: [
        {
          title: say`Write "console": "integratedTerminal", where sudo can ask for the password`,
          edits: [{ at: ["console"], value: "integratedTerminal" }],
        },
        { title: say`Remove "asRoot"`, edits: [{ at: ["asRoot"] }] },
      ],
    };
  },
});
