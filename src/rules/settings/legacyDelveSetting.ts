import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { isEmpty } from "../attributes/adapter.ts";
import { delveSettings, takenByLegacy } from "./delveSettings.ts";

/** A setting for the adapter that golang.go hardly takes any more. */
export const legacyDelveSetting = rule({
  code: "DLV603",
  id: "legacy-delve-setting",
  title: say`A setting counts for the legacy debug adapter alone`,
  severity: "information",
  of: "settings",
  prevents: [],
  about: {
    what: "`apiVersion`, `dlvLoadConfig` and `useApiV1` in `go.delveConfig` count for golang.go's legacy adapter. `dlv-dap`, which golang.go takes for everything but some remote attaches, ignores them; of `dlvLoadConfig` golang.go warns at every start.",
    wrong: `{
  "go.delveConfig": { "dlvLoadConfig": { "maxStringLen": 512 } }
}`,
    right: `{
  "go.delveConfig": { "debugAdapter": "legacy", "dlvLoadConfig": { "maxStringLen": 512 } }
}`,
    sources: ["https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts"],
  },
  *check(value) {
    const settings = delveSettings(value);
    const adapter = settings.find(({ name }) => name === "debugAdapter")?.value;
    if (adapter !== undefined && adapter !== "dlv-dap") return;
    for (const { name, value: own, at } of settings)
      if (takenByLegacy.includes(name) && !isEmpty(own))
        yield {
          at,
          mark: "key",
          message: say`"${name}" counts for the legacy debug adapter only; dlv-dap ignores it.`,
          tag: "unnecessary",
          remedies: [{ title: say`Remove "${name}"`, edits: [{ at }] }],
        };
  },
});
