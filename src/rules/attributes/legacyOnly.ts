import type { Config } from "../../core/config.ts";
import { type Remedy, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { adapterOf, isEmpty } from "./adapter.ts";
import { attributeOf } from "./table.ts";

/** What it is for, and what there is with dlv-dap. */
function told(name: string): string {
  switch (name) {
    case "dlvLoadConfig":
      return say`"${name}" counts for the legacy debug adapter only, not for dlv-dap, which loads values when they are opened.`;
    case "apiVersion":
    case "useApiV1":
      return say`"${name}" counts for the legacy debug adapter only, not for dlv-dap, which speaks the debug protocol and no JSON-RPC.`;
    case "remotePath":
      return say`"${name}" counts for the legacy debug adapter only, not for dlv-dap, which maps paths with "substitutePath".`;
    case "trace":
      return say`"${name}" counts for the legacy debug adapter only, not for dlv-dap, whose messages the log level of the output channel "Go Debug" shows; dlv's own log is "showLog".`;
    default:
      return say`"${name}" counts for the legacy debug adapter only, not for dlv-dap, which ignores it.`;
  }
}

/** An attribute of golang.go's legacy adapter in a configuration that goes to dlv-dap. */
export const legacyOnly = rule({
  code: "DLV105",
  id: "legacy-only",
  title: say`An attribute counts for the legacy debug adapter alone`,
  severity: "warning",
  of: "configuration",
  prevents: ["wrong-popular-settings"],
  about: {
    what: "`dlvLoadConfig`, `apiVersion`, `useApiV1`, `remotePath` and `trace` are read by golang.go's old adapter, which spoke JSON-RPC with a headless dlv. `dlv dap`, which golang.go starts now, gets them and ignores them. Nothing is said of a remote attach that names no `debugAdapter`: golang.go may still take the old adapter there.",
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "debugAdapter": "dlv-dap", "apiVersion": 2 }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "debugAdapter": "dlv-dap" }
  ]
}`,
    sources: [
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts",
      "golang/vscode-go#2018",
    ],
  },
  *check(view, world) {
    const { config } = view;
    if (adapterOf(view, world) !== "dlv-dap") return;
    for (const [name, value] of Object.entries(config)) {
      const attribute = attributeOf(name);
      if (attribute?.adapter !== "legacy" || isEmpty(value)) continue;
      // A user's settings, which nobody sees here, may choose the other adapter where the configuration does not.
      const safe = config["debugAdapter"] === "dlv-dap";
      const removed: Remedy = {
        title: say`Remove "${name}"`,
        edits: [{ at: [name] }],
        ...(safe && { safe: true }),
      };
      yield {
        at: [name],
        mark: "key",
        message: told(name),
        tag: attribute.deprecated === undefined ? "unnecessary" : "deprecated",
        ...(name === "trace" && { severity: "information" }),
        remedies: name === "remotePath" ? mapped(config, removed) : [removed],
      };
    }
  },
});

/** The same mapping in Delve's own form, where there is none yet. */
function mapped(config: Config, removed: Remedy): readonly Remedy[] {
  const path = config["remotePath"];
  if (typeof path !== "string" || path === "${workspaceFolder}" || !isEmpty(config["substitutePath"]))
    return [removed];
  const { safe: _, ...unsafe } = removed;
  return [
    {
      title: say`Write it as "substitutePath"`,
      edits: [
        { at: ["remotePath"] },
        { at: ["substitutePath"], value: [{ from: "${workspaceFolder}", to: path }] },
      ],
    },
    unsafe,
  ];
}
