import { closest } from "../../core/distance.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { objectOf } from "./delveSettings.ts";

/** The settings of golang.go that a launch depends on, and no other of its settings is like one of them. */
const known = ["go.delveConfig", "go.alternateTools", "go.toolsEnvVars"];

/** A setting whose name is nearly that of one that a launch depends on. */
export const misspeltSetting = rule({
  code: "DLV605",
  id: "misspelt-setting",
  title: say`A setting of this name does nothing`,
  severity: "warning",
  of: "settings",
  prevents: [],
  about: {
    what: "VS Code keeps settings that no extension knows, and capital letters count in their names. `go.delveConfig`, `go.alternateTools` and `go.toolsEnvVars` are what a launch depends on; a name that is nearly one of them is taken for nothing.",
    wrong: `{
  "go.delveconfig": { "showLog": true }
}`,
    right: `{
  "go.delveConfig": { "showLog": true }
}`,
    sources: ["https://github.com/golang/vscode-go/blob/master/extension/package.json"],
  },
  *check(value) {
    const settings = objectOf(value);
    for (const [name, own] of Object.entries(settings)) {
      if (!name.toLowerCase().startsWith("go.") || known.includes(name)) continue;
      const lower = closest(
        name,
        known.map((one) => one.toLowerCase()),
      );
      const meant = known.find((one) => one.toLowerCase() === lower);
      if (meant === undefined) continue;
      yield {
        at: [name],
        mark: "key",
        message: say`golang.go has no setting "${name}": it is called "${meant}".`,
        remedies: Object.hasOwn(settings, meant)
          ? []
          : [{ title: say`Call it "${meant}"`, edits: [{ at: [name] }, { at: [meant], value: own }] }],
      };
    }
  },
});
