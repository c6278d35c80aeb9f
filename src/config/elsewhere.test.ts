import assert from "node:assert/strict";
import { elsewhere, envElsewhere, movedPath } from "./elsewhere.ts";

describe("a configuration for another machine", () => {
  const folders = { here: "/home/me/app", there: "/srv/app" };

  it("takes the paths of the folder there, and maps the editor's", () => {
    const config = {
      program: "/home/me/app/cmd/api",
      cwd: "/home/me/app",
      output: "/tmp/out",
      args: ["/home/me/app/data"],
      substitutePath: [{ from: "/mod", to: "/go/pkg/mod" }],
    };
    assert.deepEqual(elsewhere(config, folders), {
      program: "/srv/app/cmd/api",
      cwd: "/srv/app",
      output: "/tmp/out",
      args: ["/home/me/app/data"],
      substitutePath: [
        { from: "/mod", to: "/go/pkg/mod" },
        { from: "/home/me/app", to: "/srv/app" },
      ],
    });
  });

  it("is the same where the folder lies in the same place", () => {
    const config = { program: "/srv/app" };
    assert.equal(elsewhere(config, { here: "/srv", there: "/srv" }), config);
  });

  it("does not take a name that only begins alike for a path inside", () => {
    assert.equal(movedPath("/home/me/application", "/home/me/app", "/srv/app"), "/home/me/application");
    assert.equal(movedPath("/home/me/app/x", "/home/me/app", "/srv/app/"), "/srv/app/x");
  });

  it("has its own env there, and not what golang.go added to it for this machine", () => {
    const own = { GOFLAGS: "-mod=mod", HTTP_PROXY: "http://proxy.example:3128" };
    const tools = { GOFLAGS: "", PATH: "/home/u/bin", GOBIN: "/home/u/bin" };
    const added = { GOPATH: "/home/u/go", http_proxy: "http://127.0.0.1:3128" };
    const fromFile = { GREETING: "hello" };
    assert.deepEqual(envElsewhere({ ...tools, ...added, ...fromFile, ...own }, own, tools), {
      ...fromFile,
      ...own,
    });
    assert.deepEqual(envElsewhere(added, undefined, undefined), {});
  });
});
