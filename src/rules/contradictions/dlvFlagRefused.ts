import { rule } from "../../core/rule.ts";
import { startsDlv } from "../../core/starts.ts";
import { adapterOf } from "../attributes/adapter.ts";

/** An item of dlvFlags that holds a flag and its value with a space between. */
export const dlvFlagRefused = rule({
  code: "DLV216",
  id: "dlv-flag-refused",
  title: "An item of dlvFlags is no flag",
  severity: "error",
  of: "configuration",
  prevents: ["dlv-dies-or-missing-at-start"],
  about: {
    what: 'Each item of `dlvFlags` is one argument of `dlv dap`, as it is: no shell splits it. `"--log-output dap"` is a flag with a space in its name, and dlv ends at once: `unknown flag: --log-output dap`. A flag and its value are written with `=`, or as two items.',
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "dlvFlags": ["--check-go-version false"] }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "dlvFlags": ["--check-go-version=false"] }
  ]
}`,
    sources: ["https://github.com/golang/vscode-go/blob/master/extension/src/goDebugFactory.ts"],
  },
  *check(view, world) {
    const flags = view.config["dlvFlags"];
    if (!Array.isArray(flags) || !startsDlv(view) || adapterOf(view, world) !== "dlv-dap") return;
    for (const [index, flag] of flags.entries()) {
      const [, name, value] = /^(--[\w-]+)\s+(\S[\s\S]*)$/.exec(typeof flag === "string" ? flag : "") ?? [];
      if (name === undefined || value === undefined) continue;
      const at = ["dlvFlags", index];
      const single = !/\s-/.test(` ${value}`);
      yield {
        at,
        message: `An item of "dlvFlags" is one argument as it is: dlv knows no flag "${String(flag)}" and ends.`,
        remedies: single
          ? [{ title: `Write "${name}=${value}"`, edits: [{ at, value: `${name}=${value}` }] }]
          : [],
      };
    }
  },
});
