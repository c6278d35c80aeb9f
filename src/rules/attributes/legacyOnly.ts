import type { Config } from "../../core/config.ts";
import { type Remedy, rule } from "../../core/rule.ts";
import { adapterOf, isEmpty } from "./adapter.ts";
import { attributeOf } from "./table.ts";

/** What each of them is for, and what there is with dlv-dap. */
const instead: Readonly<Record<string, string>> = {
  dlvLoadConfig: "which loads values when they are opened",
  apiVersion: "which speaks the debug protocol and no JSON-RPC",
  useApiV1: "which speaks the debug protocol and no JSON-RPC",
  remotePath: 'which maps paths with "substitutePath"',
  trace: 'whose messages the log level of the output channel "Go Debug" shows; dlv\'s own log is "showLog"',
};

/** An attribute of golang.go's legacy adapter in a configuration that goes to dlv-dap. */
export const legacyOnly = rule({
  code: "DLV105",
  id: "legacy-only",
  title: "An attribute counts for the legacy debug adapter alone",
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
        title: `Remove "${name}"`,
        edits: [{ at: [name] }],
        ...(safe && { safe: true }),
      };
      yield {
        at: [name],
        mark: "key",
        message: `"${name}" counts for the legacy debug adapter only, not for dlv-dap, ${instead[name] ?? "which ignores it"}.`,
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
      title: 'Write it as "substitutePath"',
      edits: [
        { at: ["remotePath"] },
        { at: ["substitutePath"], value: [{ from: "${workspaceFolder}", to: path }] },
      ],
    },
    unsafe,
  ];
}
