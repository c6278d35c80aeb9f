import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { builds, isServed, located, parentOf } from "./located.ts";
import { sample } from "./samples.ts";

/** `output` is no place for a binary. */
export const outputUnusable = rule({
  code: "DLV306",
  id: "output-unusable",
  title: say`The binary cannot be written to output`,
  severity: "error",
  of: "configuration",
  prevents: ["not-executable-nonmain", "package-dir-unwritable"],
  about: {
    what: "`output` is the file that Delve has go build, and then runs. For a directory go puts a file into it, Delve tries to run the directory, and says `not an executable file`. A directory on the way that does not exist is made by go; a file in its place cannot be.",
    wrong: sample({ output: "${workspaceFolder}/bin" }),
    right: sample({ output: "${workspaceFolder}/bin/server" }),
    sources: [
      "https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go",
      "https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies",
    ],
  },
  *check(view, world) {
    const { config } = view;
    const output = config["output"];
    if (!builds(view) || isServed(view) || typeof output !== "string") return;
    const path = located(output, world);
    if (path === undefined) return;
    if (world.look(path, config) === "directory") {
      const value = `${output.replace(/[/\\]$/, "")}/__debug_bin`;
      yield {
        at: ["output"],
        message: say`${path} is a directory: go puts the binary into it, and Delve tries to run the directory.`,
        remedies: [{ title: say`Write "output": "${value}"`, edits: [{ at: ["output"], value }] }],
      };
      return;
    }
    const parent = parentOf(path);
    const standing = world.look(parent, config);
    if (standing === "file" || standing === "program")
      yield {
        at: ["output"],
        message: say`${parent} is a file, so go cannot put the binary into a directory of that name.`,
      };
  },
});
