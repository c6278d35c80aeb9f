import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { dlvFirstWords } from "./dlvFirstWords.ts";

const read = (stdout: string) => dlvFirstWords.read(answer(stdout), launchOf({}));

describe("dlv's first words", () => {
  it("are none where there is no dlv", () => {
    assert.equal(read(""), undefined);
  });

  it("are none of a dlv that is no script and writes nothing: its file descriptors are its own", () => {
    assert.deepEqual(read("path /go/bin/dlv\n"), {
      path: "/go/bin/dlv",
      script: false,
      fd3: "kept",
      early: [],
    });
  });

  it("tell of a script whether file descriptor 3 reaches dlv, and of sudo in it", () => {
    assert.equal(read("path /b/dlv\nscript\nfd3 kept\n")?.fd3, "kept");
    assert.equal(read("path /b/dlv\nscript\nfd3 lost\n")?.fd3, "lost");
    const sudo = read('path /b/dlv\nscript\nsudo exec sudo /usr/bin/dlv "$@"\n');
    assert.deepEqual([sudo?.fd3, sudo?.sudo], ["unknown", 'exec sudo /usr/bin/dlv "$@"']);
  });

  it("are kept as they came", () => {
    const words = read("path /b/dlv\nearly starting\nearly two\n");
    assert.deepEqual(words?.early, ["starting", "two"]);
  });

  it("are asked for with the flags that golang.go gives", () => {
    const { args } = dlvFirstWords as { args?: (launch: ReturnType<typeof launchOf>) => readonly string[] };
    const config = { dlvToolPath: "/b/dlv", dlvFlags: ["--only-same-user=false"], showLog: true };
    assert.deepEqual(args?.(launchOf(config)), ["/b/dlv", "--only-same-user=false", "--log=true"]);
  });
});
