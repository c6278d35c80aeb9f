import { rule, type View } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { unknownValues } from "../attributes/unknownValue.ts";
import { wrongTypes } from "../attributes/wrongType.ts";
import { delveSettings, taken, toldOf } from "./delveSettings.ts";

/** A value in go.delveConfig that every launch would stumble over, or pass over. */
export const delveSettingValue = rule({
  code: "DLV602",
  id: "delve-setting-value",
  title: say`A value in go.delveConfig is not what its attribute takes`,
  severity: "error",
  of: "settings",
  prevents: ["attribute-refused"],
  about: {
    what: "What golang.go takes from `go.delveConfig` goes to Delve with every configuration that does not have the attribute itself. A value of the wrong type is refused there as it is in launch.json, and the file that is to blame is not the one that somebody looks at.",
    wrong: `{
  "go.delveConfig": { "showGlobalVariables": "true" }
}`,
    right: `{
  "go.delveConfig": { "showGlobalVariables": true }
}`,
    sources: [
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts",
      "https://github.com/go-delve/delve/blob/v1.27.1/service/dap/types.go",
    ],
  },
  *check(value, world) {
    const settings = delveSettings(value).filter(({ name }) => taken.includes(name));
    if (settings.length === 0) return;
    const config = { request: "launch", ...Object.fromEntries(settings.map((one) => [one.name, one.value])) };
    const view: View = { config, request: "launch", mode: "debug" };
    for (const complaint of [...wrongTypes(view, world), ...unknownValues(view, world)]) {
      const told = toldOf(settings, complaint);
      if (told !== undefined) yield told;
    }
  },
});
