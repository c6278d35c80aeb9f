import { type Remedy, rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { builds, isServed, located } from "./located.ts";
import { sample } from "./samples.ts";

/** A file that is no Go source where Delve builds. */
export const programNotGo = rule({
  code: "DLV302",
  id: "program-not-go",
  title: say`The program is a file that Go cannot build`,
  severity: "error",
  of: "configuration",
  prevents: ["file-var-mode-mismatch"],
  about: {
    what: "In the modes debug, test and auto `program` is a directory or a `.go` file. golang.go refuses any other file: a binary runs in mode exec, and a go.mod is named by its directory.",
    wrong: sample({ program: "${workspaceFolder}/bin/server" }),
    right: sample({ program: "${workspaceFolder}/bin/server", mode: "exec" }),
    sources: ["https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts"],
  },
  *check(view, world) {
    const { config, mode } = view;
    const program = config["program"];
    if (!builds(view) || isServed(view) || typeof program !== "string") return;
    const path = located(program, world);
    if (path === undefined || path.endsWith(".go")) return;
    const standing = world.look(path, config);
    if (standing !== "file" && standing !== "program") return;
    // On Windows every file may be executed.
    const runs = standing === "program" && (world.platform !== "windows" || /\.exe$/i.test(path));
    const remedies: readonly Remedy[] = runs
      ? [{ title: say`Write "mode": "exec"`, edits: [{ at: ["mode"], value: "exec" }] }]
      : directoryOf(program);
    yield {
      at: ["program"],
      message: runs
        ? say`${path} is neither a directory nor a .go file, which "program" must be in mode ${mode}; a binary runs in mode exec.`
        : say`${path} is neither a directory nor a .go file, which "program" must be in mode ${mode}.`,
      remedies,
    };
  },
});

function directoryOf(program: string): readonly Remedy[] {
  const at = program.lastIndexOf("/");
  const value = program.slice(0, at);
  return at > 0 ? [{ title: say`Write "program": "${value}"`, edits: [{ at: ["program"], value }] }] : [];
}
