import { closest } from "../../core/distance.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { attributeOf } from "../attributes/table.ts";
import { delveSettings, taken, takenByLegacy } from "./delveSettings.ts";

/** A key of go.delveConfig that golang.go does not take over. */
export const unknownDelveSetting = rule({
  code: "DLV601",
  id: "unknown-delve-setting",
  title: say`golang.go takes no attribute of this name from go.delveConfig`,
  severity: "warning",
  of: "settings",
  prevents: [],
  about: {
    what: "From the setting `go.delveConfig` golang.go takes a few attributes into every configuration that does not have them itself: `debugAdapter`, `dlvFlags`, `hideSystemGoroutines`, `logOutput`, `showGlobalVariables`, `showLog`, `showRegisters`, `substitutePath`, and for the legacy adapter `apiVersion`, `dlvLoadConfig` and `useApiV1`. Everything else in it does nothing; other attributes belong into the configurations.",
    wrong: `{
  "go.delveConfig": { "showLogs": true }
}`,
    right: `{
  "go.delveConfig": { "showLog": true }
}`,
    sources: ["https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts"],
  },
  *check(value) {
    const settings = delveSettings(value);
    const known = [...taken, ...takenByLegacy];
    for (const { name, value: own, at } of settings) {
      if (known.includes(name)) continue;
      const lower = new Map(known.map((one) => [one.toLowerCase(), one]));
      const near = lower.get(closest(name, [...lower.keys()]) ?? "");
      const free = near !== undefined && settings.every((one) => one.name !== near);
      const truth =
        attributeOf(name) !== undefined
          ? say`"${name}" counts in a configuration of launch.json only: golang.go does not take it from here.`
          : near === undefined
            ? say`golang.go takes no "${name}" from go.delveConfig.`
            : say`golang.go takes no "${name}" from go.delveConfig. Is "${near}" meant?`;
      const to = [...at.slice(0, -1), at.length === 1 ? `go.delveConfig.${near}` : String(near)];
      yield {
        at,
        mark: "key",
        message: truth,
        tag: "unnecessary",
        remedies: [
          ...(free ? [{ title: say`Call it "${near}"`, edits: [{ at }, { at: to, value: own }] }] : []),
          { title: say`Remove "${name}"`, edits: [{ at }] },
        ],
      };
    }
  },
});
