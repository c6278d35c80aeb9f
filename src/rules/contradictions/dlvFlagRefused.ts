import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { startsDlv } from "../../core/starts.ts";
import { adapterOf } from "../attributes/adapter.ts";

/** Flags of other dlv commands that `dlv dap` does not know (Delve 1.6.1 to 1.27.1), each with whether it takes a value. */
const ofOthers: Readonly<Record<string, boolean>> = { "--continue": false, "--output": true, "--tty": true };

/** An item of dlvFlags that dlv dap does not know, as one of other commands or as a flag and its value in one. */
export const dlvFlagRefused = rule({
  code: "DLV216",
  id: "dlv-flag-refused",
  title: say`An item of dlvFlags is no flag of dlv dap`,
  severity: "error",
  of: "configuration",
  prevents: ["dlv-dies-or-missing-at-start"],
  about: {
    what: 'Each item of `dlvFlags` is one argument of `dlv dap`, as it is: no shell splits it. `"--log-output dap"` is a flag with a space in its name, and dlv ends at once: `unknown flag: --log-output dap`. A flag and its value are written with `=`, or as two items. `--continue`, `--output` and `--tty` are flags of other dlv commands, and end `dlv dap` as well; what they are for is said by `stopOnEntry`, `output` and `console`.',
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
      const [own = ""] = String(flag).split("=", 1);
      if (Object.hasOwn(ofOthers, own) && !isValue(flags[index - 1])) {
        const apart = ofOthers[own] === true && flag === own && index + 1 < flags.length;
        const all = flags.length === (apart ? 2 : 1);
        // The value behind the flag goes first, because each removal moves those behind it.
        const items = [...(apart ? [index + 1] : []), index].map((one) => ({ at: ["dlvFlags", one] }));
        yield {
          at: ["dlvFlags", index],
          message: say`dlv dap has no flag ${own}: it ends at once, and nothing is started.`,
          remedies: [{ title: say`Remove ${own}`, edits: all ? [{ at: ["dlvFlags"] }] : items, safe: true }],
        };
        continue;
      }
      const [, name, value] = /^(--[\w-]+)\s+(\S[\s\S]*)$/.exec(typeof flag === "string" ? flag : "") ?? [];
      if (name === undefined || value === undefined) continue;
      const at = ["dlvFlags", index];
      const single = !/\s-/.test(` ${value}`);
      yield {
        at,
        message: say`An item of "dlvFlags" is one argument as it is: dlv knows no flag "${String(flag)}" and ends.`,
        remedies: single
          ? [{ title: say`Write "${name}=${value}"`, edits: [{ at, value: `${name}=${value}` }] }]
          : [],
      };
    }
  },
});

/** Flags of dlv dap that take the next item for their value, whatever it looks like. */
function isValue(before: unknown): boolean {
  return /^(--(listen|log-dest|log-output|client-addr|wd|init|backend|build-flags|redirect|api-version)|-[lr])$/.test(
    String(before),
  );
}
