import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { adapterOf } from "../attributes/adapter.ts";
import { sample } from "../paths/samples.ts";

/** A file of Go that cannot be built alone in the mode that is set. */
export const programAndMode = rule({
  code: "DLV221",
  id: "program-and-mode",
  title: say`The file and the mode do not fit together`,
  severity: "error",
  of: "configuration",
  prevents: ["file-var-mode-mismatch"],
  about: {
    what: "In mode test a file that is no `_test.go` is compiled alone, and has no tests: go writes no binary, and Delve says `not an executable file`. In mode debug a `_test.go` file is `no packages to build`. A directory holds both: the mode decides which of them are built.",
    wrong: sample({ mode: "test", program: "${workspaceFolder}/shop/shop.go" }),
    right: sample({ mode: "test", program: "${workspaceFolder}/shop" }),
    sources: [
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts",
      "https://pkg.go.dev/cmd/go#hdr-Test_packages",
    ],
  },
  *check(view, world) {
    const { config, request, mode } = view;
    const { program } = config;
    // The legacy adapter takes the directory of any file in mode test.
    if (request !== "launch" || typeof program !== "string" || adapterOf(view, world) === "legacy") return;
    const cut = Math.max(program.lastIndexOf("/"), program.lastIndexOf("\\"));
    const file = program.slice(cut + 1);
    // A variable may be the whole name, or the half of it that counts.
    if (!file.endsWith(".go") || file.includes("}")) return;
    const path = world.expand(program);
    if (path !== undefined && world.look(path, config) === "directory") return;
    const folder = cut < 0 ? "${workspaceFolder}" : program.slice(0, cut);
    const tests = file.endsWith("_test.go");
    if (mode === "test" && !tests)
      yield {
        at: ["program"],
        message: say`${file} alone has no tests: go builds nothing that Delve could start.`,
        remedies: [
          { title: say`Test the package: "${folder}"`, edits: [{ at: ["program"], value: folder }] },
          { title: say`Write "mode": "debug"`, edits: [{ at: ["mode"], value: "debug" }] },
        ],
      };
    if (mode === "debug" && tests)
      yield {
        at: ["program"],
        message: say`${file} holds tests: in mode debug go finds no package to build.`,
        remedies: [{ title: say`Write "mode": "test"`, edits: [{ at: ["mode"], value: "test" }] }],
      };
  },
});
