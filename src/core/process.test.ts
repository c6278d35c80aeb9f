import assert from "node:assert/strict";
import { buildPart } from "./process.ts";

const git = (...argv: readonly string[]) =>
  buildPart({ pid: 2, ppid: 1, name: "git", argv: ["git", ...argv], state: "S", cpuMs: 1 });

describe("what git does for a build", () => {
  it("is a download where it brings a module, helpers of git's own included", () => {
    assert.equal(git("ls-remote", "-q", "https://example.com/x"), "download");
    assert.equal(git("-c", "protocol.version=2", "fetch", "-f", "--depth=1"), "download");
    assert.equal(git("index-pack", "--stdin", "--fix-thin"), "download");
    assert.equal(git("-c", "core.autocrlf=input", "archive", "--format=zip"), "download");
  });

  it("is the version stamp where it looks at the working tree", () => {
    assert.equal(git("status", "--porcelain"), "vcs");
    assert.equal(git("-c", "log.showsignature=false", "log", "-1", "--format=%H:%ct"), "vcs");
  });
});
