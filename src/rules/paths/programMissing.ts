import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { builds, isPrepared, isServed, located, parentOf } from "./located.ts";
import { sample } from "./samples.ts";

/** What golang.go leaves for go to find: a path whose first part is a domain (isPackageUrl of goDebugConfiguration.ts). */
const packagePath = /^[a-zA-Z0-9][a-zA-Z0-9-]{0,61}[a-zA-Z0-9](\.[a-zA-Z]{2,})+\//;

/** `program` names a place where nothing is. */
export const programMissing = rule({
  code: "DLV301",
  id: "program-missing",
  title: say`The program does not exist`,
  severity: "error",
  of: "configuration",
  prevents: ["wrong-module-dir", "build-error", "attribute-refused"],
  about: {
    what: "Where Delve builds, `program` must be a directory or a `.go` file that exists: golang.go refuses everything else before dlv is started. A relative path counts from the workspace folder. A package path such as `example.com/cmd/tool` is left for go to find. In the modes exec and core it is a binary, which may only have to be built first; with a `preLaunchTask` nothing is said.",
    wrong: sample({ program: "${workspaceFolder}/cmd/missing" }),
    right: sample({}),
    sources: [
      "https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts",
      "https://github.com/go-delve/delve/blob/v1.27.1/service/dap/server.go",
    ],
  },
  *check(view, world) {
    const { config, request, mode } = view;
    const program = config["program"];
    const built = builds(view);
    if (request !== "launch" || isServed(view) || isPrepared(view)) return;
    if (typeof program !== "string" || !(built || mode === "exec" || mode === "core")) return;
    if (built && packagePath.test(world.expand(program) ?? "")) return;
    const named = located(program, world);
    if (named === undefined) return;
    // golang.go takes the directory of a single test file.
    const path = built && mode !== "debug" && named.endsWith("_test.go") ? parentOf(named) : named;
    if (world.look(path, config) !== "nothing") return;
    yield built
      ? {
          at: ["program"],
          message: say`There is no ${path}: "program" must be a directory or a .go file that exists.`,
        }
      : {
          at: ["program"],
          severity: "warning",
          message: say`There is no ${path}: in mode ${mode} the binary must be built before the launch.`,
        };
  },
});
