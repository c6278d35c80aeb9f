import { rule } from "../../core/rule.ts";
import { say } from "../../core/say.ts";
import { adapterOf } from "../attributes/adapter.ts";
import { sample } from "../paths/samples.ts";

const folders: Readonly<Record<string, string>> = {
  "${file}": "${fileDirname}",
  "${relativeFile}": "${relativeFileDirname}",
};

/** The open test file, compiled without the package it belongs to. */
export const oneFileTest = rule({
  code: "DLV222",
  id: "one-file-test",
  title: say`The open file is tested alone`,
  severity: "information",
  of: "configuration",
  prevents: ["file-var-mode-mismatch"],
  about: {
    what: "golang.go makes the directory of a `_test.go` file that is written as such. Of `${file}` it does not yet know what it stands for, so `go test -c` gets the one file: what the package's other files declare is `undefined`, and a file that is no test gives no binary at all. `${fileDirname}` tests the package of the open file.",
    wrong: sample({ mode: "test", program: "${file}" }),
    right: sample({ mode: "test", program: "${fileDirname}" }),
    sources: ["https://github.com/golang/vscode-go/blob/master/extension/src/goDebugConfiguration.ts"],
  },
  *check(view, world) {
    const { program } = view.config as Readonly<Record<string, unknown>>;
    if (view.request !== "launch" || view.mode !== "test" || typeof program !== "string") return;
    // The legacy adapter takes the directory of any file.
    if (adapterOf(view, world) === "legacy") return;
    const folder = folders[program];
    if (folder === undefined) return;
    yield {
      at: ["program"],
      message: say`go compiles the open file alone, without the rest of its package: ${folder} tests the package.`,
      remedies: [{ title: say`Write "${folder}"`, edits: [{ at: ["program"], value: folder }] }],
    };
  },
});
