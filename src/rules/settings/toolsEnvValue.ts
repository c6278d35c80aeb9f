import { retyped } from "../../core/retyped.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { objectOf } from "./delveSettings.ts";

const setting = "go.toolsEnvVars";

/** A variable of go.toolsEnvVars that is no text: golang.go puts all of them into `env` of every launch. */
export const toolsEnvValue = rule({
  code: "DLV604",
  id: "tools-env-value",
  title: say`A variable in go.toolsEnvVars is no text`,
  severity: "error",
  of: "settings",
  prevents: ["attribute-refused"],
  about: {
    what: 'golang.go hands the variables of `go.toolsEnvVars` to its tools, and to Delve as `env` of every launch. Delve takes texts and null: a number or a truth value ends each launch with `cannot unmarshal number into "env" of type string`, unless the configuration or its `envFile` sets the same variable.',
    wrong: `{
  "go.toolsEnvVars": { "CGO_ENABLED": 0 }
}`,
    right: `{
  "go.toolsEnvVars": { "CGO_ENABLED": "0" }
}`,
    sources: [
      "https://github.com/golang/vscode-go/blob/master/extension/src/goEnv.ts",
      "https://github.com/go-delve/delve/blob/v1.27.1/service/dap/types.go",
    ],
  },
  *check(value) {
    for (const [name, own] of Object.entries(objectOf(objectOf(value)[setting]))) {
      if (typeof own === "string" || own === null) continue;
      const right = retyped(own, "string");
      yield {
        at: [setting, name],
        message: say`"${name}" must be a text: golang.go puts it into "env" of each launch, and Delve refuses it there.`,
        remedies:
          right === undefined
            ? []
            : [
                {
                  title: say`Write ${JSON.stringify(right)}`,
                  edits: [{ at: [setting, name], value: right }],
                },
              ],
      };
    }
  },
});
