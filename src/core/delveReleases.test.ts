import assert from "node:assert/strict";
import { delveFor, goMinor, goWindow } from "./delveReleases.ts";

describe("Delve releases and the Go they take", () => {
  it("knows a release, and one between two that changed the window", () => {
    assert.deepEqual(goWindow("1.22.1"), { from: 19, to: 22 });
    assert.deepEqual(goWindow("1.25.0"), { from: 21, to: 24 });
    assert.deepEqual(goWindow("1.25.1"), { from: 22, to: 25 });
    assert.deepEqual(goWindow("1.27.1"), { from: 25, to: 27 });
    assert.deepEqual(goWindow("1.9.0"), { from: 16, to: 19 });
  });

  it("says nothing of a release that it does not know", () => {
    assert.equal(goWindow("1.28.0"), undefined);
    assert.equal(goWindow("1.5.0"), undefined);
  });

  it("names the newest release for each Go from 1.13 on, and its window holds that Go", () => {
    for (let minor = 13; minor <= 27; minor += 1) {
      const window = goWindow(String(delveFor(minor)).slice(1));
      assert.ok(window !== undefined && window.from <= minor && minor <= window.to, `Go 1.${minor}`);
    }
    assert.equal(delveFor(19), "v1.22.1");
    assert.equal(delveFor(28), "latest");
    assert.equal(delveFor(4), undefined);
  });

  it("reads the minor of a Go version in all its forms", () => {
    assert.deepEqual(
      ["go1.26.8", "go1.26rc1", "devel go1.27-3b5 Mon", "go1.26.8 X:nodwarf5", "gccgo"].map(goMinor),
      [26, 26, 27, 26, undefined],
    );
  });
});
