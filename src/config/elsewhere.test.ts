import assert from "node:assert/strict";
import { elsewhere, movedPath } from "./elsewhere.ts";

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
});
