import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { editorSandbox } from "./editorSandbox.ts";

describe("the editor-sandbox probe", () => {
  const read = (text: string) => editorSandbox.read(answer(text), launchOf({}));

  it("reads a Flatpak without go, and an attach to what it does not see", () => {
    assert.deepEqual(read("flatpak com.visualstudio.code\nunseen\n"), {
      kind: "flatpak",
      app: "com.visualstudio.code",
      seesProcess: false,
    });
  });

  it("reads a snap with a go that is a snap itself and fails", () => {
    const text = "go /snap/bin/go\nreal /usr/bin/snap\nsnap code\nfails cannot read mount info\n";
    assert.deepEqual(read(text), {
      kind: "snap",
      app: "code",
      go: { path: "/snap/bin/go", real: "/usr/bin/snap" },
      goFails: "cannot read mount info",
      seesProcess: true,
    });
  });

  it("reads an editor that is in neither", () => {
    const { kind, go } = read("go /usr/local/go/bin/go\nreal /usr/local/go/bin/go\n");
    assert.deepEqual([kind, go?.path], ["none", "/usr/local/go/bin/go"]);
  });
});
