import { type Remedy, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { isServed, located } from "./located.ts";
import { sample } from "./samples.ts";

/** Mode exec, and what `program` names cannot be executed. */
export const programNotExecutable = rule({
  code: "DLV303",
  id: "program-not-executable",
  title: say`The program cannot be executed`,
  severity: "error",
  of: "configuration",
  prevents: ["not-executable-nonmain", "file-var-mode-mismatch"],
  about: {
    what: "In mode exec Delve runs a binary. For a directory, a source file, or a file without the permission to execute it says `not an executable file`.",
    wrong: sample({ mode: "exec" }),
    right: sample({ mode: "exec", program: "${workspaceFolder}/bin/server" }),
    sources: ["https://github.com/go-delve/delve/blob/v1.27.1/service/debugger/debugger.go"],
  },
  *check(view, world) {
    const { config, request, mode } = view;
    if (request !== "launch" || mode !== "exec" || isServed(view)) return;
    const path = located(config["program"], world);
    const standing = path === undefined ? undefined : world.look(path, config);
    if (path === undefined || (standing !== "directory" && standing !== "file")) return;
    // What root may execute is not seen by everybody.
    if (standing === "file" && config["asRoot"] === true) return;
    const source = standing === "directory" || path.endsWith(".go");
    const told =
      standing === "directory"
        ? say`${path} is a directory: mode exec runs a binary, mode debug builds one.`
        : source
          ? say`${path} is a file that must not be executed: mode exec runs a binary, mode debug builds one.`
          : say`${path} is a file that must not be executed: mode exec runs a binary.`;
    const remedies: readonly Remedy[] = source
      ? [{ title: say`Write "mode": "debug"`, edits: [{ at: ["mode"], value: "debug" }] }]
      : [];
    yield {
      at: ["program"],
      message: told,
      remedies,
    };
  },
});
