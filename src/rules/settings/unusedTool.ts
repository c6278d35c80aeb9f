import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { objectOf } from "./delveSettings.ts";

const setting = "go.alternateTools";

/** Names under which nobody looks for Delve. */
const names = ["dlv-dap", "delve"];

/** Another dlv under a name that golang.go does not ask for. */
export const unusedTool = rule({
  code: "DLV606",
  id: "unused-tool",
  title: say`go.alternateTools names Delve as golang.go does not`,
  severity: "warning",
  of: "settings",
  prevents: [],
  about: {
    what: "Which dlv is started is said by `dlv` in `go.alternateTools`. `dlv-dap` was a binary of its own until golang.go 0.31, and `delve` never was one: what stands there is not looked at.",
    wrong: `{
  "go.alternateTools": { "dlv-dap": "/opt/delve/bin/dlv" }
}`,
    right: `{
  "go.alternateTools": { "dlv": "/opt/delve/bin/dlv" }
}`,
    sources: ["https://github.com/golang/vscode-go/blob/master/docs/debugging.md"],
  },
  *check(value) {
    const tools = objectOf(objectOf(value)[setting]);
    for (const name of names) {
      if (!Object.hasOwn(tools, name) || typeof tools[name] !== "string") continue;
      const free = !Object.hasOwn(tools, "dlv");
      yield {
        at: [setting, name],
        mark: "key",
        message: say`golang.go does not look for "${name}": the debugger is the tool "dlv".`,
        tag: "unnecessary",
        remedies: [
          free
            ? {
                title: say`Call it "dlv"`,
                edits: [{ at: [setting, name] }, { at: [setting, "dlv"], value: tools[name] }],
              }
            : { title: say`Remove "${name}"`, edits: [{ at: [setting, name] }] },
        ],
      };
    }
  },
});
