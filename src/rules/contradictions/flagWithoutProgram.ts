import { leftOfGcflags } from "../../core/gcflags.ts";
import { flagName, flagWords, withoutFlag } from "../../core/goBuild.ts";
import { type Complaint, rule, type View } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { buildsProgram } from "../../core/starts.ts";
import { isVariable } from "../attributes/adapter.ts";
import { keptFlags } from "./keptFlags.ts";

/** Kinds of a build that are no program of its own (go help buildmode). */
const libraries = ["archive", "c-archive", "c-shared", "plugin", "shared"];

/** Flags after which there is no program where Delve looks for it. */
export const flagWithoutProgram = rule({
  code: "DLV209",
  id: "flag-without-program",
  title: say`A build flag takes away what Delve would start`,
  severity: "error",
  of: "configuration",
  prevents: ["not-executable-nonmain", "build-error", "attribute-refused"],
  about: {
    what: "Delve tells go with `-o` where the program is to be built, and starts that file. Another `-o` in the text of `buildFlags` stands behind Delve's and wins, `-n` builds nothing, `-buildmode=c-shared` and the like build a library: Delve then says `not an executable file`. (In a list Delve's `-o` stands last, and yours does nothing.) `-C` must be go's first flag, which it is only at the beginning of `buildFlags` and never in mode test. Where the program is to lie is said by `output`, where it is built by `dlvCwd`.",
    wrong: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "buildFlags": "-race -o bin/server" }
  ]
}`,
    right: `{
  "configurations": [
    { "name": "Server", "type": "go", "request": "launch", "mode": "debug", "program": "\${workspaceFolder}", "buildFlags": "-race", "output": "\${workspaceFolder}/bin/server" }
  ]
}`,
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/pkg/gobuild/gobuild.go"],
  },
  *check(view) {
    const flags = leftOfGcflags(view.config["buildFlags"]);
    if (!buildsProgram(view) || isVariable(String(flags))) return;
    const words = flagWords(flags);
    for (const [index, word] of words.entries()) {
      const name = flagName(word);
      const value = word.includes("=") ? word.slice(word.indexOf("=") + 1) : words[index + 1];
      const fault = name && faultOf(name, value, index, view);
      if (fault) yield { at: ["buildFlags"], ...fault, remedies: [without(name, flags, fault.severity)] };
    }
  },
});

type Fault = Pick<Complaint, "message" | "severity" | "tag">;

function faultOf(name: string, value: string | undefined, index: number, view: View): Fault | undefined {
  const list = Array.isArray(view.config["buildFlags"]);
  if (name === "o" && list)
    return {
      message: say`-o in a list does nothing: Delve's own -o stands behind it. "output" says where to build.`,
      severity: "warning",
      tag: "unnecessary",
    };
  if (name === "o" && value !== view.config["output"])
    return {
      message: say`-o takes the place of Delve's own -o, and Delve finds no program: "output" says where to build.`,
    };
  if (name === "n" && value !== "false")
    return { message: say`-n only prints what would be built: Delve finds no program.` };
  if (name === "buildmode" && value !== undefined && libraries.includes(value) && view.mode === "debug")
    return { message: say`-buildmode=${value} builds a library, and Delve starts programs only.` };
  if (name === "C" && view.mode === "test")
    return {
      message: say`Delve puts its own -c before -C in mode test, and go wants -C first: "dlvCwd" says where go runs.`,
    };
  if (name === "C" && index > 0) return { message: say`-C must be the first flag, or go refuses the build.` };
  return undefined;
}

function without(name: string, flags: unknown, severity: Complaint["severity"]) {
  const words = withoutFlag(flagWords(flags), name);
  const edit = { at: ["buildFlags"], ...keptFlags(words, flags) };
  const title = say`Take -${name} out of buildFlags`;
  return { title, edits: [edit], ...(severity === "warning" && { safe: true as const }) };
}
