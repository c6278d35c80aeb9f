import type { JsonPath } from "../../core/fix.ts";
import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { isServed, isTilde } from "./located.ts";
import { sample } from "./samples.ts";

/** The attributes in which golang.go 0.58 and Delve take `~` for a name; in `cwd` golang.go expands it. */
const literal = ["program", "envFile", "coreFilePath", "traceDirPath", "output"];

/** A `~` that nobody expands. */
export const tildePath = rule({
  code: "DLV310",
  id: "tilde-path",
  title: say`~ stands where nobody takes it for the home directory`,
  severity: "error",
  of: "configuration",
  prevents: ["wrong-module-dir", "attribute-refused", "envfile-or-env-surprise"],
  about: {
    what: "`~` is expanded by shells, and by golang.go in `cwd` alone. In `program`, `envFile`, `coreFilePath` and `traceDirPath` it is the name of a directory that is not there; for `output` go makes a directory of that name in the workspace. VS Code's `${userHome}` means the home directory everywhere.",
    wrong: sample({ program: "~/go/src/server" }),
    right: sample({ program: "${userHome}/go/src/server" }),
    sources: [
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts",
      "https://github.com/golang/vscode-go/blob/master/extension/src/utils/envUtils.ts",
    ],
  },
  *check(view) {
    const { config, request } = view;
    const ours = request === "launch" && !isServed(view);
    for (const key of ours ? literal : ["envFile"]) {
      const written = config[key];
      const values: readonly unknown[] = Array.isArray(written) ? written : [written];
      for (const [index, value] of values.entries()) {
        if (typeof value !== "string" || !isTilde(value)) continue;
        const at: JsonPath = Array.isArray(written) ? [key, index] : [key];
        const full = `\${userHome}${value.slice(1)}`;
        yield {
          at,
          ...(key === "output" && { severity: "warning" as const }),
          message: say`Nobody expands ~ in "${key}": it is taken for the name of a directory.`,
          remedies: [{ title: say`Write "${full}"`, edits: [{ at, value: full }] }],
        };
      }
    }
  },
});
