import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { editorModules } from "./editorModules.ts";

describe("the modules of the editor's files", () => {
  it("are those of the files that have one", () => {
    const said =
      "editor /w/a.go\nroot /w\nmodule example.com/app\neditor /x/b.go\nroot /x\neditor /y/c.go\nroot /y\nmodule y\n";
    assert.deepEqual(editorModules.read(answer(said), launchOf({})), [
      { path: "/w/a.go", root: "/w", module: "example.com/app" },
      { path: "/y/c.go", root: "/y", module: "y" },
    ]);
  });
});
