import assert from "node:assert/strict";
import { answer, launchOf } from "../../test/lab/judge.ts";
import { foreignModules } from "./foreignModules.ts";

describe("the module cache's owners", () => {
  const read = (...lines: readonly string[]) => foreignModules.read(answer(lines.join("\n")), launchOf({}));

  it("are read with the places that are not the user's", () => {
    assert.deepEqual(
      read("ids 1000 100", "cache /home/me/go/pkg/mod", "place 0 /home/me/go/pkg/mod/my dir"),
      {
        uid: 1000,
        gid: 100,
        cache: "/home/me/go/pkg/mod",
        places: [{ path: "/home/me/go/pkg/mod/my dir", owner: 0 }],
      },
    );
  });

  it("are nobody where there is no go to name the cache", () => {
    assert.deepEqual(read("ids 1000 100", "cache ").places, []);
    assert.throws(() => read(""), /id\(1\)/);
  });
});
