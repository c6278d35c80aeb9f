import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { sources } from "./sources.ts";

describe("the sources of a program", () => {
  it("are read with its modules, the main one first, and what the host has of the editor's files", () => {
    const said = [
      "program /w/__debug_bin1 (deleted)",
      "file /build/main.go",
      "goroot /go/src",
      "info =>\t../lib\t(devel)\t",
      "info build\t-trimpath=true",
      "info dep\texample.com/lib\tv0.0.0",
      "info mod\texample.com/app\t(devel)\t",
      "known",
      "editor /w/main.go",
      "link /w",
      "target /true",
      "same /true/main.go",
      "other /build/main.go",
      "copy /build/main.go",
      "editor /away/a.go",
      "",
    ].join("\n");
    assert.deepEqual(sources.read(answer(said), launchOf({})), {
      program: "/w/__debug_bin1",
      trimpath: true,
      modules: ["example.com/app", "../lib", "example.com/lib"],
      files: ["/build/main.go"],
      goroot: "/go/src",
      knowsFolder: true,
      editor: [
        {
          path: "/w/main.go",
          link: { from: "/w", to: "/true" },
          same: ["/true/main.go"],
          other: ["/build/main.go"],
          copies: ["/build/main.go"],
        },
        { path: "/away/a.go", same: [], other: [], copies: [] },
      ],
    });
  });

  it("are without the tests that go list names, where none are built", () => {
    const files = (said: string, mode: string) =>
      sources.read(answer(`${said}file /w/a.go\nfile /w/a_test.go\n`), launchOf({ mode })).files;
    assert.deepEqual(files("", "debug"), ["/w/a.go"]);
    assert.deepEqual(files("", "test"), ["/w/a.go", "/w/a_test.go"]);
    assert.deepEqual(files("program /w/app.test\n", "exec"), ["/w/a.go", "/w/a_test.go"]);
  });

  it("are unknown where the program is not to be read", () => {
    assert.throws(() => sources.read(answer("", 66), launchOf({})), /not to be read here/);
  });
});
