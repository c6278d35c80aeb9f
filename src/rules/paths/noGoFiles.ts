import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { builds, isPrepared, isServed, located } from "./located.ts";
import { sample } from "./samples.ts";

/** `program` is a directory without a Go file. */
export const noGoFiles = rule({
  code: "DLV313",
  id: "no-go-files",
  title: say`The directory of the program has no Go files`,
  severity: "error",
  of: "configuration",
  prevents: ["wrong-module-dir", "file-var-mode-mismatch"],
  about: {
    what: "Delve has go build the package in the directory that `program` names, and go looks at no directory below it: `no Go files in /w`. The root of a repository often has none, and the program lies in a directory such as `cmd/server`. With a `preLaunchTask`, which may write them, nothing is said.",
    wrong: sample({ program: "${workspaceFolder}/empty" }),
    right: sample({}),
    sources: ["https://pkg.go.dev/cmd/go#hdr-Package_lists_and_patterns"],
  },
  *check(view, world) {
    const { config } = view;
    if (!builds(view) || isServed(view) || isPrepared(view)) return;
    const path = located(config["program"], world);
    if (path === undefined || world.look(path, config) !== "directory") return;
    if (world.holdsGo(path, config) !== false) return;
    yield {
      at: ["program"],
      message: say`${path} has no .go file of its own, and go looks at none of the directories below it.`,
    };
  },
});
