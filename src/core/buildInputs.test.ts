import assert from "node:assert/strict";
import { changedInputs, hashed, isHashed } from "./buildInputs.ts";
import { flagInputs } from "./flagInputs.ts";

describe("the flags that a build depends on", () => {
  it("are those that decide what go's cache has for it, the configuration's before GOFLAGS", () => {
    assert.deepEqual(
      flagInputs("-tags=a -mod=mod -trimpath", "-v -tags 'b c' -ldflags='-s -w' -trimpath=false"),
      {
        "-tags": "b c",
        "-mod": "mod",
        "-trimpath": "",
      },
    );
    assert.deepEqual(flagInputs("", ["-race", "--buildmode=pie", "./x"]), {
      "-race": "on",
      "-buildmode": "pie",
    });
  });

  it("show no value that may be secret, and whom a tool's flags are for", () => {
    const inputs = flagInputs("", "-gcflags=all=-d=hunter2 -asmflags -Dhunter2 -overlay=/home/hunter2");
    assert.doesNotMatch(JSON.stringify(inputs), /hunter2/);
    assert.match(inputs["-gcflags"] ?? "", /^all=#[0-9a-f]{8}$/);
    assert.ok(
      [inputs["-gcflags"], inputs["-asmflags"], inputs["-overlay"]].every((one) => isHashed(one ?? "")),
    );
  });

  it("are told apart by their hashes", () => {
    assert.notEqual(hashed("-O0 -g"), hashed("-O1 -g"));
    assert.equal(hashed("-O0 -g"), hashed("-O0 -g"));
    assert.equal(hashed(""), "");
  });
});

describe("what has changed", () => {
  it("reaches every package or some", () => {
    const before = { GOARCH: "amd64", "-tags": "a", "-gcflags": "#00000001", "go.mod": "#00000001" };
    const now = { GOARCH: "arm64", "-race": "on", "-gcflags": "all=#00000002", "go.mod": "#00000002" };
    assert.deepEqual(
      changedInputs(before, now).map(({ name, reach }) => `${name} ${reach}`),
      ["-gcflags all", "-race all", "-tags some", "GOARCH all", "go.mod some"],
    );
    assert.deepEqual(changedInputs(now, now), []);
  });

  it("is no other cache made anew where the cache lies elsewhere, or nobody can tell", () => {
    const made = "the build cache";
    const names = (before: Record<string, string>, now: Record<string, string>) =>
      changedInputs(before, now).map(({ name }) => name);
    assert.deepEqual(names({ GOCACHE: "/c", [made]: "1 2" }, { GOCACHE: "/c", [made]: "3 2" }), [made]);
    assert.deepEqual(names({ GOCACHE: "/c", [made]: "1 2" }, { GOCACHE: "/d", [made]: "3 4" }), ["GOCACHE"]);
    assert.deepEqual(names({ GOCACHE: "/c" }, { GOCACHE: "/c", [made]: "3 4" }), []);
  });
});
